import { type Milliseconds, plus, type Seconds, seconds } from '../../../schema/src/text/time.ts';
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
}

export interface BrakePorts {
  readonly statistics: { recent(): Promise<readonly SendCount[]> };
  readonly brake: { read(): Promise<Brake | undefined>; write(brake: Brake): Promise<void> };
  readonly telemetry: Telemetry;
}

/** AWS reviews an account from 5 % and pauses it from 10 %, over a number of mails that it chooses. */
const window = 1_000;
/** Fewer sends than this count as this many: one bounce on a quiet day is no trend. */
const leastSends = 100;
/** How long a finding holds. */
const holds = seconds(3_600);

/** The share of the account's last sends that bounced. */
export function bounceRate(counts: readonly SendCount[]): number {
  let attempts = 0;
  let bounces = 0;
  for (const count of counts.toSorted((a, b) => b.at - a.at)) {
    if (attempts >= window) break;
    attempts += count.attempts;
    bounces += count.bounces;
  }
  return bounces / Math.max(attempts, leastSends);
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
  const rate = bounceRate(await statistics.recent());
  if (rate > limit) {
    await brake.write({ rate, until: plus(now, holds) });
    telemetry.count('bounce-rate-guard');
    telemetry.alarm('Too many mails bounce: mail to new destinations waits', { rate });
  } else if (isEngaged(await brake.read(), now)) {
    await brake.write({ rate, until: now });
  }
}

export function isEngaged(brake: Brake | undefined, now: Seconds): boolean {
  return brake !== undefined && brake.until > now;
}
