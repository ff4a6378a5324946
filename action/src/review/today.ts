import { UsageError } from './usageError.ts';

/** `YYYY-MM-DD` as given, or the day of `now` in UTC. */
export function readToday(given: string | undefined, now: Date): string {
  if (given === undefined || given === '') return now.toISOString().slice(0, 10);
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(given) && !Number.isNaN(Date.parse(given));
  if (!isDate || new Date(given).toISOString().slice(0, 10) !== given) {
    throw new UsageError(`\`${given}\` is not a date: write it as in 2027-06-30.`);
  }
  return given;
}
