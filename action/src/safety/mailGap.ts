import { batchesOf } from '../apply/batches.ts';
import { bridgesOf } from '../apply/bridges.ts';
import type { Change } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import type { Reason } from './reason.ts';

/**
 * Aliases that others name as mailboxes must come, or go, in one transaction with their domain. Where they are more
 * than one takes, no order of writes is without a moment in which some of those others reach nobody.
 */
export function mailGap(plan: Plan): Reason[] {
  const { opening, closing } = bridgesOf(plan);
  const gaps = [
    ...gap(opening, 'come under management', 'aliases'),
    ...gap(closing, 'be given up', 'former aliases'),
  ];
  return gaps.length === 0 ? [] : [{ code: 'mail-gap', message: gaps.join(' ') }];
}

function gap(bridges: ReadonlySet<Change>, what: string, aliases: string): string[] {
  if (batchesOf([...bridges]).length <= 1) return [];
  const domains = [...new Set([...bridges].map(({ key }) => key.domain))].sort().join(', ');
  return [
    `${domains} would ${what} with ${bridges.size} ${aliases} that others name as destinations: too many for one ` +
      'write, so mail to some of those others would reach nobody for moments. Let the others name final mailboxes ' +
      'in a pull request before this one, and these aliases in one after it.',
  ];
}
