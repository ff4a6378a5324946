import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../forwarder/src/cli/run.ts';
import { definitionItem } from '../../schema/src/records/records.ts';
import { bounceEvent, mailEvent, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  const item = definitionItem({
    domain: 'example.com',
    alias: 'board',
    destinations: ['jane@home.example'],
    type: 'group',
    active: true,
  });
  await world.documents.send(new PutCommand({ TableName: world.tables.DEFINITIONS_TABLE, Item: item }));
  await world.call('buildForwards', {});
  await world.store('stuck', Buffer.from('From: ann@sender.example\r\nSubject: Hi\r\n\r\nHello\r\n'));
  world.ses.failures.push('SendingPausedException');
  await world.call('process', mailEvent('stuck', { recipients: ['board@example.com'] }));
});
afterAll(() => world.stop());

/** Runs a command of the terminal and returns what it printed, and its exit code. */
async function command(...args: readonly string[]): Promise<{ code: number; out: string; note: string }> {
  const printed = { out: '', note: '' };
  const code = await run([...args, '--stage', 'local'], {
    out: (text) => {
      printed.out += text.toString();
    },
    note: (text) => {
      printed.note += text;
    },
    environment: process.env,
    now: Date.now(),
  });
  return { code, ...printed };
}

test('lists what waits', async () => {
  const { code, out } = await command('queue', '--format', 'json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    due: [{ messageId: 'stuck', destination: 'jane@home.example', reason: 'SendingPausedException' }],
    kept: [],
    orphans: [],
  });
});

test('sends a mail again, and traces it by its alias', async () => {
  expect(await command('replay', 'stuck')).toMatchObject({ code: 0, out: expect.stringContaining('1 sent') });
  expect(world.ses.sent.map(({ to }) => to)).toEqual([['jane@home.example']]);
  for (const about of ['board@example.com', 'stuck', 'jane@home.example', 'ann@sender.example']) {
    expect((await command('trace', about)).out).toContain('sent');
  }
  expect((await command('trace', 'unheard')).out).toBe('Nothing is known of it.\n');
  expect(await command('replay', 'stuck')).toMatchObject({ code: 1, note: expect.stringContaining('--to') });
});

test('takes in a mail that no function was asked for', async () => {
  const trace =
    'Received: from mx by inbound-smtp.eu-west-1.amazonaws.com with SMTP id lost for board@example.com;';
  const head = `Return-Path: <ann@sender.example>\r\n${trace} ${new Date().toUTCString()}\r\n`;
  await world.store('lost', Buffer.from(`${head}From: ann@sender.example\r\nSubject: Lost\r\n\r\nHello\r\n`));
  expect(await command('replay', 'lost')).toEqual({
    code: 0,
    out: '1 sent, 0 still due, 0 refused, 0 in a loop\n',
    note: 'Taken in as mail to board@example.com.\n',
  });
  expect(world.ses.sent.at(-1)?.to).toEqual(['jane@home.example']);
  expect((await command('trace', 'lost')).out).toContain('sent');
  expect(await command('replay', 'gone')).toMatchObject({
    code: 1,
    note: expect.stringContaining('seven days'),
  });
});

test('sends a mail to another mailbox, and to no alias', async () => {
  expect(await command('replay', 'stuck', '--to', 'other@home.example')).toMatchObject({ code: 0 });
  expect(world.ses.sent.at(-1)?.to).toEqual(['other@home.example']);
  expect(await command('replay', 'stuck', '--to', 'board@example.com')).toMatchObject({ code: 1 });
  expect(await command('replay', 'unheard', '--to', 'a@home.example')).toMatchObject({
    code: 1,
    note: expect.stringContaining('--alias'),
  });
});

test('sends what bounced again, but nothing to who was left out for that and still is', async () => {
  await world.mail('came-back', { recipients: ['board@example.com'] });
  const bounce = { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: 'jane@home.example' }] };
  await world.call('bounceOrComplaint', bounceEvent(world.ses.sent.at(-1)?.id ?? '', bounce));
  await world.call('updateBounceCount', {
    Records: [{ dynamodb: { Keys: { destination: { S: 'jane@home.example' } }, SequenceNumber: '1' } }],
  });
  await world.mail('shut', { recipients: ['board@example.com'] });
  expect((await command('trace', 'shut')).out).toMatch(/bounced .*jane@home\.example.*\(blocked\)/);
  expect(await command('replay', 'came-back')).toMatchObject({ code: 0 });
  const count = world.ses.sent.length;
  expect(await command('replay', 'shut')).toMatchObject({
    code: 1,
    note: expect.stringContaining('unblock'),
  });
  expect(world.ses.sent).toHaveLength(count);
  expect(await command('unblock', 'jane@home.example')).toMatchObject({ code: 0 });
  expect(await command('replay', 'shut')).toMatchObject({ code: 0, out: expect.stringContaining('1 sent') });
});

