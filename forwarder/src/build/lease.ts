import { plus, type Seconds, seconds } from '../../../schema/src/text/time.ts';
/** One build at a time. Times are of the real clock, since a lease must end however a schedule counts. */
export interface BuildLease {
  /** Takes the lease, or keeps it, and clears the request for another build; false while somebody else has it. */
  take(holder: string, now: Seconds, until: Seconds): Promise<boolean>;
  /** Asks whoever has the lease to build once more; false when nobody has it. */
  askAgain(now: Seconds): Promise<boolean>;
  /** Gives the lease back and notes when; false when another build was asked for, or the lease was lost. */
  release(holder: string, now: Seconds): Promise<boolean>;
  /** Notes which state of the gate (its number) the holder has published; false when the lease was lost. */
  publish(holder: string, number: number): Promise<boolean>;
  /** Prolongs the lease; false when it was lost. */
  renew(holder: string, until: Seconds): Promise<boolean>;
}

/** A build that was killed holds the others up for at most this long. */
export const buildTime = seconds(120);

/** How often a holder builds again for others: in an endless stream of changes a new invocation takes over. */
const roundLimit = 20;

export type Leased = 'built' | 'asked' | 'lost';

/** What a build does with its lease. Both throw when it was lost. */
export interface Held {
  renew(): Promise<void>;
  publish(number: number): Promise<void>;
}

/**
 * Runs `build` under the lease, and once more each time that somebody asked meanwhile; where somebody else has the
 * lease, asks them. So a change that came before this call is in a build that began after the change.
 */
export async function underLease(
  lease: BuildLease,
  holder: string,
  clock: () => Seconds,
  build: (held: Held) => Promise<void>,
): Promise<Leased> {
  for (let round = 0; round < roundLimit; round += 1) {
    const now = clock();
    if (await lease.take(holder, now, plus(now, buildTime))) {
      await build({
        renew: async () => mustHold(await lease.renew(holder, plus(clock(), buildTime))),
        publish: async (number) => mustHold(await lease.publish(holder, number)),
      });
      if (await lease.release(holder, clock())) return 'built';
    } else if (await lease.askAgain(now)) {
      return 'asked';
    }
  }
  return 'lost';
}

function mustHold(holds: boolean): void {
  if (!holds) throw new Error('The build lost its lease: another build runs, and this one stops.');
}
