import { type Milliseconds, milliseconds, plus } from '../../../schema/src/text/time.ts';

/**
 * When the next send may begin, for all that are under way in one invocation together. Others send for the same account,
 * so the rate that SES grants is a beginning: each refusal for the rate makes the gaps longer, each send shorter again.
 */
export interface Pace {
  /** Waits for a turn; false, at once, where there is none by then. */
  turn(by: Milliseconds): Promise<boolean>;
  taken(): void;
  /** SES asked to slow down. */
  refused(): void;
  /** SES takes nothing more: from now on there are no turns. */
  stop(): void;
  readonly isStopped: boolean;
}

/** What SES lets the account send. */
export interface SendQuota {
  /** Mails a second. */
  readonly rate: number;
  /** Mails in 24 hours; below 0 as many as one likes. */
  readonly daily: number;
  /** Of the last 24 hours. */
  readonly sent: number;
}

interface Gaps {
  /** Between two sends at least. */
  readonly least: Milliseconds;
  /** After refusals, at most. */
  readonly most: Milliseconds;
}

/** Of the account's rate, what a crowd takes: the rest is for mails that come in meanwhile. */
const crowdShare = 0.9;
const longestGap = milliseconds(2_000);
/** Destinations that nobody notices among others. */
const few = 3;

/** A mail that comes in begins at once; one to few takes what a crowd leaves, and asks for it more often. */
export function hurried(destinations: number): Gaps {
  return { least: milliseconds(0), most: destinations > few ? longestGap : milliseconds(300) };
}

/** @param rate mails that the account may send a second */
export function crowded(rate: number): Gaps {
  const least = milliseconds(1_000 / (crowdShare * rate));
  return { least, most: milliseconds(Math.max(longestGap, 2 * least)) };
}

/** The gap after the first refusal, where there was none. */
const firstGap = 100;

export function paceOf(
  { clock, pause }: { readonly clock: () => Milliseconds; pause(time: Milliseconds): Promise<unknown> },
  { least, most }: Gaps,
): Pace {
  const state = { gap: least as number, next: 0, slowedUntil: 0, isStopped: false };
  return {
    async turn(by) {
      const now = clock();
      const at = Math.max(now, state.next);
      if (state.isStopped || at > by) return false;
      state.next = at + state.gap;
      if (at > now) await pause(milliseconds(at - now));
      return !state.isStopped;
    },
    taken() {
      state.gap = Math.max(least, state.gap * 0.9);
    },
    refused() {
      const now = clock();
      // Sends that began together are refused together, and that is one refusal.
      if (now < state.slowedUntil) return;
      state.gap = Math.min(most, Math.max(firstGap, state.gap * 2));
      state.slowedUntil = plus(now, milliseconds(state.gap));
      state.next = Math.max(state.next, state.slowedUntil);
    },
    stop() {
      state.isStopped = true;
    },
    get isStopped() {
      return state.isStopped;
    },
  };
}
