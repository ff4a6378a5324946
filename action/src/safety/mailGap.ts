import type { Moment } from '../../../schema/src/resolve.ts';
import { batchesOf } from '../apply/batches.ts';
import { order, type Phase } from '../apply/order.ts';
import type { Change } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import type { Reason } from './reason.ts';

/**
 * Aliases that others name must come, go or move in one transaction with their domain. Where they are more than one
 * takes, no order of writes is without a moment in which some of those others reach nobody.
 */
export function mailGap(plan: Plan, moment: Moment): Reason[] {
  const gaps = order(plan, moment).flatMap(({ name, steps }) =>
    steps
      .filter(({ changes, together }) => together && batchesOf(changes).length > 1)
      .map(({ changes }) => messageFor(name, changes)),
  );
  return gaps.length === 0 ? [] : [{ code: 'mail-gap', message: gaps.join(' ') }];
}

const happens: Readonly<Record<Phase['name'], string>> = {
  definitions: 'come under management with aliases that others name as destinations',
  domains: 'change what they are aliases for, or change with aliases that lead through those that do',
  deletes: 'be given up with aliases that others name as destinations',
};

function messageFor(phase: Phase['name'], changes: readonly Change[]): string {
  const domains = [...new Set(changes.map(({ key }) => key.domain))].sort().join(', ');
  return (
    `${domains} would ${happens[phase]}: ${changes.length} rows are too many for one write, so some mail would reach ` +
    'nobody for moments. Let those others name final mailboxes in a pull request before this one.'
  );
}
