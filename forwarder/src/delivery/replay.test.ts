import { describe, expect, it } from 'vitest';
import type { BounceRow } from '../../../schema/src/records/bounceRow.ts';
import type { Address } from '../../../schema/src/text/address.ts';
import { milliseconds, seconds } from '../../../schema/src/text/time.ts';
import { headroom } from '../mail/message.ts';
import { type FakeWorld, fakeDelivery, fakeEntry, fakeSending } from './delivery.fake.ts';
import { type DueEntry, firstAnswer, type LedgerRow, leaseTime } from './ledger.ts';
import { type ReplayRequest, replay } from './replay.ts';

const received = 1_000_000;
const at = received + 3_600;
const options = {
  deadline: milliseconds(at * 1_000 + 20_000),
  reserved: ['forwarder-daemon'],
  bounceLimit: 0,
  softBounceLimit: 3,
};
const ann = 'ann@home.example' as Address;
const bob = 'bob@home.example' as Address;

async function worldWith(rows: readonly LedgerRow[], given: Partial<FakeWorld> = {}) {
  const world = fakeDelivery({ now: at * 1_000, ...given });
  await world.ledger.open(rows);
  const kept = new Map<string, unknown>();
  const events = {
    readEvent: async (id: string) => kept.get(id) ?? noSuchKey(),
    forgetEvent: async (id: string) => void kept.delete(id),
  };
  const send = (request: Omit<ReplayRequest, 'messageId'> = {}, bounceLimit = 0) =>
    replay(
      { messageId: 'mail', ...request },
      { ...world.ports, events },
      { ...options, ...fakeSending(world.ports), bounceLimit },
      seconds(at),
    );
  const row = (destination: string) => world.ledger.rows.find((one) => one.destination === destination);
  return { ...world, send, row, kept };
}

async function noSuchKey(): Promise<never> {
  throw Object.assign(new Error(), { name: 'NoSuchKey' });
}

/** Behind the room that a rewritten header needs. */
function stored(lines: readonly string[]) {
  const mail = Buffer.from(`${[...lines, 'From: ann@sender.example'].join('\r\n')}\r\n\r\nHi\r\n`);
  const fetch = async () => ({
    buffer: Buffer.concat([Buffer.alloc(headroom), mail]),
    size: mail.length,
    isWhole: true,
  });
  return { fetch };
}

function closed(
  destination: string,
  state: 'sent' | 'bounced' | 'given-up' | 'fallback',
  reason?: string,
): LedgerRow {
  const { nextAttemptAt: _, ...row } = fakeEntry(destination, received);
  const ended = { ...row, expiresAt: seconds(received), ...(reason === undefined ? {} : { reason }) };
  return state === 'sent' || state === 'fallback'
    ? { ...ended, state, sesMessageId: 'ses' }
    : { ...ended, state };
}

const bounce = (destination: string, validUntil = at + 1): BounceRow => ({
  destination,
  createdAt: received,
  validUntil,
  type: 'bounce',
  bounceType: 'Permanent',
});

