import { expect, test } from 'vitest';
import { milliseconds, seconds } from '../../../schema/src/text/time.ts';
import { type Brake, bounceRate, isEngaged, releaseBrake, watchBounceRate } from './bounceRateBrake.ts';
import { fakeTelemetry } from './delivery.fake.ts';

const day = 86_400_000;

test.each([
  ['no sends', [], 0],
  ['one bounce of the first three mails', [[0, 3, 1]], 0.01],
  ['fewer than a hundred sends, as a hundred', [[0, 99, 10]], 0.1],
  ['more than a hundred sends', [[0, 200, 10]], 0.05],
  ['sends of half a day ago half', [[day / 2, 400, 20]], 0.05],
  ['few sends of half a day ago, as a hundred of now', [[day / 2, 50, 6]], 0.03],
  [
    'the latest most',
    [
      [0, 1_000, 10],
      [2 * day, 1_600, 160],
    ],
    0.0182,
  ],
  ['a clock that is ahead as now', [[-1_000, 200, 10]], 0.05],
])('counts %s', (_, counts, rate) => {
  const now = milliseconds(14 * day);
  const given = counts.map(([age = 0, attempts = 0, bounces = 0]) => ({
    at: milliseconds(now - age),
    attempts,
    bounces,
  }));
  expect(bounceRate(given, now)).toBe(rate);
});

test('lets go within a day of six bounces among fifty, at three mails a day', () => {
  const rateAfter = (days: number) => {
    const later = Array.from({ length: days }, (_, n) => ({ at: (n + 1) * day, attempts: 3, bounces: 0 }));
    const counts = [{ at: 0, attempts: 50, bounces: 6 }, ...later];
    return bounceRate(
      counts.map((count) => ({ ...count, at: milliseconds(count.at) })),
      milliseconds(days * day),
    );
  };
  expect(rateAfter(0)).toBe(0.06);
  expect(rateAfter(1)).toBeLessThan(0.02);
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

test.each([
  ['an engaged brake', { rate: 0.1, until: seconds(101) }, true],
  ['a brake that has lapsed', { rate: 0.1, until: seconds(100) }, false],
  ['no brake', undefined, false],
])('releases %s by hand: %s', async (_, before, isReleased) => {
  const rows: Brake[] = [];
  const brake = { read: async () => before, write: async (row: Brake) => void rows.push(row) };
  expect(await releaseBrake(brake, seconds(100))).toBe(isReleased);
  expect(rows).toEqual(isReleased ? [{ rate: 0.1, until: 100, releasedAt: 100 }] : []);
});

test.each([
  ['not again by what bounced before', 999, undefined],
  ['by what bounces afterwards', 1_000, { rate: 0.0968, until: 5_600, releasedAt: 1 }],
])('once it was released, engages %s', async (_, at, written) => {
  const rows: Brake[] = [];
  await watchBounceRate(
    {
      brake: {
        read: async () => ({ rate: 0.1, until: seconds(1), releasedAt: seconds(1) }),
        write: async (row) => void rows.push(row),
      },
      statistics: { recent: async () => [{ at: milliseconds(at), attempts: 100, bounces: 10 }] },
      telemetry: fakeTelemetry(),
    },
    0.05,
    seconds(2_000),
  );
  expect(rows.at(-1)).toEqual(written);
});
