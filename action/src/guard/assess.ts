import type { Moment } from '../../../schema/src/directory/resolve.ts';
import type { Policy } from '../../../schema/src/files/policy.ts';
import type { Plan } from '../plan/plan.ts';
import { massRedirect } from './massRedirect.ts';
import type { History, Judge, Reason } from './reason.ts';
import { domainRemoved, massRemoval } from './removal.ts';
import { editedOutside, rollback } from './undoing.ts';

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
