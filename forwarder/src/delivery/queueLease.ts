import { plus, type Seconds, seconds, since } from '../../../schema/src/text/time.ts';

/** Who works off the queue: one at a time, so that one pace holds for all of it. Times are of the real clock. */
export interface QueueLease {
  /** Takes the lease, or keeps it, and clears the wish for another look; false while somebody else has it. */
  take(holder: string, now: Seconds, until: Seconds): Promise<boolean>;
  /** Prolongs the lease; false when it was lost. */
  renew(holder: string, until: Seconds): Promise<boolean>;
  /** Asks whoever has the lease to look once more; false when nobody has it. */
  askAgain(now: Seconds): Promise<boolean>;
  /** Gives the lease back; false when another look was asked for, or the lease was lost. */
  release(holder: string, now: Seconds): Promise<boolean>;
}

/** One that was killed holds the others up for at most this long. */
const leaseTime = seconds(120);
/** It is prolonged when it is as old as this. */
const renewal = seconds(30);
/** Looks for others by one holder, and tries at a lease that comes and goes. */
const roundLimit = 20;

export type Worked = 'worked' | 'asked';

/**
 * Works under the lease, and once more each time that somebody asked meanwhile; where somebody else has the lease, asks
 * them. What became due before this call is so looked at by somebody after it.
 *
 * @param work is given what prolongs the lease, which says false when it was lost
 */
export async function underQueueLease(
  lease: QueueLease,
  holder: string,
  clock: () => Seconds,
  work: (keep: () => Promise<boolean>) => Promise<void>,
): Promise<Worked> {
  for (let round = 0; round < roundLimit; round += 1) {
    const now = clock();
    if (await lease.take(holder, now, plus(now, leaseTime))) {
      const held = { since: now };
      await work(async () => {
        if (since(held.since, clock()) < renewal) return true;
        held.since = clock();
        return lease.renew(holder, plus(held.since, leaseTime));
      });
      if (await lease.release(holder, clock())) return 'worked';
    } else if (await lease.askAgain(now)) {
      return 'asked';
    }
  }
  return 'worked';
}
