import { setImmediate as turn } from 'node:timers/promises';
import { type Milliseconds, milliseconds } from '../../schema/src/text/time.ts';

/** A clock that stands still while anything runs, and leaps to the next timer when nothing does. */
export interface VirtualTime {
  now(): Milliseconds;
  /** Resolves when the clock has come so far. */
  sleep(time: number): Promise<void>;
  /** Lets time pass until it is `end`, or nothing waits any more. */
  runUntil(end: number): Promise<void>;
}

interface Timer {
  readonly at: number;
  readonly wake: () => void;
}

/** @param start epoch milliseconds */
export function virtualTime(start: number): VirtualTime {
  const timers: Timer[] = [];
  const clock = { now: start };
  return {
    now: () => milliseconds(clock.now),
    sleep: (time) =>
      new Promise((wake) => {
        const at = clock.now + Math.max(0, time);
        // Behind those of the same moment, so that who came first goes on first.
        const place = timers.findLastIndex((timer) => timer.at <= at) + 1;
        timers.splice(place, 0, { at, wake });
      }),
    async runUntil(end) {
      for (;;) {
        await turn();
        const next = timers[0];
        if (next === undefined || next.at > end) break;
        timers.shift();
        clock.now = next.at;
        next.wake();
      }
      clock.now = Math.max(clock.now, end);
    },
  };
}
