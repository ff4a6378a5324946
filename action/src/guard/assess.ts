import type { Moment } from '../../../schema/src/directory/resolve.ts';
import type { Policy } from '../../../schema/src/files/policy.ts';
import type { Records } from '../../../schema/src/records/records.ts';
import type { Rows } from '../plan/change.ts';
import { type Held, hold } from '../plan/hold.ts';
import { type Plan, plan } from '../plan/plan.ts';
import { domainRemoved, massRedirect, massRemoval } from './massChange.ts';
import type { History, Judge, Reason } from './reason.ts';
import { editedOutside, rollback } from './undoing.ts';

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

/** Every reason that there is, in the order in which they are shown. */
const judges: readonly Judge[] = [domainRemoved, massRemoval, massRedirect, editedOutside, rollback];

/**
 * The reasons for which a person should say yes before the plan is written; none when it is safe. A change takes
 * effect today or on a date that it sets, so both are judged; of each reason the first day that has it is named.
 */
export function assess(plan: Plan, policy: Policy, moment: Moment, history?: History): Reason[] {
  const days = [moment.today, ...datesOf(plan, moment.today)];
  return judges.flatMap((judge) => {
    for (const today of days) {
      const reasons = judge({ plan, policy, moment: { ...moment, today }, history });
      if (reasons.length > 0) return reasons;
    }
    return [];
  });
}

/** The days after today on which an alias that the plan writes expires, in order. */
function datesOf(plan: Plan, today: string): string[] {
  const dates = new Set<string>();
  for (const change of plan.changes) {
    if (change.table !== 'definitions' || change.kind === 'delete') continue;
    const { expires } = change.after;
    if (expires !== undefined && expires > today) dates.add(expires);
  }
  return [...dates].sort();
}
