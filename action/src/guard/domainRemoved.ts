import type { Plan } from '../plan/plan.ts';
import type { Reason } from './reason.ts';

/** Domains that had mail and have no place in the files any more, alias domains too; sorted. */
export function removedDomains(plan: Plan): Set<string> {
  const gone = new Set<string>();
  for (const change of plan.changes) {
    if (change.kind !== 'delete') continue;
    const { domain } = change.before.record;
    if (!plan.after.domains.has(domain)) gone.add(domain);
  }
  return new Set([...gone].sort());
}

export function domainRemoved(gone: ReadonlySet<string>): Reason[] {
  if (gone.size === 0) return [];
  const names = [...gone].join(', ');
  const message =
    gone.size === 1
      ? `${names} would be given up: no mail to it would reach anybody.`
      : `${gone.size} domains would be given up: no mail to them would reach anybody: ${names}.`;
  return [{ code: 'domain-removed', message }];
}
