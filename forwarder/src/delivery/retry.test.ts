import { describe, expect, it } from 'vitest';
import { blockOf } from '../../../schema/src/records/blocks.ts';
import type { BounceRow } from '../../../schema/src/records/bounceRow.ts';
import { milliseconds, seconds } from '../../../schema/src/text/time.ts';
import { type FakeWorld, fakeDelivery, fakeEntry, fakeSending } from './delivery.fake.ts';
import {
  backOff,
  type DueEntry,
  type DueEvent,
  eventKey,
  firstAnswer,
  type LedgerRow,
  tryingTime,
} from './ledger.ts';
import { type RetryOptions, retryDue } from './retry.ts';

const at = 1_000_000;
const hour = 3_600;
const options = {
  rate: 14,
  keep: async () => true,
  reserved: ['forwarder-daemon'],
  bounceLimit: 0,
  softBounceLimit: 3,
  now: seconds(at),
  until: milliseconds(at * 1_000 + 600_000),
};
const entry = (given: Partial<DueEntry> = {}) => fakeEntry('ann@home.example', at, given);
const bounce = (destination: string, validUntil = at + 1): BounceRow => ({
  destination,
  createdAt: at,
  validUntil,
  type: 'bounce',
  bounceType: 'Permanent',
});

async function worldWith(rows: readonly LedgerRow[], given: Partial<FakeWorld> = {}) {
  const world = fakeDelivery({ now: at * 1_000, ...given });
  for (const row of rows) await world.ledger.open([row]);
  const retry = (more: Partial<RetryOptions> = {}) =>
    retryDue(world.ports, { ...options, ...fakeSending(world.ports), ...more });
  const row = (destination: string) => world.ledger.rows.find((one) => one.destination === destination);
  return { ...world, retry, row };
}

describe('what is tried', () => {
  it('is what is due, the oldest attempt first, mail by mail', async () => {
    const { sent, retry } = await worldWith([
      fakeEntry('b@home.example', at, { messageId: 'second' }),
      fakeEntry('a@home.example', at - 60, { messageId: 'first' }),
      fakeEntry('c@home.example', at - 30, { messageId: 'second' }),
      fakeEntry('later@home.example', at + 1),
    ]);
    expect(await retry()).toEqual({ mails: 2, failed: 0 });
    expect(sent).toEqual(['a@home.example', 'c@home.example', 'b@home.example']);
  });

  it('is more than one look at the index brings', async () => {
    const rows = Array.from({ length: 101 }, (_, n) =>
      fakeEntry('ann@home.example', at, { messageId: `mail-${n}` }),
    );
    const { sent, ports, retry } = await worldWith(rows);
    const limits: number[] = [];
    const { due } = ports.ledger;
    ports.ledger.due = async (lane, now, limit) => {
      if (lane === 'due') limits.push(limit);
      return due(lane, now, limit);
    };
    expect(await retry()).toEqual({ mails: 101, failed: 0 });
    expect(sent).toHaveLength(101);
    expect(limits).toEqual([100, 100, 100]);
  });

  it('is each row once, though the index shows it again', async () => {
    const rows = [entry(), fakeEntry('bob@home.example', at), entry({ messageId: 'other' })];
    const { sent, ports, retry } = await worldWith(rows);
    ports.ledger.due = async (lane) => (lane === 'due' ? rows : []);
    expect(await retry()).toEqual({ mails: 2, failed: 0 });
    expect(sent).toHaveLength(3);
  });

  it('is no mail that somebody else has taken', async () => {
    const { sent, ports, telemetry, retry } = await worldWith([entry()]);
    ports.ledger.take = async () => undefined;
    await retry();
    expect(sent).toEqual([]);
    expect(telemetry.counts.has('retried')).toBe(false);
  });

  it('goes on behind a mail that fails, and names that mail and the kind of its fault', async () => {
    const { sent, telemetry, ports, retry } = await worldWith([
      entry({ messageId: 'bad' }),
      entry({ messageId: 'good' }),
    ]);
    const { take } = ports.ledger;
    ports.ledger.take = async (row, until) => {
      if (row.messageId === 'bad') throw new TypeError('secret');
      return take(row, until);
    };
    expect(await retry()).toEqual({ mails: 2, failed: 1 });
    expect(sent).toEqual(['ann@home.example']);
    expect(telemetry.lines).toContain(
      'A mail could not be tried again {"messageId":"bad","reason":"TypeError"}',
    );
  });
});

