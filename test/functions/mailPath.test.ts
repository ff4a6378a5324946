import { PutObjectCommand } from '@aws-sdk/client-s3';
import { DeleteCommand, NumberValue, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { domainItem } from '../../schema/src/records/records.ts';
import { body, bounceEvent, bucket, mailEvent, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await world.define('john', ['john@home.example', 'john@work.example']);
  await world.define('board', ['john', 'jane@home.example']);
  await world.define('gone', ['gone@home.example'], false);
  await world.define('*', ['board']);
  await world.put('DOMAINS_TABLE', domainItem({ domain: 'example.com' }));
  await world.put('DOMAINS_TABLE', domainItem({ domain: 'example.net', aliasfor: 'example.com' }));
  await world.call('buildForwards', {});
});
beforeEach(() => {
  world.ses.sent.length = 0;
  world.ses.bounces.length = 0;
  world.ses.failures.length = 0;
});
afterAll(() => world.stop());

test('forwards to each mailbox once, and leaves the body as it is', async () => {
  expect(await world.mail('m-group', { recipients: ['Board+x@example.net', 'john@example.com'] })).toEqual({
    disposition: 'STOP_RULE_SET',
  });
  expect(world.ses.sent.map(({ to }) => to).toSorted()).toEqual([
    ['jane@home.example'],
    ['john@home.example'],
    ['john@work.example'],
  ]);
  for (const { raw, from } of world.ses.sent) {
    expect(from).toBe('forwarder-daemon@example.com');
    expect(raw.subarray(raw.indexOf('\r\n\r\n') + 4)).toEqual(body);
    expect(raw.toString('latin1')).toContain('via board+x" <forwarder-daemon@example.com>');
  }
  expect(await world.rows('m-group')).toMatchObject([
    { state: 'sent' },
    { state: 'sent' },
    { state: 'sent' },
  ]);
});

test('does nothing for an event that comes again', async () => {
  await world.mail('m-again', { recipients: ['john@example.com'] });
  await world.mail('m-again', { recipients: ['john@example.com'] });
  expect(world.ses.sent).toHaveLength(2);
});

test('tells the sender of an inactive alias, and not the catch-all', async () => {
  await world.mail('m-gone', { recipients: ['gone+x@example.com', 'john@example.com'] });
  expect(world.ses.sent).toHaveLength(2);
  expect(world.ses.bounces).toHaveLength(1);
  const [bounce] = world.ses.bounces;
  expect(bounce?.get('OriginalMessageId')).toBe('m-gone');
  expect(bounce?.get('BouncedRecipientInfoList.member.1.Recipient')).toBe('gone+x@example.com');
  expect(bounce?.toString()).not.toContain('home.example');
});

test('tells the sender where SES takes mail for a domain without rows', async () => {
  expect(await world.mail('m-other', { recipients: ['a@elsewhere.example'] })).toEqual({
    disposition: 'STOP_RULE_SET',
  });
  expect(
    world.ses.bounces.map((bounce) => bounce.get('BouncedRecipientInfoList.member.1.Recipient')),
  ).toEqual(['a@elsewhere.example']);
});

test('finds a domain whose row somebody wrote in capitals', async () => {
  await world.put('DOMAINS_TABLE', { domain: 'MyCorp.net', aliasfor: 'Example.com' });
  await world.call('buildForwards', {});
  await world.mail('m-capitals', { recipients: ['John@MYCORP.net'] });
  expect(world.ses.sent).toHaveLength(2);
  expect(world.ses.bounces).toEqual([]);
});

test('tries again later what SES refuses for a while', async () => {
  world.ses.failures.push('SendingPausedException');
  await world.mail('m-retry', { recipients: ['john@example.com'] });
  expect(world.ses.sent).toHaveLength(1);
  await world.call('retryDeliveries', { time: new Date(Date.now() + 400_000).toISOString() });
  expect(world.ses.sent.map(({ to }) => to[0]).toSorted()).toEqual([
    'john@home.example',
    'john@work.example',
  ]);
  expect(await world.rows('m-retry')).toMatchObject([{ state: 'sent' }, { state: 'sent' }]);
});

