import type { Moment } from '../../../schema/src/directory/resolve.ts';
import type { Policy } from '../../../schema/src/files/policy.ts';
import { type Gate, isStale } from '../../../schema/src/records/gate.ts';
import type { Records } from '../../../schema/src/records/records.ts';
import type { Rows } from '../plan/change.ts';
import { type Held, hold } from '../plan/hold.ts';
import { type Plan, plan } from '../plan/plan.ts';
import { assess } from './assess.ts';
import type { Code, History, Reason } from './reason.ts';

/** What the tables should hold, and by what it is judged. */
export interface Proposal {
  readonly desired: Records;
  /** Domains whose files have errors, and what to say of each: they keep what the tables have. */
  readonly mistaken?: Held;
  readonly policy: Policy;
  readonly moment: Moment;
  /** Whether rows of managed domains that others wrote are deleted. */
  readonly pruneForeign: boolean;
}

/** A proposal against what is there: what would be written, what is left out, and what speaks against it. */
export interface Assessed {
  readonly plan: Plan;
  /** Domains that keep what the tables have, since their files have errors or depend on such files; and why. */
  readonly held: Held;
  readonly reasons: readonly Reason[];
}

/** Plans a proposal and judges the plan. This is the only way to a plan that may be written. */
export function assessProposal(rows: Rows, proposal: Proposal, history?: History): Assessed {
  const { mistaken = new Map(), policy, moment, pruneForeign } = proposal;
  const { desired, held } = hold(rows, proposal.desired, mistaken, { pruneForeign });
  const made = plan(rows, desired, moment, { pruneForeign, held });
  return { plan: made, held, reasons: assess(made, policy, moment, history) };
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
