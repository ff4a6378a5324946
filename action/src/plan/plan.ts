import { createHash } from 'node:crypto';
import {
  createDirectory,
  type Directory,
  explain,
  type Moment,
} from '../../../schema/src/directory/resolve.ts';
import { canonicalJson, type Records } from '../../../schema/src/records/records.ts';
import { type Address, joinAddress, splitAddress } from '../../../schema/src/text/address.ts';
import { compareText } from '../../../schema/src/text/diagnostic.ts';
import { type Change, outcomeOf, type Rows, recordsOf } from './change.ts';
import { type DiffOptions, diff, type RowName } from './diff.ts';

export interface Counts {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly unchanged: number;
}

/** What a sync would write and what that means for mail. A value: sorted, comparable, printable in several forms. */
export interface Plan {
  readonly fingerprint: string;
  readonly counts: Counts;
  readonly changes: readonly Change[];
  readonly effects: readonly Effect[];
  readonly foreign: readonly RowName[];
  readonly editedOutside: readonly RowName[];
  /** Who gets what mail before the changes and after them. */
  readonly before: Directory;
  readonly after: Directory;
}

export function plan(current: Rows, desired: Records, moment: Moment, options: DiffOptions): Plan {
  const { changes, unchanged, foreign, editedOutside } = diff(current, desired, options);
  const before = createDirectory(recordsOf(current));
  const after = createDirectory(outcomeOf(current, changes));
  return {
    fingerprint: fingerprint(changes),
    counts: {
      create: changes.filter(({ kind }) => kind === 'create').length,
      update: changes.filter(({ kind }) => kind === 'update').length,
      delete: changes.filter(({ kind }) => kind === 'delete').length,
      unchanged,
    },
    changes,
    effects: effectsOf(before, after, moment),
    foreign,
    editedOutside,
    before,
    after,
  };
}

/**
 * Binds what was reviewed to what is written: sha256, in hex, of the canonical JSON of the sorted changes (table,
 * key, before, after). Whose a row was and when it was written are not part of it.
 */
export function fingerprint(changes: readonly Change[]): string {
  const hash = createHash('sha256').update('[');
  for (const [index, change] of changes.entries()) {
    if (index > 0) hash.update(',');
    hash.update(canonicalJson(essence(change)));
  }
  return hash.update(']').digest('hex');
}

function essence(change: Change): Record<string, unknown> {
  return {
    table: change.table,
    key: change.key,
    ...(change.kind === 'create' ? {} : { before: change.before.record }),
    ...(change.kind === 'delete' ? {} : { after: change.after }),
  };
}

/** An address whose recipients change, with its mailboxes resolved through groups, domains and expiry. */
export interface Effect {
  readonly address: Address;
  readonly before: readonly Address[];
  readonly after: readonly Address[];
}

/**
 * The addresses whose recipients differ, sorted. Each defined address is listed under its main domain; an alias
 * domain that is added, removed or moved lists its own.
 */
export function effectsOf(before: Directory, after: Directory, moment: Moment): Effect[] {
  return recipientsOf(before, after, moment)
    .filter((effect) => !sameMembers(effect.before, effect.after))
    .sort((a, b) => compareAddresses(a.address, b.address));
}

/** Defined addresses with their recipients before and after, whether they differ or not; all of them, unless told. */
export function recipientsOf(
  before: Directory,
  after: Directory,
  moment: Moment,
  addresses: Iterable<Address> = definedAddresses(before, after),
): Effect[] {
  return [...addresses].map((address) => ({
    address,
    before: explain(before, address, moment).destinations,
    after: explain(after, address, moment).destinations,
  }));
}

/** Whether who gets an address's mail may be somebody else on a later day: something on its way has a day of expiry. */
export function mayExpire(directory: Directory, address: Address, moment: Moment): boolean {
  return explain(directory, address, moment).path.some((alias) => {
    const { local, domain } = splitAddress(alias);
    return directory.definitions.get(domain)?.get(local)?.expires !== undefined;
  });
}

export function sameMembers(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  const members = new Set(a);
  return b.every((member) => members.has(member));
}

/** Every address that either side defines; those of an alias domain only where the two sides differ about it. */
export function definedAddresses(before: Directory, after: Directory): Set<Address> {
  const addresses = new Set<Address>();
  for (const directory of [before, after]) {
    for (const [domain, aliases] of directory.definitions) {
      for (const alias of aliases.keys()) addresses.add(joinAddress(alias, domain));
    }
    for (const [domain, main] of directory.aliasDomains) {
      if (before.aliasDomains.get(domain) === after.aliasDomains.get(domain)) continue;
      for (const alias of directory.definitions.get(main)?.keys() ?? []) {
        addresses.add(joinAddress(alias, domain));
      }
    }
  }
  return addresses;
}

function compareAddresses(a: Address, b: Address): number {
  const left = splitAddress(a);
  const right = splitAddress(b);
  return compareText(left.domain, right.domain) || compareText(left.local, right.local);
}