test('goes by the last build: a definition that is written since changes nothing', async () => {
  await world.define('new', ['new@home.example']);
  await world.mail('m-before', { recipients: ['new@example.com'] });
  expect(world.ses.sent.map(({ to }) => to[0]).toSorted()).toEqual([
    'jane@home.example',
    'john@home.example',
    'john@work.example',
  ]);
  world.ses.sent.length = 0;
  await world.call('buildForwards', {});
  await world.mail('m-after', { recipients: ['new@example.com'] });
  expect(world.ses.sent.map(({ to }) => to)).toEqual([['new@home.example']]);
});

test('keeps the mail of a domain that a build is about to lead elsewhere', async () => {
  const { domain, ...live } = { domain: 'example.net', aliasfor: 'example.com', inactive: [], moving: true };
  await world.put('DOMAINS_TABLE', { ...domainItem({ domain, aliasfor: 'example.com' }), live });
  expect(await world.mail('m-moving', { recipients: ['john@example.net'] })).toEqual({
    disposition: 'STOP_RULE_SET',
  });
  expect(world.ses.sent).toHaveLength(0);
  await world.call('buildForwards', {});
  await world.call('retryDeliveries', { time: new Date().toISOString() });
  expect(world.ses.sent).toHaveLength(2);
  expect(world.ses.bounces).toEqual([]);
});

test('keeps the mail of a domain whose row somebody wrote anew, or deleted, until it is built', async () => {
  const TableName = world.tables.DOMAINS_TABLE;
  await world.put('DOMAINS_TABLE', { domain: 'example.com' });
  await world.mail('m-anew', { recipients: ['john@example.com'] });
  await world.documents.send(new DeleteCommand({ TableName, Key: { domain: 'example.com' } }));
  await world.mail('m-deleted', { recipients: ['john@example.com'] });
  expect(world.ses.sent).toEqual([]);
  await world.put('DOMAINS_TABLE', domainItem({ domain: 'example.com' }));
  await world.call('buildForwards', {});
  await world.call('retryDeliveries', { time: new Date().toISOString() });
  expect(world.ses.sent).toHaveLength(4);
  expect(world.ses.bounces).toEqual([]);
});

test('does not give the catch-all the mail of an inactive alias that was written by hand', async () => {
  const item = {
    domain: 'Example.com ',
    alias: ' Treasurer',
    destinations: ['t@home.example'],
    active: false,
  };
  await world.put('DEFINITIONS_TABLE', item);
  await world.call('buildForwards', {});
  await world.mail('m-hand', { recipients: ['treasurer@example.com'] });
  expect(world.ses.sent).toEqual([]);
  expect(world.ses.bounces).toHaveLength(1);
});

test('survives a build over rows that were written by hand', async () => {
  await world.put('DEFINITIONS_TABLE', { domain: '#odd', alias: 'x', destinations: 7 });
  await world.put('DEFINITIONS_TABLE', {
    domain: 'example.com',
    alias: 'odd',
    destinations: new Set(['odd@home.example']),
  });
  await world.put('ALIASES_TABLE', { alias: 'stray', destination: 'stray' });
  await world.documents.send(
    new PutCommand({
      TableName: world.tables.DOMAINS_TABLE,
      Item: { domain: 'example.edu', aliasfor: 3, size: NumberValue.from('123456789012345678901234567890') },
    }),
  );
  await world.call('buildForwards', { domain: 'example.com' });
  await world.mail('m-odd', { recipients: ['odd@example.com'] });
  expect(world.ses.sent.map(({ to }) => to)).toEqual([['odd@home.example']]);
});

test('sends mail to our own sender to postmaster, unless a program wrote it', async () => {
  await world.define('postmaster', ['post@home.example']);
  await world.call('buildForwards', {});
  await world.mail('m-daemon', { recipients: ['forwarder-daemon@example.com'] });
  expect(world.ses.sent.map(({ to }) => to)).toEqual([['post@home.example']]);
  await world.mail('m-notice', { recipients: ['forwarder-daemon@example.com'], source: '' });
  expect(world.ses.sent).toHaveLength(1);
  expect(world.ses.bounces).toEqual([]);
  expect(await world.rows('m-notice')).toMatchObject([{ state: 'dropped', reason: 'reserved' }]);
});

