import { describe, expect, it } from 'vitest';
import type { BounceRow } from '../../../schema/src/records/bounceRow.ts';
import { milliseconds, seconds } from '../../../schema/src/text/time.ts';
import { fakeDelivery, fakeEntry } from './delivery.fake.ts';
import { findOrphans, listBlocked, measureQueue, orphanWatchAt, readQueue } from './inspection.ts';
import { firstAnswer, type Ledger } from './ledger.ts';

const at = 1_000_000;
const limits = { bounceLimit: 0, softBounceLimit: 3 };
const bounce = (destination: string, given: Partial<BounceRow> = {}): BounceRow => ({
  destination,
  createdAt: at,
  validUntil: at + 86_400,
  type: 'bounce',
  bounceType: 'Permanent',
  ...given,
});
const endless = (row: BounceRow): BounceRow => {
  const { validUntil: _, ...rest } = row;
  return rest;
};

describe('listBlocked', () => {
  const until = '1970-01-13';

  it.each<[string, BounceRow[], unknown]>([
    ['nobody', [], []],
    ['nobody whose bounces have ended', [bounce('a@x.example', { validUntil: at })], []],
    [
      'destinations in order',
      ['c', 'a', 'b'].map((name) => bounce(`${name}@x.example`)),
      ['a', 'b', 'c'].map((name) => ({ destination: `${name}@x.example`, bounces: 1, until })),
    ],
    [
      'one whose block has no end',
      [endless(bounce('a@x.example'))],
      [{ destination: 'a@x.example', bounces: 1 }],
    ],
    [
      'the latest reason',
      [
        bounce('a@x.example', { diagnosticCode: 'smtp; 550 5.1.1 old', createdAt: 1 }),
        bounce('a@x.example', { diagnosticCode: 'smtp; 550 5.1.1 new', createdAt: 3 }),
        bounce('a@x.example', { diagnosticCode: 'smtp; 550 5.1.1 older', createdAt: 2 }),
      ],
      [{ destination: 'a@x.example', bounces: 3, until, reason: 'smtp; 550 5.1.1 new' }],
    ],
    [
      'a complaint as such',
      [bounce('a@x.example', { type: 'complaint', diagnosticCode: 'text' })],
      [{ destination: 'a@x.example', bounces: 1, until, reason: 'complaint' }],
    ],
  ])('has %s', (_, rows, expected) => {
    expect(listBlocked(rows, limits, seconds(at))).toStrictEqual(expected);
  });

  it('has who is above the limit alone', () => {
    const rows = [bounce('a@x.example'), bounce('b@x.example'), bounce('b@x.example')];
    const blocked = listBlocked(rows, { ...limits, bounceLimit: 1 }, seconds(at));
    expect(blocked.map(({ destination }) => destination)).toEqual(['b@x.example']);
  });

  it('counts soft bounces from their limit on', () => {
    const soft = bounce('a@x.example', { bounceType: 'Transient' });
    expect(listBlocked([soft, soft], limits, seconds(at))).toEqual([]);
    expect(listBlocked([soft, soft, soft], limits, seconds(at))).toMatchObject([{ bounces: 3 }]);
  });
});

