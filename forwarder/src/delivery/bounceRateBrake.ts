import {
  type Milliseconds,
  milliseconds,
  plus,
  type Seconds,
  seconds,
  since,
  toMilliseconds,
} from '../../../schema/src/text/time.ts';
import type { Telemetry } from './telemetry.ts';

/** What SES counted in a quarter of an hour. */
export interface SendCount {
  readonly at: Milliseconds;
  readonly attempts: number;
  readonly bounces: number;
}

/** Whether the account bounces too much, as found at the last look. */
export interface Brake {
  readonly rate: number;
  /** A finding that was not repeated by then says nothing. */
  readonly until: Seconds;
  /** When somebody released it by hand: what bounced before does not engage it again. */
  readonly releasedAt?: Seconds;
}

export interface BrakePorts {
  readonly statistics: { recent(): Promise<readonly SendCount[]> };
  readonly brake: { read(): Promise<Brake | undefined>; write(brake: Brake): Promise<void> };
  readonly telemetry: Telemetry;
}

/** What was sent so long ago weighs half: a bad hour must not hold mail back for the two weeks that SES remembers. */
const halfLife = milliseconds(12 * 3_600_000);
/** Fewer sends than this count as this many: one bounce on a quiet day is no trend. */
const leastSends = 100;
/** How long a finding holds. */
const holds = seconds(3_600);

/** The share of the account's sends that bounced, the latest of them weighing most. */
export function bounceRate(counts: readonly SendCount[], now: Milliseconds): number {
  const weighed = counts.map(({ at, attempts, bounces }) => {
    const weight = 0.5 ** (Math.max(0, since(at, now)) / halfLife);
    return { attempts: attempts * weight, bounces: bounces * weight };
  });
  const sum = (of: 'attempts' | 'bounces') => weighed.reduce((total, count) => total + count[of], 0);
  return Math.round((10_000 * sum('bounces')) / Math.max(sum('attempts'), leastSends)) / 10_000;
}

/**
 * Looks at the account's bounce rate, and engages or releases the brake. While it is engaged, mail to destinations that
 * were never reached waits.
 */
export async function watchBounceRate(
  { statistics, brake, telemetry }: BrakePorts,
  limit: number,
  now: Seconds,
): Promise<void> {
  const [counts, last] = await Promise.all([statistics.recent(), brake.read()]);
  const { releasedAt = seconds(0) } = last ?? {};
  const later = counts.filter(({ at }) => at >= toMilliseconds(releasedAt));
  const rate = bounceRate(later, toMilliseconds(now));
  const kept = releasedAt === 0 ? {} : { releasedAt };
  if (rate > limit) {
    await brake.write({ ...kept, rate, until: plus(now, holds) });
    telemetry.count('bounce-rate-guard');
    telemetry.alarm('Too many mails bounce: mail to new destinations waits', { rate });
  } else if (isEngaged(last, now)) {
    await brake.write({ ...kept, rate, until: now });
  }
}

/** Lets the mail go that the brake holds, by a maintainer's word; false where it is not engaged. */
export async function releaseBrake(brake: BrakePorts['brake'], now: Seconds): Promise<boolean> {
  const last = await brake.read();
  if (last === undefined || !isEngaged(last, now)) return false;
  await brake.write({ rate: last.rate, until: now, releasedAt: now });
  return true;
}

export function isEngaged(brake: Brake | undefined, now: Seconds): boolean {
  return brake !== undefined && brake.until > now;
}
