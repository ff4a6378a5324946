import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { run } from '../../forwarder/src/cli/run.ts';
import { domainItem } from '../../schema/src/records/records.ts';
import { bounceEvent, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await world.put('DOMAINS_TABLE', domainItem({ domain: 'example.com' }));
});
beforeEach(() => {
  world.ses.sent.length = 0;
  world.ses.bounces.length = 0;
  world.ses.failures.length = 0;
});
afterAll(() => world.stop());

const hour = 3_600_000;
const noMailbox = { bounceType: 'Permanent', bounceSubType: 'General' };

test('decides about a bounce that is quicker than the mark of its mail when it comes again', async () => {
  const destination = await alias('quick');
  await world.mail('quick', { recipients: ['quick@example.com'] });
  const marked = await ledgerRow('quick', destination);
  const { sesMessageId, expiresAt: _, ...unmarked } = marked;
  await world.put('DELIVERIES_TABLE', { ...unmarked, state: 'due', due: 'due', nextAttemptAt: 1 });
  const event = bounceOf(String(sesMessageId), destination);
  await expect(world.call('bounceOrComplaint', event)).rejects.toThrow('No row of the ledger');
  expect(await bounces(destination)).toEqual([]);
  await world.put('DELIVERIES_TABLE', marked);
  await world.call('bounceOrComplaint', event);
  expect(await bounces(destination)).toMatchObject([{ destination, status: '5.1.1' }]);
  expect(await ledgerRow('quick', destination)).toMatchObject({ state: 'bounced' });
  await world.call('retryDeliveries', {});
  expect(answered()).toEqual(['quick']);
});

test('keeps a bounce that comes twice once, and tells the sender once', async () => {
  const destination = await alias('twice');
  await world.mail('twice', { recipients: ['twice@example.com'] });
  const event = bounceOf(sentTo(destination), destination);
  await world.call('bounceOrComplaint', event);
  await world.call('bounceOrComplaint', event);
  await world.call('retryDeliveries', {});
  await world.call('bounceOrComplaint', event);
  await world.call('retryDeliveries', {});
  expect(await bounces(destination)).toHaveLength(1);
  expect(answered()).toEqual(['twice']);
});

test('takes a bounce of what was sent before a replay for no bounce of the replayed mail', async () => {
  const destination = await alias('again');
  await world.mail('again', { recipients: ['again@example.com'] });
  const first = bounceOf(sentTo(destination), destination);
  await world.call('bounceOrComplaint', first);
  expect(await replay('again')).toBe(0);
  await world.call('bounceOrComplaint', first);
  expect(await ledgerRow('again', destination)).toMatchObject({ state: 'sent' });
  await world.call('bounceOrComplaint', bounceOf(sentTo(destination), destination));
  expect(await ledgerRow('again', destination)).toMatchObject({ state: 'bounced' });
  await world.call('retryDeliveries', {});
  expect(await bounces(destination)).toHaveLength(2);
  expect(answered()).toEqual(['again']);
});

test.each(['is gone', 'has ended, and is still there'])(
  'blocks a mailbox for a bounce of a mail whose row %s, and tells nobody',
  async (what) => {
    const name = what === 'is gone' ? 'gone' : 'ended';
    const destination = await alias(name);
    await world.mail(name, { recipients: [`${name}@example.com`] });
    const id = what === 'is gone' ? 'ses-long-ago' : sentTo(destination);
    const row = await ledgerRow(name, destination);
    await world.put('DELIVERIES_TABLE', { ...row, expiresAt: seconds(-48 * hour) });
    const bounced = { timestamp: new Date(Date.now() - 120_000).toISOString() };
    await world.call('bounceOrComplaint', bounceOf(id, 'next-hop@other.example', bounced, destination));
    expect(await bounces(destination)).toHaveLength(1);
    expect(await ledgerRow(name, destination)).toMatchObject({ state: 'sent' });
    await world.call('retryDeliveries', {});
    expect(answered()).toEqual([]);
    await count(destination);
    await world.mail(`${name}-2`, { recipients: [`${name}@example.com`] });
    expect(await ledgerRow(`${name}-2`, destination)).toMatchObject({ state: 'bounced', reason: 'blocked' });
  },
);

test('lets bounces that ended 48 hours ago, and are still there, block nobody', async () => {
  const destination = await alias('late');
  await world.put('BOUNCES_TABLE', {
    destination,
    createdAt: seconds(-72 * hour),
    validUntil: seconds(-48 * hour),
    type: 'bounce',
    ...noMailbox,
    status: '5.1.1',
  });
  await count(destination);
  expect(await countOf('late', destination)).toBe(0);
  await world.call('buildForwards', {});
  expect(await countOf('late', destination)).toBe(0);
  await world.mail('late', { recipients: ['late@example.com'] });
  expect(await ledgerRow('late', destination)).toMatchObject({ state: 'sent' });
});