test('gives a mail up after a day, and tells the sender', async () => {
  const at = new Date(Date.now() - 19 * 3_600_000);
  world.ses.failures.push('AccountSuspendedException', 'AccountSuspendedException');
  await world.mail('m-late', { recipients: ['john@example.com'], at });
  await world.call('retryDeliveries', { time: new Date(at.getTime() + 20.5 * 3_600_000).toISOString() });
  await world.call('retryDeliveries', { time: new Date(at.getTime() + 20.6 * 3_600_000).toISOString() });
  expect(world.ses.sent).toEqual([]);
  const status = 'BouncedRecipientInfoList.member.1.RecipientDsnFields.Status';
  expect(world.ses.bounces.map((bounce) => bounce.get(status))).toEqual(['4.4.7']);
  expect(await world.rows('m-late')).toMatchObject([
    { destination: '#bounce', state: 'bounced' },
    { state: 'given-up' },
    { state: 'given-up' },
  ]);
});

test('never answers a program', async () => {
  await world.mail('m-auto', {
    recipients: ['gone@example.com'],
    headers: [{ name: 'Auto-Submitted', value: 'auto-replied' }],
  });
  expect(world.ses.bounces).toEqual([]);
  expect(await world.rows('m-auto')).toMatchObject([{ state: 'dropped', reason: 'inactive' }]);
});

test('takes a kept event in, once', async () => {
  await world.s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: 'events/m-kept.json',
      Body: Buffer.from(JSON.stringify(mailEvent('m-kept', { recipients: ['john@example.com'] }))),
    }),
  );
  await world.store('m-kept', Buffer.from('From: ann@sender.example\r\n\r\nHello'));
  await world.call('retryDeliveries', {});
  expect(world.ses.sent).toHaveLength(2);
  await world.call('retryDeliveries', {});
  expect(world.ses.sent).toHaveLength(2);
});

test('blocks a destination that bounced, and reports a mail that reached nobody', async () => {
  await world.define('solo', ['solo@home.example']);
  await world.call('buildForwards', {});
  await world.mail('m-solo', { recipients: ['solo@example.com'] });
  const bounced = { emailAddress: 'solo@home.example', action: 'failed', status: '5.1.1' };
  await world.call(
    'bounceOrComplaint',
    bounceEvent(world.ses.sent[0]?.id ?? '', {
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [{ ...bounced, diagnosticCode: 'smtp; 550' }],
    }),
  );
  await world.call('updateBounceCount', {
    Records: [{ dynamodb: { Keys: { destination: { S: 'solo@home.example' } }, SequenceNumber: '1' } }],
  });
  await world.call('retryDeliveries', { time: new Date().toISOString() });
  expect(world.ses.bounces.map((bounce) => bounce.get('OriginalMessageId'))).toEqual(['m-solo']);
  expect(await world.rows('m-solo')).toMatchObject([
    { destination: '#bounce', state: 'bounced' },
    { destination: 'solo@home.example', state: 'bounced' },
  ]);
  await world.mail('m-solo-2', { recipients: ['solo@example.com', 'john@example.com'] });
  expect(world.ses.sent.map(({ to }) => to[0]).toSorted()).toEqual([
    'john@home.example',
    'john@work.example',
    'solo@home.example',
  ]);
  expect(world.ses.bounces.map((bounce) => bounce.get('OriginalMessageId'))).toEqual(['m-solo', 'm-solo-2']);
});

test('drops spam and bounces what DMARC rejects', async () => {
  const judged = (verdicts: Record<string, string>) =>
    world.call('spam', mailEvent('m-spam', { recipients: ['john@example.com'], verdicts }));
  expect(await judged({ spam: 'FAIL' })).toEqual({ disposition: 'STOP_RULE_SET' });
  expect(await judged({ dmarc: 'FAIL', policy: 'reject' })).toEqual({ disposition: 'CONTINUE' });
  expect(await judged({})).toEqual({ disposition: 'STOP_RULE' });
});
