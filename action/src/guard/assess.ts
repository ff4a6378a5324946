import type { Moment } from '../../../schema/src/directory/resolve.ts';
import type { Policy } from '../../../schema/src/files/policy.ts';
import type { Plan } from '../plan/plan.ts';
import { domainRemoved, removedDomains } from './domainRemoved.ts';
import { editedOutside } from './editedOutside.ts';
import { massRedirect } from './massRedirect.ts';
import { massRemoval } from './massRemoval.ts';
import type { Reason } from './reason.ts';

/**
 * The reasons for which a person should say yes before the plan is written; none when it is safe. A change takes
 * effect today or on a date that it sets, so both are looked at.
 */
export function assess(plan: Plan, policy: Policy, moment: Moment): Reason[] {
  const gone = removedDomains(plan);
  const days = [moment.today, ...datesOf(plan, moment.today)];
  const onDays = (judge: (day: Moment) => Reason[]): Reason[] => {
    const found = new Map<string, Reason>();
    for (const today of days) {
      for (const reason of judge({ ...moment, today })) {
        if (!found.has(reason.code)) found.set(reason.code, reason);
      }
    }
    return [...found.values()];
  };
  return [
    ...domainRemoved(gone),
    ...onDays((day) => massRemoval(plan, gone, policy.guard.removals, day)),
    ...onDays((day) => massRedirect(plan, policy.guard.redirects, day)),
    ...editedOutside(plan),
  ];
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
