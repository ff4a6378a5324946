import { type Directory, isInForce, mainDomain, resolve } from '../../../schema/src/directory/resolve.ts';
import type { Definition } from '../../../schema/src/records/records.ts';
import { type Plan, sameMembers } from '../plan/plan.ts';
import { describe, overLimit, tally } from './limit.ts';
import type { Judge } from './reason.ts';

/**
 * More aliases deleted or switched off than the policy lets pass, in a domain or in all. Aliases of a domain that is
 * given up as a whole are a reason of their own. A rename (one alias gone, one come in its domain, equal recipients)
 * is not a removal.
 */
export const massRemoval: Judge = ({ plan, policy, moment: { today } }) => {
  const threshold = policy.guard.removals;
  const gone = removedDomains(plan);
  const totals = new Map<string, number>();
  for (const [domain, aliases] of plan.before.definitions) {
    if (!gone.has(domain)) totals.set(domain, aliases.size);
  }
  const arrivals = arrivalsOf(plan, today);
  const counts = new Map<string, number>();
  for (const definition of removedAliases(plan, today)) {
    if (gone.has(definition.domain) || isKept(plan.after, definition, today)) continue;
    const mailboxes = recipients(plan.before, definition, today);
    const renamed = (arrivals.get(definition.domain) ?? []).findIndex((one) => sameMembers(one, mailboxes));
    if (renamed >= 0 && mailboxes.length > 0) arrivals.get(definition.domain)?.splice(renamed, 1);
    else tally(counts, definition.domain);
  }
  const over = overLimit(counts, totals, threshold);
  if (over.length === 0) return [];
  const message = `${describe(over, 'would be deleted or switched off', threshold)}.`;
  return [{ code: 'mass-removal', message }];
};

/** Deleted, or in force before on this day and not after. */
function removedAliases(plan: Plan, today: string): Definition[] {
  const removed: Definition[] = [];
  for (const change of plan.changes) {
    if (change.table !== 'definitions' || change.kind === 'create') continue;
    const before = change.before.record;
    const isOff = change.kind === 'delete' || (isInForce(before, today) && !isInForce(change.after, today));
    if (isOff) removed.push(before);
  }
  return removed;
}

/** A row may go while its alias stays: under another spelling, or at the domain whose alias domain this one becomes. */
function isKept(after: Directory, { alias, domain }: Definition, today: string): boolean {
  const definition = after.definitions.get(mainDomain(after, domain))?.get(alias);
  return definition !== undefined && isInForce(definition, today);
}

function arrivalsOf(plan: Plan, today: string): Map<string, string[][]> {
  const arrivals = new Map<string, string[][]>();
  for (const change of plan.changes) {
    if (change.table !== 'definitions' || change.kind !== 'create') continue;
    const { domain } = change.after;
    const mailboxes = recipients(plan.after, change.after, today);
    const known = arrivals.get(domain);
    if (known === undefined) arrivals.set(domain, [[...mailboxes]]);
    else known.push([...mailboxes]);
  }
  return arrivals;
}

function recipients(directory: Directory, definition: Definition, today: string): readonly string[] {
  return isInForce(definition, today) ? resolve(directory, definition, today).destinations : [];
}

/** Domains that had mail and are no longer in the files, alias domains too; sorted. */
function removedDomains(plan: Plan): Set<string> {
  const gone = new Set<string>();
  for (const change of plan.changes) {
    if (change.kind !== 'delete') continue;
    const { domain } = change.before.record;
    if (!plan.after.domains.has(domain)) gone.add(domain);
  }
  return new Set([...gone].sort());
}

/** Domains would be given up as a whole. */
export const domainRemoved: Judge = ({ plan }) => {
  const gone = removedDomains(plan);
  if (gone.size === 0) return [];
  const names = [...gone].join(', ');
  const message =
    gone.size === 1
      ? `${names} would be given up: its mail would reach nobody.`
      : `${gone.size} domains would be given up, and their mail would reach nobody: ${names}.`;
  return [{ code: 'domain-removed', message }];
};
