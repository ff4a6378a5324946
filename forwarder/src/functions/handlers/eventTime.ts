import { type Milliseconds, milliseconds } from '../../../../schema/src/text/time.ts';
/** The time of a scheduled event's `time`; of the clock, where it has none. */
export function eventTime(event: unknown, clock: () => Milliseconds): Milliseconds {
  const time = event !== null && typeof event === 'object' ? (event as { time?: unknown }).time : undefined;
  const parsed = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return Number.isFinite(parsed) ? milliseconds(parsed) : clock();
}