test('lists and unblocks an address', async () => {
  const createdAt = Date.now();
  const validUntil = Math.floor(createdAt / 1_000) + 1_000;
  await world.documents.send(
    new PutCommand({
      TableName: world.tables.BOUNCES_TABLE,
      Item: {
        destination: 'jane@home.example',
        createdAt,
        validUntil,
        type: 'bounce',
        bounceType: 'Permanent',
      },
    }),
  );
  expect((await command('blocked')).out).toContain('jane@home.example  1 bounce,');
  expect(await command('unblock', 'jane@home.example')).toMatchObject({ code: 0 });
  expect((await command('blocked')).out).toBe('Nobody is blocked.\n');
});

test('unblocks a mailbox by whatever key its rows have, and tells it what happened', async () => {
  const validUntil = Math.floor(Date.now() / 1_000) + 1_000;
  const row = { validUntil, type: 'bounce', bounceType: 'Permanent', diagnosticCode: 'smtp; 550 5.1.1 gone' };
  await world.put('BOUNCES_TABLE', { ...row, destination: 'Jane@Home.example', createdAt: Date.now() });
  expect((await command('blocked')).out).toContain('jane@home.example  1 bounce,');
  const { code, out } = await command('unblock', 'JANE@home.example');
  expect({ code, out }).toEqual({
    code: 0,
    out: "1 bounce removed; not on SES's suppression list; the mailbox was told\n",
  });
  expect((await command('blocked')).out).toBe('Nobody is blocked.\n');
  const { to, from, raw } = world.ses.sent.at(-1) ?? {};
  expect({ to, from }).toEqual({ to: ['jane@home.example'], from: 'forwarder-daemon@example.com' });
  const { subject, text } = await simpleParser(raw ?? '');
  expect(subject).toBe('Mail to board@example.com reaches you again');
  expect(text).toContain('smtp; 550 5.1.1 gone');
});

test('leaves a mailbox blocked that blocks itself again, and says so', async () => {
  const notice = world.ses.sent.at(-1)?.id ?? '';
  const bounced = { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: 'jane@home.example' }] };
  await world.call('bounceOrComplaint', bounceEvent(notice, bounced));
  const today = new Date().toISOString().slice(0, 10);
  expect((await command('blocked')).out).toContain(`again since it was unblocked on ${today}`);
  expect(await command('unblock', 'jane@home.example')).toMatchObject({
    code: 1,
    note: expect.stringContaining('it stays blocked'),
  });
  expect((await command('blocked')).out).toContain('jane@home.example');
  expect(await command('unblock', 'jane@home.example', '--again')).toMatchObject({ code: 0 });
  expect((await command('blocked')).out).toBe('Nobody is blocked.\n');
});

test.each([
  'rewrite',
  'queue',
  'replay',
  'trace',
  'rejected',
  'blocked',
  'unblock',
  'suppressed',
  'doctor',
  'setup',
])('prints the help of %s as a result', async (name) => {
  const { code, out, note } = await command(name, '--help');
  expect({ code, note }).toEqual({ code: 0, note: '' });
  expect(out).toMatch(new RegExp(`^Usage: npm run -s forwarder -- ${name} `));
});

test('says what is wrong with the arguments', async () => {
  expect(await command('replay')).toMatchObject({
    code: 2,
    note: 'Missing argument ID.\nSee `npm run -s forwarder -- replay --help`.\n',
  });
  expect(await command('mend')).toMatchObject({
    code: 2,
    note: expect.stringContaining('no command `mend`'),
  });
  expect(await command('unblock', 'jane')).toMatchObject({
    code: 2,
    note: expect.stringContaining('no `@`'),
  });
});

test('compares the rows of a former deployment with its own', async () => {
  const TableName = world.tables.ALIASES_TABLE ?? '';
  await world.call('buildForwards', {});
  expect(await command('compare', TableName)).toMatchObject({
    code: 0,
    out: 'Nobody’s mail changes: both say the same.\n',
  });
  // The table stands for that of the other deployment, which kept a row of somebody who left.
  const row = { domain: 'example.com', updatedAt: 1, bounces: 0 };
  const stale = { ...row, alias: 'board@example.com', destination: 'left@home.example' };
  await world.documents.send(new PutCommand({ TableName, Item: stale }));
  const found = await command('compare', TableName);
  expect(found).toMatchObject({
    code: 1,
    out: 'board@example.com\n  left@home.example gets its mail there, and not here\n',
  });
  const { out } = await command('compare', TableName, '--format', 'json');
  expect(JSON.parse(out)).toEqual({
    differences: [{ address: 'board@example.com', mailbox: 'left@home.example', kind: 'there' }],
  });
  expect(await command('compare', 'no-such-table')).toMatchObject({
    code: 2,
    note: expect.stringContaining('There is no table `no-such-table`.'),
  });
});
