import { type Directory, explain, type Moment } from '../../../schema/src/directory/resolve.ts';
import { type Address, joinAddress, splitAddress } from '../../../schema/src/text/address.ts';
import { compareText } from '../../../schema/src/text/diagnostic.ts';

/** An address whose mail goes to others than before, with its mailboxes resolved through groups, domains and expiry. */
export interface Effect {
  readonly address: Address;
  readonly before: readonly Address[];
  readonly after: readonly Address[];
}

/**
 * The addresses whose recipients differ, sorted. Each defined address is listed under its main domain; an alias
 * domain that comes, goes or moves lists its own.
 */
export function effectsOf(before: Directory, after: Directory, moment: Moment): Effect[] {
  const effects: Effect[] = [];
  for (const address of definedAddresses(before, after)) {
    const effect = {
      address,
      before: explain(before, address, moment).destinations,
      after: explain(after, address, moment).destinations,
    };
    if (!sameMembers(effect.before, effect.after)) effects.push(effect);
  }
  return effects.sort((a, b) => compareAddresses(a.address, b.address));
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