describe('the queue', () => {
  it('has what is due at any time, a thousand rows at most', async () => {
    const asked: unknown[][] = [];
    const ledger: Pick<Ledger, 'due'> = {
      due: async (...look) => {
        asked.push(look);
        return [];
      },
    };
    await readQueue(ledger);
    expect(asked).toEqual(['due', 'bulk', 'answer'].map((lane) => [lane, Number.MAX_SAFE_INTEGER, 1_000]));
  });

  it.each([
    ['none', [], { 'queue-depth': 0, 'queue-age': 0 }],
    [
      'a destination, from the beginning of its trying',
      [fakeEntry('a@x.example', at - 50, { since: seconds(at - 20) })],
      { 'queue-depth': 1, 'queue-age': 20 },
    ],
    [
      'an answer, from the receipt of the mail',
      [firstAnswer(fakeEntry('a@x.example', at - 50), [], seconds(at))],
      { 'queue-depth': 1, 'queue-age': 50 },
    ],
    [
      'several, by the oldest',
      [fakeEntry('a@x.example', at - 50), fakeEntry('b@x.example', at - 70), fakeEntry('c@x.example', at)],
      { 'queue-depth': 3, 'queue-age': 70 },
    ],
    [
      'one of a clock that is ahead',
      [fakeEntry('a@x.example', at + 50)],
      { 'queue-depth': 1, 'queue-age': 0 },
    ],
  ])('is measured with %s', async (_, rows, expected) => {
    const { ledger, telemetry } = fakeDelivery({ now: at * 1_000 });
    await ledger.open(rows);
    await measureQueue(ledger, telemetry, seconds(at));
    expect(Object.fromEntries(telemetry.counts)).toEqual(expected);
  });
});

describe('findOrphans', () => {
  const now = milliseconds(at * 1_000);
  const minute = 60_000;

  it.each<[string, number, string, number | undefined, string[]]>([
    ['a mail that nothing is known of', 10 * minute, 'other', undefined, ['other']],
    ['none that may be on its way', 10 * minute - 1, 'other', undefined, []],
    ['none whose event is kept', 10 * minute, 'kept', undefined, []],
    ['none that has a row', 10 * minute, 'mail', undefined, []],
    ['one of the last day', 1_440 * minute, 'other', undefined, ['other']],
    ['none that is older', 1_440 * minute + 1, 'other', undefined, []],
    ['an older one where it is asked for', 1_440 * minute + 1, 'other', 1_440 * minute + 1, ['other']],
  ])('finds %s', async (_, age, messageId, watch, expected) => {
    const { ledger } = fakeDelivery({ now });
    await ledger.open([fakeEntry('a@x.example', at)]);
    const storedAt = milliseconds(now - age);
    const bucket = {
      async *list() {
        yield { messageId, storedAt };
      },
      async *keptEvents() {
        yield { messageId: 'kept', storedAt };
      },
    };
    const found = await (watch === undefined
      ? findOrphans(bucket, ledger, now)
      : findOrphans(bucket, ledger, now, milliseconds(watch)));
    expect(found).toEqual(expected);
  });

  it('finds none whose event is worked off while it looks', async () => {
    const { ledger } = fakeDelivery({ now });
    const storedAt = milliseconds(now - 10 * minute);
    const bucket = {
      async *list() {
        yield { messageId: 'mail', storedAt };
      },
      async *keptEvents() {
        await ledger.open([fakeEntry('a@x.example', at)]);
        yield { messageId: 'other', storedAt };
      },
    };
    expect(await findOrphans(bucket, ledger, now)).toEqual([]);
  });

  it('lists no kept events where every mail has its row', async () => {
    const { ledger } = fakeDelivery({ now });
    await ledger.open([fakeEntry('a@x.example', at)]);
    const bucket = {
      async *list() {
        yield { messageId: 'mail', storedAt: milliseconds(now - 10 * minute) };
      },
      // biome-ignore lint/correctness/useYield: it is not to be asked
      async *keptEvents(): AsyncGenerator<never> {
        throw new Error('asked');
      },
    };
    expect(await findOrphans(bucket, ledger, now)).toEqual([]);
  });

  it.each([
    ['the first run of an hour', '10:00:00', 1_440],
    ['the end of its five minutes', '10:04:59', 1_440],
    ['the next run', '10:05:00', 40],
    ['the last run of an hour', '10:59:59', 40],
  ])('looks at %s through the mails of so many minutes', (_, time, minutes) => {
    expect(orphanWatchAt(milliseconds(Date.parse(`2026-11-24T${time}Z`)))).toBe(minutes * minute);
  });
});
