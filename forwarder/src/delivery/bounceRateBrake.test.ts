import { expect, test } from 'vitest';
import { milliseconds, seconds } from '../../../schema/src/text/time.ts';
import { type Brake, bounceRate, isEngaged, watchBounceRate } from './bounceRateBrake.ts';
import { fakeTelemetry } from './delivery.fake.ts';

test.each([
  { what: 'no sends', counts: [], rate: 0 },
  {
    what: 'one bounce on a quiet day',
    counts: [{ at: milliseconds(1), attempts: 2, bounces: 1 }],
    rate: 0.01,
  },
  {
    what: 'the latest thousand alone',
    counts: [
      { at: milliseconds(1), attempts: 5_000, bounces: 5_000 },
      { at: milliseconds(2), attempts: 1_000, bounces: 60 },
    ],
    rate: 0.06,
  },
])('finds a rate of $rate for $what', ({ counts, rate }) => {
  expect(bounceRate(counts)).toBeCloseTo(rate);
});

test('engages above the limit, lapses, and is released when the rate falls', async () => {
  const rows: Brake[] = [];
  const brake = { read: async () => rows.at(-1), write: async (row: Brake) => void rows.push(row) };
  const watch = (bounces: number, now: number) =>
    watchBounceRate(
      {
        brake,
        statistics: { recent: async () => [{ at: milliseconds(1), attempts: 1_000, bounces }] },
        telemetry: fakeTelemetry(),
      },
      0.05,
      seconds(now),
    );
  await watch(50, 100);
  expect(rows).toEqual([]);
  await watch(51, 100);
  expect([isEngaged(rows.at(-1), seconds(101)), isEngaged(rows.at(-1), seconds(100 + 3_600))]).toEqual([
    true,
    false,
  ]);
  await watch(10, 200);
  expect(isEngaged(rows.at(-1), seconds(200))).toBe(false);
});

test.each([
  [
    'the latest first, whatever the order',
    [
      [2, 1_000, 60],
      [1, 5_000, 5_000],
    ],
    0.06,
  ],
  [
    'one more quarter of an hour below a thousand',
    [
      [2, 999, 0],
      [1, 1, 100],
    ],
    0.1,
  ],
  [
    'no more from a thousand on',
    [
      [2, 1_000, 0],
      [1, 1, 100],
    ],
    0,
  ],
  ['at least a hundred sends', [[1, 99, 10]], 0.1],
  ['more than a hundred sends', [[1, 200, 10]], 0.05],
])('counts %s', (_, counts, rate) => {
  const given = counts.map(([at = 0, attempts = 0, bounces = 0]) => ({
    at: milliseconds(at),
    attempts,
    bounces,
  }));
  expect(bounceRate(given)).toBeCloseTo(rate);
});

test.each([
  ['says so where it engages', 60, undefined, [{ rate: 0.06, until: 3_700 }], true],
  [
    'goes on while it is needed',
    60,
    { rate: 0.07, until: seconds(200) },
    [{ rate: 0.06, until: 3_700 }],
    true,
  ],
  ['is released', 50, { rate: 0.07, until: seconds(101) }, [{ rate: 0.05, until: 100 }], false],
  ['is not written where it has lapsed', 50, { rate: 0.07, until: seconds(100) }, [], false],
  ['is not written where it was never engaged', 50, undefined, [], false],
])('the brake %s', async (_, bounces, before, written, isAloud) => {
  const rows: Brake[] = [];
  const telemetry = fakeTelemetry();
  await watchBounceRate(
    {
      brake: { read: async () => before, write: async (row) => void rows.push(row) },
      statistics: { recent: async () => [{ at: milliseconds(1), attempts: 1_000, bounces }] },
      telemetry,
    },
    0.05,
    seconds(100),
  );
  expect(rows).toEqual(written);
  expect(telemetry.counts.get('bounce-rate-guard')).toBe(isAloud ? 1 : undefined);
  expect(telemetry.lines).toEqual(
    isAloud ? ['Too many mails bounce: mail to new destinations waits {"rate":0.06}'] : [],
  );
});
