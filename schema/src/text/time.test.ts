import { expect, test } from 'vitest';
import {
  dayOf,
  type Milliseconds,
  milliseconds,
  plus,
  type Seconds,
  seconds,
  since,
  toMilliseconds,
  toSeconds,
} from './time.ts';

const at = Date.parse('2026-11-02T23:59:59.999Z');

test('goes from one unit to the other, and never ahead of the clock', () => {
  expect(toSeconds(milliseconds(at))).toBe(Math.floor(at / 1_000));
  expect(toMilliseconds(seconds(7))).toBe(7_000);
  expect(dayOf(toSeconds(milliseconds(at)))).toBe('2026-11-02');
  expect(dayOf(toSeconds(milliseconds(at + 1)))).toBe('2026-11-03');
});

test('adds and subtracts within one unit', () => {
  expect(plus(seconds(5), seconds(3))).toBe(8);
  expect(since(milliseconds(5), milliseconds(8))).toBe(3);
});

test('does not compile where units are mixed', () => {
  const inSeconds = (time: Seconds) => time;
  const inMilliseconds = (time: Milliseconds) => time;
  // @ts-expect-error: milliseconds where seconds belong
  inSeconds(milliseconds(1));
  // @ts-expect-error: seconds where milliseconds belong
  inMilliseconds(seconds(1));
  // @ts-expect-error: a number of no unit
  inSeconds(1);
  // @ts-expect-error: a duration of another unit
  plus(seconds(1), milliseconds(1));
  // @ts-expect-error: a time of another unit
  since(milliseconds(1), seconds(1));
});