describe('the time', () => {
  it.each([
    ['nothing', 0, 0],
    ['the mail that was begun', 1, 1],
    ['no mail more', 10, 1],
    ['all', 600_001, 2],
  ])('lets %s be tried that is begun within %i ms', async (_, left, count) => {
    const world = await worldWith([entry({ messageId: 'a' }), entry({ messageId: 'b' })], {
      takes: 10,
    });
    const until = milliseconds(at * 1_000 + left);
    expect(await world.retry({ until })).toEqual({ mails: count, failed: 0 });
    expect(world.sent).toHaveLength(count);
  });

  it.each([
    ['is tried after four minutes of the first', 240_000, 600_000, { state: 'sent', attempts: 2 }],
    [
      'is taken anew after more than four minutes of the first',
      240_001,
      600_000,
      { state: 'sent', attempts: 3, postponed: 1 },
    ],
    ['is tried at the end of the time', 120_000, 120_000, { state: 'sent', attempts: 2 }],
    [
      'waits after the end of the time',
      120_001,
      120_000,
      { state: 'due', attempts: 2, postponed: 1, reason: 'no time left', nextAttemptAt: at + 120 },
    ],
  ])('a second destination %s', async (_, takes, left, expected) => {
    const world = await worldWith([entry(), fakeEntry('bob@home.example', at)], {
      takes,
    });
    await world.retry({ until: milliseconds(at * 1_000 + left) });
    expect(world.row('bob@home.example')).toMatchObject(expected);
  });
});

describe('a destination that was tried for twenty hours', () => {
  it.each([
    ['is given up', 20 * hour, 'given-up'],
    ['is tried before that', 20 * hour - 1, 'sent'],
  ])('%s', async (_, age, state) => {
    const { row, retry } = await worldWith([entry({ since: seconds(at - age) })]);
    await retry();
    expect(row('ann@home.example')).toMatchObject({ state });
  });

  it('is counted, and its sender is told of it while the others go on', async () => {
    const late = (destination: string, recipient: string) =>
      fakeEntry(destination, at, { since: seconds(at - 20 * hour), recipients: [recipient] });
    const { row, answered, telemetry, retry } = await worldWith([
      late('ann@home.example', 'a@example.com'),
      late('bob@home.example', 'b@example.com'),
      fakeEntry('eve@home.example', at, { recipients: ['b@example.com'] }),
    ]);
    await retry();
    expect(row('ann@home.example')).toMatchObject({ state: 'given-up', reason: 'too long' });
    expect(row('eve@home.example')).toMatchObject({ state: 'sent' });
    expect(row('#bounce')).toMatchObject({ refusals: [{ recipient: 'a@example.com', cause: 'expired' }] });
    expect(answered).toEqual(['a@example.com']);
    expect(telemetry.counts.get('expired')).toBe(2);
    expect(telemetry.lines).toContain('A mail was given up {"messageId":"mail","destinations":2}');
  });

  it('is not spoken of where there is none', async () => {
    const { telemetry, retry } = await worldWith([entry()]);
    await retry();
    expect(telemetry.counts.has('expired')).toBe(false);
    expect(telemetry.lines.filter((line) => line.includes('given up'))).toEqual([]);
  });
});

describe('a row that is taken', () => {
  it('is leased for the time until its next attempt', async () => {
    const { row, retry } = await worldWith([entry({ attempts: 2 })], {
      isSilent: true,
    });
    await retry();
    expect(row('ann@home.example')).toMatchObject({
      state: 'due',
      attempts: 3,
      nextAttemptAt: at + 1_200,
    });
  });

  it.each([
    ['that was never tried', 0, undefined, 0],
    ['whose last attempt left no trace', 1, undefined, 1],
    ['whose last attempt says why it failed', 1, 'Throttling', 0],
    ['that was held back before its first attempt', 0, 'Throttling', 0],
  ])('may be sent twice %s: attempts %i, reason %s', async (_, attempts, reason, duplicates) => {
    const given = reason === undefined ? { attempts } : { attempts, reason };
    const { telemetry, retry } = await worldWith([entry(given)]);
    await retry();
    expect(telemetry.counts.get('retried')).toBe(1);
    expect(telemetry.counts.get('duplicate') ?? 0).toBe(duplicates);
    expect(telemetry.lines).toEqual(
      duplicates === 0
        ? []
        : ['A mail may be sent once more: its last attempt left no trace {"messageId":"mail"}'],
    );
  });
});

