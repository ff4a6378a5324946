import type { Plan } from '../plan/plan.ts';
import type { Code, Reason } from './reason.ts';

/** A plan and what speaks against it. */
export interface Review {
  readonly plan: Plan;
  /** The reasons that stand: the plan is not written while there is one. */
  readonly unsafe: readonly Reason[];
  /** The reasons that somebody has allowed. */
  readonly allowed: readonly Reason[];
}

export function review(plan: Plan, reasons: readonly Reason[], allow: ReadonlySet<Code>): Review {
  return {
    plan,
    unsafe: reasons.filter(({ code }) => !allow.has(code)),
    allowed: reasons.filter(({ code }) => allow.has(code)),
  };
}