describe('without a destination', () => {
  const owed = firstAnswer(
    fakeEntry(ann, received),
    [{ recipient: 'a@example.com', cause: 'unknown' }],
    seconds(at),
  );

  it.each<[string, LedgerRow[], string[]]>([
    ['who bounced', [closed(ann, 'sent'), closed(bob, 'bounced')], [bob]],
    ['who was given up', [closed(ann, 'given-up'), closed(bob, 'sent')], [ann]],
    ['who got a notice', [closed(ann, 'fallback')], [ann]],
    ['who is still due', [fakeEntry(ann, received), owed], [ann]],
  ])('it goes to %s', async (_, rows, expected) => {
    const { sent, send } = await worldWith(rows);
    expect(await send()).toMatchObject({ tally: { sent: expected.length } });
    expect(sent).toEqual(expected);
  });

  it.each([
    [
      'everybody has the mail',
      [closed(ann, 'sent')],
      'Every destination has it already. Another one can get it with --to.',
    ],
    [
      'the ledger does not know the mail',
      [],
      'Nothing is known of this mail. It can be sent with --to and --alias.',
    ],
    ['the mail had no destination', [owed], 'It was for nobody. A mailbox can get it with --to and --alias.'],
  ])('it is refused where %s', async (_, rows, fault) => {
    const { sent, send } = await worldWith(rows);
    expect(await send()).toEqual({ fault });
    expect(sent).toEqual([]);
  });

  const fault = 'Whoever did not get it is blocked: `unblock` them first, or name another mailbox with --to.';

  it.each<[string, string, BounceRow[], number, boolean]>([
    ['is left out while it is blocked', 'blocked', [bounce(ann)], 0, false],
    ['gets it once the block has passed', 'blocked', [bounce(ann, at)], 0, true],
    ['gets it at the limit of bounces', 'blocked', [bounce(ann)], 1, true],
    ['gets it where another is blocked', 'blocked', [bounce('eve@home.example')], 0, true],
    ['gets it where it bounced for itself', 'bounced later', [bounce(ann)], 0, true],
  ])('a destination %s', async (_, reason, bounces, bounceLimit, gets) => {
    const alone = await worldWith([closed(ann, 'bounced', reason)], { bounces });
    const result = await alone.send({}, bounceLimit);
    expect(alone.sent).toEqual(gets ? [ann] : []);
    if (!gets) expect(result).toEqual({ fault });
    const two = await worldWith([closed(ann, 'bounced', reason), closed(bob, 'given-up')], { bounces });
    await two.send({}, bounceLimit);
    expect(two.sent).toEqual(gets ? [ann, bob] : [bob]);
  });

  it('starts a new day of trying, under a lease', async () => {
    const { row, send } = await worldWith([closed(ann, 'bounced', 'bounced later')], { isSilent: true });
    expect(await send()).toMatchObject({ tally: { sent: 0, due: 1 } });
    expect(row(ann)).toEqual({
      ...fakeEntry(ann, received),
      attempts: 3,
      since: at,
      nextAttemptAt: at + leaseTime,
    });
  });

  it('leaves it to whoever took the row first', async () => {
    const { sent, ports, send } = await worldWith([closed(ann, 'bounced')]);
    ports.ledger.take = async () => undefined;
    expect(await send()).toMatchObject({ tally: { sent: 0, due: 1 } });
    expect(sent).toEqual([]);
  });
});

describe('a mail that nothing knows of', () => {
  const aliases = { 'board@example.com': [ann], 'team@example.com': [bob] };
  const from = (recipient: string) => [
    'Return-Path: <ann@sender.example>',
    `Received: from mx by inbound-smtp.eu-west-1.amazonaws.com with SMTP id mail${recipient};`,
    ` ${new Date(received * 1_000).toUTCString()}`,
  ];
  const team = { alias: 'team@example.com' as Address };

  it.each<[string, readonly string[], Partial<ReplayRequest>, readonly string[], object]>([
    [
      'for whom its header says',
      from(' for board@example.com'),
      {},
      [ann],
      { recipients: ['board@example.com'] },
    ],
    ['for whom one names', from(' for board@example.com'), team, [bob], { recipients: [team.alias] }],
    ['for whom one names, where its header says nobody', from(''), team, [bob], { tally: { sent: 1 } }],
    ['not without a name', from(''), {}, [], { fault: expect.stringContaining('--alias') }],
    ['not without the trace of SES', [], team, [], { fault: expect.stringContaining('--to') }],
    ['once it is known whom nobody knows', from(' for x@example.com'), {}, [], { tally: { sent: 0 } }],
  ])('is taken in %s', async (_, lines, request, expected, result) => {
    const { ports, sent, send } = await worldWith([], { aliases });
    Object.assign(ports.bucket, stored(lines));
    expect(await send(request)).toMatchObject(result);
    expect(sent).toEqual(expected);
  });

  it('is taken in as its kept event says, which is forgotten then', async () => {
    const { ports, sent, send, row, kept } = await worldWith([], { aliases });
    Object.assign(ports.bucket, stored([]));
    const timestamp = new Date(received * 1_000).toISOString();
    const mail = { messageId: 'mail', timestamp, source: 'eve@sender.example' };
    const receipt = { recipients: ['board@example.com', 'team@example.com'] };
    kept.set('mail', { Records: [{ ses: { mail, receipt } }] });
    expect(await send()).toMatchObject({ tally: { sent: 2 }, recipients: receipt.recipients });
    expect(sent).toEqual([ann, bob]);
    expect(row(ann)).toMatchObject({ sender: 'eve@sender.example', receivedAt: received });
    expect(kept.size).toBe(0);
  });

  it.each([
    ['pass', ['x@example.com']],
    ['fail', []],
  ])('answers its sender as it would have, where SPF says %s', async (spf, expected) => {
    const { ports, answered, send } = await worldWith([], { aliases });
    const results = `Authentication-Results: amazonses.com; spf=${spf} smtp.mailfrom=sender.example`;
    Object.assign(ports.bucket, stored([...from(' for x@example.com'), results]));
    await send();
    expect(answered).toEqual(expected);
  });

  it('is refused where it is gone', async () => {
    const { ports, send } = await worldWith([], { aliases });
    Object.assign(ports.bucket, { fetch: noSuchKey });
    expect(await send()).toEqual({ fault: expect.stringContaining('seven days') });
  });
});

