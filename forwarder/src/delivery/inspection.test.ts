import { describe, expect, it } from 'vitest';
import type { BounceRow } from '../../../schema/src/records/bounceRow.ts';
import { seconds } from '../../../schema/src/text/time.ts';
import { fakeDelivery, fakeEntry } from './delivery.fake.ts';
import { listBlocked, measureQueue, readQueue } from './inspection.ts';
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