describe('a destination that was held back', () => {
  const ann = 'ann@home.example';
  const engaged = { rate: 0.1, until: seconds(at + 1) };
  const released = { rate: 0.1, until: seconds(at) };

  const passing = [1, 2, 3].map(
    (age): BounceRow => ({
      ...bounce(ann),
      createdAt: at - age,
      bounceType: 'Transient',
      bounceSubType: 'MailboxFull',
    }),
  );

  interface Held {
    readonly what: 'waits' | 'ends' | 'gets the mail';
    readonly why: string;
    readonly reason?: string;
    readonly given: Partial<FakeWorld>;
    readonly bounceLimit?: number;
    readonly isReached?: boolean;
  }

  it.each<Held>([
    { what: 'waits', why: 'while a block passes', reason: 'blocked', given: { bounces: passing } },
    { what: 'ends', why: 'where its block lasts', reason: 'blocked', given: { bounces: [bounce(ann)] } },
    {
      what: 'gets the mail',
      why: 'once it has passed',
      reason: 'blocked',
      given: { bounces: [bounce(ann, at)] },
    },
    {
      what: 'gets the mail',
      why: 'where another is blocked',
      reason: 'blocked',
      given: { bounces: [bounce('b@x.example')] },
    },
    {
      what: 'gets the mail',
      why: 'at the limit of bounces',
      reason: 'blocked',
      given: { bounces: [bounce(ann)] },
      bounceLimit: 1,
    },
    {
      what: 'ends',
      why: 'above the limit',
      reason: 'blocked',
      given: { bounces: [bounce(ann), bounce(ann)] },
      bounceLimit: 1,
    },
    { what: 'waits', why: 'while the brake is engaged', reason: 'guard', given: { brake: engaged } },
    {
      what: 'gets the mail',
      why: 'where it was reached meanwhile',
      reason: 'guard',
      given: { brake: engaged },
      isReached: true,
    },
    { what: 'gets the mail', why: 'once the brake is released', reason: 'guard', given: { brake: released } },
    { what: 'gets the mail', why: 'where the brake says nothing', reason: 'guard', given: {} },
    { what: 'gets the mail', why: 'after a fault, braked', reason: 'Throttling', given: { brake: engaged } },
    {
      what: 'waits',
      why: 'after a fault, blocked meanwhile',
      reason: 'Throttling',
      given: { bounces: passing },
    },
    {
      what: 'ends',
      why: 'after a fault, blocked for good meanwhile',
      reason: 'x',
      given: { bounces: [bounce(ann)] },
    },
    { what: 'waits', why: 'after no trace, blocked meanwhile', given: { bounces: passing } },
    {
      what: 'ends',
      why: 'by the brake before, and by a block now',
      reason: 'guard',
      given: { bounces: [bounce(ann)] },
    },
    {
      what: 'gets the mail',
      why: 'by a block before, and braked',
      reason: 'blocked',
      given: { brake: engaged },
    },
  ])('$what $why', async ({ what, reason, given, bounceLimit = 0, isReached = false }) => {
    const own = entry({ attempts: 0, ...(reason === undefined ? {} : { reason }) });
    const { sent, row, ledger, telemetry, retry } = await worldWith([own], given);
    if (isReached) {
      const earlier = entry({ messageId: 'earlier' });
      await ledger.open([earlier]);
      await ledger.close(earlier, { state: 'sent', sesMessageId: 'ses' }, seconds(at));
    }
    await retry({ bounceLimit });
    expect(sent).toEqual(what === 'gets the mail' ? [ann] : []);
    expect(telemetry.counts.has('retried')).toBe(what === 'gets the mail');
    if (what === 'waits') {
      const held = { reason: given.brake === undefined ? 'blocked' : 'guard' };
      // A brake is the account's affair: it is no attempt, and the day of trying stands still.
      const isHeld = held.reason === 'guard';
      expect(row(ann)).toMatchObject({
        state: 'due',
        ...held,
        attempts: isHeld ? 0 : 1,
        nextAttemptAt: at + (isHeld ? 900 : 300),
        since: isHeld ? at + 900 : at,
      });
    } else if (what === 'ends') {
      expect(row(ann)).toMatchObject({ state: 'bounced', reason: 'blocked' });
      expect(row('#bounce')).toMatchObject({ refusals: [{ cause: 'blocked' }] });
    }
  });
});

