import { UsageError } from './usageError.ts';

/** For how long a sync waits, by default, until mail goes by what it wrote. */
export const defaultWaitSeconds = 120;

/** A whole number of seconds; 0 does not wait. */
export function readWaitSeconds(given: string | undefined): number {
  if (given === undefined || given === '') return defaultWaitSeconds;
  if (!/^\d{1,5}$/.test(given)) {
    throw new UsageError(`\`${given}\` is not a number of seconds to wait.`);
  }
  return Number(given);
}
