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
