import type { Moment } from '../../../schema/src/directory/resolve.ts';
import type { Policy } from '../../../schema/src/files/policy.ts';
import { type Gate, isStale } from '../../../schema/src/records/gate.ts';
import { reasonCodes } from '../../../schema/src/records/reasonCodes.ts';
import type { Plan } from '../plan/plan.ts';

/** Why a plan may be a mistake. Its code is also the name of its override. */
export type Code = (typeof reasonCodes)[number];

export interface Reason {
  readonly code: Code;
  /** What the plan would do, with its numbers or its names. */
  readonly message: string;
}

/** How the commit of the files relates to the one that was synced last. */
export interface History {
  /** Undefined where no sync has ever written the tables. */
  readonly gate: Gate | undefined;
  /** Undefined where nobody said which commit the files are of. */
  readonly commit: string | undefined;
  /** Whether `commit` comes after the commit of the gate. */
  readonly descends: boolean;
}

/** What a judge looks at. */
export interface Context {
  readonly plan: Plan;
  readonly policy: Policy;
  /** Today, or a later day on which an alias that the plan writes expires: each is judged. */
  readonly moment: Moment;
  /** Undefined where a plan is only shown. */
  readonly history: History | undefined;
}

/** Gives the reasons, of one code, that speak against a plan on a day; none when it is safe. */
export type Judge = (context: Context) => Reason[];

export function isCode(text: string): text is Code {
  return reasonCodes.some((code) => code === text);
}

/** A plan and what speaks against it. */
export interface Review {
  readonly plan: Plan;
  /** The reasons that stand: the plan is not written while there is one. */
  readonly unsafe: readonly Reason[];
  /** The reasons that somebody has allowed. */
  readonly allowed: readonly Reason[];
  /** Since when, in epoch seconds, the gate is open that a run left so; absent where it is not, or nobody looked. */
  readonly staleSince?: number;
}

export function review(plan: Plan, reasons: readonly Reason[], allow: ReadonlySet<Code>): Review {
  return {
    plan,
    unsafe: reasons.filter(({ code }) => !allow.has(code)),
    allowed: reasons.filter(({ code }) => allow.has(code)),
  };
}

/** Adds what the gate of the tables says, as of now in epoch seconds. */
export function withGate(review: Review, gate: Gate | undefined, now: number): Review {
  const since = staleSince(gate, now);
  return since === undefined ? review : { ...review, staleSince: since };
}

/** Since when the gate is open that a run left so; undefined where no sync was cut short. All in epoch seconds. */
export function staleSince(gate: Gate | undefined, now: number): number | undefined {
  return isStale(gate, now) ? gate?.at : undefined;
}