describe('a block that passes', () => {
  it('ends so early that what came at its beginning is tried once more', () => {
    const soft = { ...bounce('ann@home.example', at + 30 * 24 * hour), bounceType: 'Undetermined' };
    const { until, transient } = blockOf(
      [1, 2, 3].map(() => soft),
      at,
      3,
    );
    expect(transient).toBe(true);
    expect(until - at + backOff(20)).toBeLessThanOrEqual(tryingTime);
  });
});

describe('a mail', () => {
  it('goes to the others while one of its destinations is held back', async () => {
    const { sent, retry } = await worldWith(
      [entry({ reason: 'blocked' }), fakeEntry('bob@home.example', at), fakeEntry('eve@home.example', at)],
      { bounces: [bounce('ann@home.example')] },
    );
    expect(await retry()).toEqual({ mails: 1, failed: 0 });
    expect(sent).toEqual(['bob@home.example', 'eve@home.example']);
  });
});

describe('a kept event', () => {
  const event = {
    Records: [
      {
        ses: {
          mail: { messageId: 'mail', timestamp: new Date(at * 1_000).toISOString(), source: 'ann@x.example' },
          receipt: { recipients: ['board@example.com'] },
        },
      },
    ],
  };
  const { messageId, sender, receivedAt, verdicts, answerable } = entry();
  const kept: DueEvent = {
    messageId,
    sender,
    receivedAt,
    verdicts,
    answerable,
    destination: eventKey,
    event: JSON.stringify(event),
    state: 'due',
    attempts: 1,
    nextAttemptAt: seconds(at),
  };
  const aliases = { 'board@example.com': ['ann@home.example', 'bob@home.example'] };

  it('is taken in, and is done', async () => {
    const { sent, row, retry } = await worldWith([kept], { aliases });
    await retry();
    expect(sent).toEqual(['ann@home.example', 'bob@home.example']);
    expect(row(eventKey)).toMatchObject({ state: 'dropped', reason: 'taken in' });
  });

  it('stays where it cannot be taken in, for the time until the next attempt', async () => {
    const { row, retry } = await worldWith([{ ...kept, event: '{}' }], { aliases });
    expect(await retry()).toEqual({ mails: 1, failed: 1 });
    expect(row(eventKey)).toMatchObject({ state: 'due', attempts: 2, nextAttemptAt: at + 600 });
  });

  it('is left to whoever has taken it', async () => {
    const { sent, row, ports, retry } = await worldWith([kept], { aliases });
    ports.ledger.take = async () => undefined;
    expect(await retry()).toEqual({ mails: 1, failed: 0 });
    expect(sent).toEqual([]);
    expect(row(eventKey)).toMatchObject({ state: 'due' });
  });

  it('has four minutes at a time, as any mail', async () => {
    const world = await worldWith([kept], {
      aliases,
      takes: 240_001,
    });
    await world.retry();
    expect(world.sent).toEqual(['ann@home.example', 'bob@home.example']);
    expect(world.row('bob@home.example')).toMatchObject({ attempts: 2, postponed: 1 });
  });
});

describe('answers', () => {
  it('are given one per second', async () => {
    const owed = (id: string) =>
      firstAnswer(
        entry({ messageId: id }),
        [{ recipient: `${id}@example.com`, cause: 'unknown' }],
        seconds(at),
      );
    const { answered, pauses, retry } = await worldWith([owed('a'), owed('b')]);
    await retry();
    expect(answered).toEqual(['a@example.com', 'b@example.com']);
    expect(pauses).toEqual([1_000, 1_000]);
  });

  it('are none of a destination', async () => {
    const { pauses, retry } = await worldWith([entry()]);
    await retry();
    expect(pauses).toEqual([]);
  });
});
