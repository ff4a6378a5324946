import { type Gate, isStale } from '../../../schema/src/records/gate.ts';
import type { Plan } from '../plan/plan.ts';
import type { Code, Reason } from './reason.ts';

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
