import { destinationsOf } from '../records/aliasFields.ts';
import { type Address, type Destination, joinAddress, splitAddress } from '../text/address.ts';
import { type Directory, follow, isInForce, mainDomain } from './resolve.ts';

/** An address whose mail reaches the destination, and the aliases on the shortest way there, itself first. */
export interface Reaching {
  readonly address: Address;
  /** The same alias at the alias domains, sorted; absent where its domain has none. */
  readonly also?: readonly Address[];
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
  const aliasDomains = aliasDomainsOf(directory);
  return [...paths]
    .map(([address, path]) => ({ address, ...alsoAt(address, aliasDomains), path }))
    .sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
}

/** The alias domains of each domain, sorted. */
function aliasDomainsOf({ aliasDomains }: Directory): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [domain, main] of [...aliasDomains].sort()) {
    found.set(main, [...(found.get(main) ?? []), domain]);
  }
  return found;
}

function alsoAt(
  address: Address,
  aliasDomains: ReadonlyMap<string, readonly string[]>,
): Pick<Reaching, 'also'> {
  const { local, domain } = splitAddress(address);
  const others = aliasDomains.get(domain);
  return others === undefined ? {} : { also: others.map((other) => joinAddress(local, other)) };
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
