import { destinationsOf } from '../records/aliasFields.ts';
import { type Address, type Destination, joinAddress, splitAddress } from '../text/address.ts';
import { type Directory, follow, isInForce, mainDomain } from './resolve.ts';

/** An address whose mail reaches the destination, and the aliases on the shortest way there, itself first. */
export interface Reaching {
  readonly address: Address;
  readonly path: readonly Address[];
}

/**
 * Every address, under its main domain, whose mail reaches a mailbox, or an alias of ours. Sorted. Inactive and
 * expired aliases let nothing through. Time grows with the number of destinations.
 */
export function who(directory: Directory, destination: Address, today: string): Reaching[] {
  const referrers = referrersByTarget(directory, today);
  const { local, domain } = splitAddress(destination);
  const start = joinAddress(local, mainDomain(directory, domain));
  const paths = new Map<Address, readonly Address[]>([[start, []]]);
  for (const [target, path] of paths) {
    for (const address of referrers.get(target) ?? []) {
      if (!paths.has(address)) paths.set(address, [address, ...path]);
    }
  }
  paths.delete(start);
  return [...paths]
    .map(([address, path]) => ({ address, path }))
    .sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
}

/** Which aliases name a mailbox or an alias as a destination. */
function referrersByTarget(directory: Directory, today: string): Map<Address, Address[]> {
  const referrers = new Map<Address, Address[]>();
  for (const [domain, aliases] of directory.definitions) {
    for (const definition of aliases.values()) {
      if (!isInForce(definition, today)) continue;
      const address = joinAddress(definition.alias, domain);
      for (const { value } of destinationsOf(definition)) {
        const target = value && targetOf(directory, domain, value, today);
        if (target === undefined) continue;
        const known = referrers.get(target);
        if (known === undefined) referrers.set(target, [address]);
        else known.push(address);
      }
    }
  }
  return referrers;
}

function targetOf(
  directory: Directory,
  domain: string,
  destination: Destination,
  today: string,
): Address | undefined {
  const target = follow(directory, domain, destination);
  if (target.kind === 'mailbox') return target.address;
  if (target.kind === 'undefined' || !isInForce(target.definition, today)) return undefined;
  return joinAddress(target.definition.alias, target.definition.domain);
}
