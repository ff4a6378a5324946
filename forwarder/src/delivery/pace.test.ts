import { expect, it } from 'vitest';
import { milliseconds } from '../../../schema/src/text/time.ts';
import { crowded, hurried, paceOf } from './pace.ts';

/** A pace on a clock that goes on while somebody waits, and the times of its turns. */
function world(gaps: Parameters<typeof paceOf>[1]) {
  const clock = { now: 0 };
  const pace = paceOf(
    {
      clock: () => milliseconds(clock.now),
      pause: async (time) => {
        clock.now += time;
      },
    },
    gaps,
  );
  const far = milliseconds(1_000_000);
  const turns = async (count: number) => {
    const times: number[] = [];
    for (let n = 0; n < count; n += 1) {
      await pace.turn(far);
      times.push(Math.round(clock.now));
    }
    return times;
  };
  return { pace, clock, turns };
}

it.each([
  ['one mail at once, and more of them as well', hurried(1), [0, 0, 0]],
  ['a crowd nine tenths of the rate', crowded(10), [0, 111, 222]],
  ['a crowd in the sandbox nearly one a second', crowded(1), [0, 1_111, 2_222]],
])('lets %s', async (_, gaps, expected) => {
  expect(await world(gaps).turns(3)).toEqual(expected);
});

it.each([
  ['one mail', hurried(1), [100, 200, 300, 300]],
  ['mail to many', hurried(20), [100, 200, 400, 800]],
  ['a crowd', crowded(10), [222, 444, 889, 1_778]],
])('makes the gaps of %s longer with each refusal', async (_, gaps, expected) => {
  const { pace, clock, turns } = world(gaps);
  const waits: number[] = [];
  for (const _refusal of expected) {
    await turns(1);
    const before = clock.now;
    pace.refused();
    await turns(1);
    waits.push(Math.round(clock.now - before));
    clock.now += 10_000;
  }
  expect(waits).toEqual(expected);
});

it('takes refusals of sends that began together for one', async () => {
  const { pace, turns } = world(hurried(20));
  for (let n = 0; n < 10; n += 1) pace.refused();
  expect(await turns(2)).toEqual([100, 200]);
});

it('comes back to its rate when SES takes mails again', async () => {
  const { pace, turns } = world(crowded(10));
  pace.refused();
  for (let n = 0; n < 50; n += 1) pace.taken();
  const [first = 0, second = 0] = await turns(2);
  expect(second - first).toBe(111);
});

it.each([
  ['by then', 112, true],
  ['later', 111, false],
])('says at once that a turn comes %s', async (_, by, expected) => {
  const { pace, clock } = world(crowded(10));
  await pace.turn(milliseconds(0));
  expect(await pace.turn(milliseconds(by))).toBe(expected);
  expect(Math.round(clock.now)).toBe(expected ? 111 : 0);
});

it('gives no turn once SES takes nothing, to those who wait either', async () => {
  const clock = { now: 0 };
  const waiting: (() => void)[] = [];
  const pause = () => new Promise<void>((go) => waiting.push(go));
  const pace = paceOf({ clock: () => milliseconds(clock.now), pause }, crowded(10));
  await pace.turn(milliseconds(0));
  const next = pace.turn(milliseconds(500));
  pace.stop();
  for (const go of waiting) go();
  expect(await next).toBe(false);
  expect(await pace.turn(milliseconds(500))).toBe(false);
  expect(pace.isStopped).toBe(true);
});
