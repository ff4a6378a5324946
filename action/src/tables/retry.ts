import { faultOf, isUnreachable } from '../sync/fault.ts';

export interface Clock {
  /** Milliseconds that only ever grow. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** From 0 to 1. */
  random(): number;
}

/** Longest wait between two attempts, in milliseconds. */
const longestPause = 5_000;
const firstPause = 50;
/** For how long a busy table is asked again: DynamoDB remembers a ClientRequestToken for 10 minutes, less a margin. */
export const busyPatience = 9 * 60_000;
/** For how long an endpoint that does not answer is asked again. */
const unreachablePatience = 15_000;

/**
 * Calls again, with full jitter and growing pauses, while the fault is one that passes: throttling, a conflict with
 * another transaction, a server error, the network. Throws what does not pass, or does not in time.
 */
export async function retry<T>(call: () => Promise<T>, clock: Clock): Promise<T> {
  const started = clock.now();
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      const patience = isUnreachable(error) ? unreachablePatience : busyPatience;
      if (faultOf(error) !== 'transient' || clock.now() - started > patience) throw error;
      await clock.sleep(clock.random() * Math.min(longestPause, firstPause * 2 ** Math.min(attempt, 10)));
    }
  }
}