test('blocks a mailbox that forwards on to one that is gone', async () => {
  const destination = await alias('hop');
  await world.mail('hop', { recipients: ['hop@example.com'] });
  const next = 'next-hop@other.example';
  await world.call('bounceOrComplaint', bounceOf(sentTo(destination), next, {}, destination));
  expect(await bounces(destination)).toMatchObject([{ destination, status: '5.1.1' }]);
  expect(await bounces(next)).toEqual([]);
  await count(destination);
  await world.mail('hop-2', { recipients: ['hop@example.com'] });
  expect(await ledgerRow('hop-2', destination)).toMatchObject({ state: 'bounced', reason: 'blocked' });
});

test('finds that mailbox by the ledger where SES does not say to whom the mail went', async () => {
  const destination = await alias('ledger');
  await world.mail('ledger', { recipients: ['ledger@example.com'] });
  await world.call('bounceOrComplaint', bounceOf(sentTo(destination), 'next-hop@other.example'));
  expect(await bounces(destination)).toHaveLength(1);
});

test('sends nothing of what waits for a mailbox that is blocked meanwhile', async () => {
  const destination = await alias('queued');
  const ids = Array.from({ length: 6 }, (_, place) => `queued-${place}`);
  for (const id of ids) {
    world.ses.failures.push('SendingPausedException');
    await world.mail(id, { recipients: ['queued@example.com'] });
  }
  await world.mail('queued-before', { recipients: ['queued@example.com'] });
  await world.call('bounceOrComplaint', bounceOf(sentTo(destination), destination));
  world.ses.sent.length = 0;
  await world.call('retryDeliveries', { time: new Date(Date.now() + hour).toISOString() });
  expect(world.ses.sent).toEqual([]);
  const rows = await Promise.all(ids.map((id) => ledgerRow(id, destination)));
  expect(new Set(rows.map(({ state, reason }) => `${state} ${reason}`))).toEqual(
    new Set(['bounced blocked']),
  );
}, 60_000);

test.each([
  ['before it', 0],
  ['after it', 20.5 * hour],
])('tells the sender where one destination is given up, and the other bounces %s', async (when, at) => {
  const name = `given-${when.slice(0, 2)}`;
  const [slow, other] = [`slow-${name}@home.example`, `other-${name}@home.example`];
  await world.define(name, [slow, other]);
  await world.call('buildForwards', {});
  world.ses.failures.push('SendingPausedException');
  await world.mail(name, { recipients: [`${name}@example.com`] });
  const [{ to: [reached = ''] = [] } = { to: [] }] = world.ses.sent;
  const giveUp = () =>
    world.call('retryDeliveries', { time: new Date(Date.now() + 20.2 * hour).toISOString() });
  const bounce = () => world.call('bounceOrComplaint', bounceOf(sentTo(reached), reached));
  if (at === 0) {
    await bounce();
    await giveUp();
  } else {
    await giveUp();
    await bounce();
  }
  await world.call('retryDeliveries', { time: new Date(Date.now() + 20.5 * hour).toISOString() });
  expect((await world.rows(name)).map(({ state }) => state).toSorted()).toEqual([
    'bounced',
    'bounced',
    'given-up',
  ]);
  expect(answered()).toEqual([name]);
});

/** An alias of one mailbox, which it returns. */
async function alias(name: string): Promise<string> {
  const destination = `${name}@home.example`;
  await world.define(name, [destination]);
  await world.call('buildForwards', {});
  return destination;
}

/** A report that there is no such mailbox. */
function bounceOf(sesMessageId: string, emailAddress: string, given: object = {}, to?: string): unknown {
  const bounced = {
    ...noMailbox,
    ...given,
    bouncedRecipients: [{ emailAddress, action: 'failed', status: '5.1.1' }],
  };
  return bounceEvent(sesMessageId, bounced, to === undefined ? {} : { destination: [to] });
}

/** SES's id of the last mail to a mailbox. */
function sentTo(destination: string): string {
  return world.ses.sent.findLast(({ to }) => to[0] === destination)?.id ?? '';
}

async function ledgerRow(messageId: string, destination: string): Promise<Record<string, unknown>> {
  return (await world.rows(messageId)).find((row) => row.destination === destination) ?? {};
}

async function bounces(destination: string) {
  return (await world.items('BOUNCES_TABLE')).filter((row) => row.destination === destination);
}

async function countOf(name: string, destination: string) {
  const rows = await world.items('ALIASES_TABLE');
  return rows.find((row) => row.alias === `${name}@example.com` && row.destination === destination)?.bounces;
}

/** What the stream of Bounces brings about. */
async function count(destination: string): Promise<void> {
  await world.call('updateBounceCount', {
    Records: [{ dynamodb: { Keys: { destination: { S: destination } }, SequenceNumber: '1' } }],
  });
}

/** Which mails' senders were told. */
function answered(): (string | null)[] {
  return world.ses.bounces.map((bounce) => bounce.get('OriginalMessageId'));
}

async function replay(messageId: string): Promise<number> {
  const quiet = { out: () => undefined, note: () => undefined };
  return run(['replay', messageId, '--stage', 'local'], {
    ...quiet,
    environment: process.env,
    now: Date.now(),
  });
}

/** Epoch seconds, so many milliseconds from now. */
function seconds(milliseconds: number): number {
  return Math.floor((Date.now() + milliseconds) / 1_000);
}
