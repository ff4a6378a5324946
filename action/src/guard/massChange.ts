import {
  type Directory,
  explain,
  isInForce,
  lookup,
  mainDomain,
  resolve,
} from '../../../schema/src/directory/resolve.ts';
import type { Threshold } from '../../../schema/src/files/policy.ts';
import type { Definition } from '../../../schema/src/records/records.ts';
import { splitAddress } from '../../../schema/src/text/address.ts';
import { definedAddresses, type Plan, sameMembers } from '../plan/plan.ts';
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
    const come = arrivals.get(definition.domain) ?? [];
    const renamed = come.findIndex((one) => mailboxes.length > 0 && sameMembers(one, mailboxes));
    if (renamed >= 0) come.splice(renamed, 1);
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

/** By domain: the recipients of each alias that comes. */
function arrivalsOf(plan: Plan, today: string): Map<string, (readonly string[])[]> {
  const arrivals = new Map<string, (readonly string[])[]>();
  for (const change of plan.changes) {
    if (change.table !== 'definitions' || change.kind !== 'create') continue;
    const { domain } = change.after;
    arrivals.set(domain, [...(arrivals.get(domain) ?? []), recipients(plan.after, change.after, today)]);
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

/**
 * More addresses than the policy lets pass, of those that stay, would lose all their former recipients and reach
 * others instead. Counted by what mail does, so that one mailbox behind many groups counts for each of them.
 */
export const massRedirect: Judge = ({ plan, policy, moment }) => {
  const threshold = policy.guard.redirects;
  const totals = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const address of definedAddresses(plan.before, plan.after)) {
    const was = lookup(plan.before, address, moment);
    const is = lookup(plan.after, address, moment);
    if (was.matched !== 'exact' || is.matched !== 'exact') continue;
    if (was.status !== 'active' || is.status !== 'active') continue;
    const { domain } = splitAddress(address);
    tally(totals, domain);
    const before = explain(plan.before, address, moment).destinations;
    const after = new Set(explain(plan.after, address, moment).destinations);
    if (before.length > 0 && !before.some((mailbox) => after.has(mailbox))) tally(counts, domain);
  }
  const over = overLimit(counts, totals, threshold);
  if (over.length === 0) return [];
  const message = `${describe(over, 'would lose all their former recipients', threshold)}.`;
  return [{ code: 'mass-redirect', message }];
};

/** How many of `total` may be touched without a word: a share, rounded down, but never less than the floor. */
export function limitOf({ atLeast, share }: Threshold, total: number): number {
  return Math.max(atLeast, Math.floor(share * total));
}

export interface Tally {
  /** A domain, or undefined for all of them together. */
  readonly domain: string | undefined;
  readonly count: number;
  readonly total: number;
}

/** The tallies over their limit, of each domain and of all together; a domain's own says more, so it comes first. */
export function overLimit(
  counts: ReadonlyMap<string, number>,
  totals: ReadonlyMap<string, number>,
  threshold: Threshold,
): Tally[] {
  const tallies: Tally[] = [...totals].map(([domain, total]) => ({
    domain,
    count: counts.get(domain) ?? 0,
    total,
  }));
  const sum = (of: Iterable<number>): number => [...of].reduce((a, b) => a + b, 0);
  tallies.push({ domain: undefined, count: sum(counts.values()), total: sum(totals.values()) });
  return tallies.filter(({ count, total }) => count > limitOf(threshold, total));
}

/** Counts by domain: one more for this one. */
export function tally(counts: Map<string, number>, domain: string): void {
  counts.set(domain, (counts.get(domain) ?? 0) + 1);
}

export function describe(tallies: readonly Tally[], what: string, threshold: Threshold): string {
  const named = tallies.filter(({ domain }) => domain !== undefined);
  return (named.length > 0 ? named : tallies)
    .map(({ domain, count, total }) => {
      const where = domain === undefined ? 'in all' : `of ${domain}`;
      return `${count} of ${total} aliases ${where} ${what} (the limit is ${limitOf(threshold, total)})`;
    })
    .join('; ');
}