describe('with a destination', () => {
  const copy: DueEntry = {
    ...fakeEntry(bob, received),
    recipients: [],
    attempts: 1,
    since: seconds(at),
    nextAttemptAt: seconds(at + leaseTime),
  };
  const verdict = 'PROCESSING_FAILED';
  const unknown = {
    sender: '',
    receivedAt: at,
    answerable: false,
    verdicts: { spam: verdict, virus: verdict, spf: verdict, dkim: verdict, dmarc: verdict },
  };
  const alias = 'team@example.com' as Address;
  const owed = firstAnswer(
    fakeEntry(ann, received),
    [{ recipient: 'a@example.com', cause: 'unknown' }],
    seconds(received),
  );

  it.each([
    ['in the name of the mail that is known', [closed(ann, 'sent')], {}, copy],
    ['in the name of the mail whose sender is owed an answer', [owed, closed(ann, 'sent')], {}, copy],
    ['in the name that is asked for', [closed(ann, 'sent')], { alias }, { ...copy, alias, recipient: alias }],
    [
      'in the name that is asked for, of a mail without a destination',
      [owed],
      { alias },
      { ...copy, alias, recipient: alias },
    ],
    [
      'in the name that is asked for, of a mail that is not known, and answers nobody',
      [],
      { alias },
      { ...copy, ...unknown, alias, recipient: alias },
    ],
  ])('it goes as a copy that answers to no recipient, %s', async (_, rows, request, expected) => {
    const { row, send } = await worldWith(rows, { isSilent: true });
    expect(await send({ to: bob, ...request })).toMatchObject({ tally: { due: 1 } });
    expect(row(bob)).toEqual(expected);
  });

  it.each(['sent', 'bounced'] as const)('it goes once more to who has it as %s', async (state) => {
    const { row, sent, send } = await worldWith([closed(ann, 'bounced'), closed(bob, state, 'blocked')], {
      bounces: [bounce(bob)],
    });
    await send({ to: bob });
    expect(sent).toEqual([bob]);
    expect(row(bob)).toMatchObject({ state: 'sent', since: at, recipients: ['board@example.com'] });
    expect(row(ann)).toMatchObject({ state: 'bounced' });
  });

  it.each([
    [
      'the ledger has no alias for it',
      [owed],
      bob,
      'The ledger has no alias for this mail: name one with --alias.',
    ],
    [
      'the destination is an alias',
      [closed(ann, 'sent')],
      'board@example.com' as Address,
      'board@example.com is one of your aliases: name a mailbox outside.',
    ],
  ])('it is refused where %s', async (_, rows, to, fault) => {
    const { sent, send } = await worldWith(rows);
    expect(await send({ to })).toEqual({ fault });
    expect(sent).toEqual([]);
  });
});
