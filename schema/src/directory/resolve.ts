import { destinationsOf } from '../records/aliasFields.ts';
import { type Definition, isBookkeeping, type Records } from '../records/records.ts';
import {
  type Address,
  catchAll,
  type Destination,
  joinAddress,
  splitAddress,
  withoutSubaddress,
} from '../text/address.ts';

/** Who gets what mail, ready to be asked: definitions by domain and alias, and the alias domains. */
export interface Directory {
  readonly definitions: ReadonlyMap<string, ReadonlyMap<string, Definition>>;
  /** Alias domain to the domain whose mailboxes it has; one hop. */
  readonly aliasDomains: ReadonlyMap<string, string>;
  /** Managed domains and alias domains: a destination there is a reference, not a mailbox. */
  readonly domains: ReadonlySet<string>;
}

/** What an address depends on besides the directory. */
export interface Moment {
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string;
  /** Local parts that no alias, subaddress or catch-all may claim, such as the sender's. */
  readonly reserved: readonly string[];
}

export type Status = 'active' | 'inactive' | 'unknown';
export type Matched = 'exact' | 'subaddress' | 'catch-all' | 'none';

export interface Match {
  readonly status: Status;
  readonly matched: Matched;
  readonly definition?: Definition;
}

export type SkipReason = 'undefined' | 'cycle' | 'inactive' | 'expired' | 'malformed';

/** A reference that contributed nobody. */
export interface Skipped {
  /** The alias that refers. */
  readonly alias: Address;
  /** The destination as written. */
  readonly reference: string;
  readonly reason: SkipReason;
}

export interface Resolution {
  /** Mailboxes outside the managed domains, each once, in the order they are reached. */
  readonly destinations: readonly Address[];
  /** The aliases visited, in order, the first being the one asked for. */
  readonly path: readonly Address[];
  readonly skipped: readonly Skipped[];
}

/** Indexes records; of two definitions with one key the first counts. */
export function createDirectory(records: Records): Directory {
  const definitions = new Map<string, Map<string, Definition>>();
  const aliasDomains = new Map<string, string>();
  const domains = new Set<string>();
  for (const definition of records.definitions) {
    let aliases = definitions.get(definition.domain);
    if (aliases === undefined) {
      aliases = new Map();
      definitions.set(definition.domain, aliases);
      domains.add(definition.domain);
    }
    if (!aliases.has(definition.alias)) aliases.set(definition.alias, definition);
  }
  for (const { domain, aliasfor } of records.domains) {
    if (isBookkeeping(domain)) continue;
    domains.add(domain);
    if (aliasfor !== undefined && aliasfor !== domain) aliasDomains.set(domain, aliasfor);
  }
  return { definitions, aliasDomains, domains };
}

/**
 * The alias that receives an address's mail: the exact one, else the one without the subaddress, else the catch-all.
 * The first that is defined decides: an inactive or expired one answers for its mail and lets nothing fall through.
 */
export function lookup(directory: Directory, address: Address, moment: Moment): Match {
  const { local, domain: given } = splitAddress(address);
  const domain = mainDomain(directory, given);
  if (isReserved(local, moment.reserved)) return { status: 'unknown', matched: 'none' };
  const aliases = directory.definitions.get(domain);
  for (const [matched, alias] of candidates(local)) {
    const definition = aliases?.get(alias);
    if (definition === undefined) continue;
    const status = isInForce(definition, moment.today) ? 'active' : 'inactive';
    return { status, matched, definition };
  }
  return { status: 'unknown', matched: 'none' };
}

/** The names under which a local part may be defined, in order of precedence. */
export function candidates(local: string): readonly (readonly [Exclude<Matched, 'none'>, string])[] {
  const base = withoutSubaddress(local);
  return [
    ['exact', local],
    ...(base === undefined ? [] : ([['subaddress', base]] as const)),
    ['catch-all', catchAll],
  ];
}

/** A reserved name stays reserved with a subaddress. */
export function isReserved(local: string, reserved: readonly string[]): boolean {
  return reserved.includes(local) || reserved.includes(withoutSubaddress(local) ?? local);
}

/** An alias domain is replaced as a whole domain, never as a part of one; other domains stay. */
export function mainDomain(directory: Pick<Directory, 'aliasDomains'>, domain: string): string {
  return directory.aliasDomains.get(domain) ?? domain;
}

export function isInForce(definition: Definition, today: string): boolean {
  return definition.active && !isExpired(definition, today);
}

/** Inactive from 00:00 UTC of the day in `expires`; what is not a date never expires. */
export function isExpired(definition: Definition, today: string): boolean {
  const { expires } = definition;
  return expires !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(expires) && expires <= today;
}

/**
 * Follows an alias to its mailboxes, through references within and across domains. A reference that leads nowhere is
 * skipped and named; the others count. The walk is depth-first in written order and keeps its own stack, so that a
 * chain of any length ends.
 */
export function resolve(directory: Directory, definition: Definition, today: string): Resolution {
  const destinations = new Set<Address>();
  const path = new Set<Address>();
  const skipped: Skipped[] = [];
  const open = new Set<Address>();
  const stack: { readonly address: Address; readonly definition: Definition; next: number }[] = [];

  const enter = (found: Definition): void => {
    const address = joinAddress(found.alias, found.domain);
    path.add(address);
    open.add(address);
    stack.push({ address, definition: found, next: 0 });
  };

  enter(definition);
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const place = frame.next;
    frame.next += 1;
    const reference = frame.definition.destinations[place];
    if (reference === undefined) {
      open.delete(frame.address);
      stack.pop();
      continue;
    }
    const { address: alias } = frame;
    const skip = (reason: SkipReason): void => {
      skipped.push({ alias, reference, reason });
    };
    const destination = destinationsOf(frame.definition)[place]?.value;
    if (destination === undefined) {
      skip('malformed');
      continue;
    }
    const target = follow(directory, frame.definition.domain, destination);
    if (target.kind === 'mailbox') {
      destinations.add(target.address);
    } else if (target.kind === 'undefined') {
      skip('undefined');
    } else if (!target.definition.active) {
      skip('inactive');
    } else if (isExpired(target.definition, today)) {
      skip('expired');
    } else {
      const address = joinAddress(target.definition.alias, target.definition.domain);
      if (open.has(address)) skip('cycle');
      else if (!path.has(address)) enter(target.definition);
    }
  }
  return { destinations: [...destinations], path: [...path], skipped };
}

/** What a destination is: a mailbox outside, or an alias of ours, which may not be defined. */
export type Followed =
  | { readonly kind: 'mailbox'; readonly address: Address }
  | { readonly kind: 'alias'; readonly definition: Definition }
  | { readonly kind: 'undefined' };

/**
 * Follows one destination of an alias of `domain`. A reference finds the exact alias, else the one without the
 * subaddress; never the catch-all, or a typing mistake would reach everybody behind it.
 */
export function follow(directory: Directory, domain: string, destination: Destination): Followed {
  const { kind, local } = destination;
  if (kind === 'address' && !directory.domains.has(destination.domain)) {
    return { kind: 'mailbox', address: destination.text };
  }
  const at = kind === 'address' ? destination.domain : domain;
  const aliases = directory.definitions.get(mainDomain(directory, at));
  const base = withoutSubaddress(local);
  const definition = aliases?.get(local) ?? (base === undefined ? undefined : aliases?.get(base));
  return definition === undefined ? { kind: 'undefined' } : { kind: 'alias', definition };
}

/** Where the directory's definitions, in force or not, have mailboxes: at no domain of its own. */
export function mailboxDomains({ definitions, domains }: Directory): Set<string> {
  const found = new Set<string>();
  for (const aliases of definitions.values()) {
    for (const definition of aliases.values()) {
      for (const { value } of destinationsOf(definition)) {
        if (value?.kind === 'address' && !domains.has(value.domain)) found.add(value.domain);
      }
    }
  }
  return found;
}

export interface Explanation {
  readonly address: Address;
  readonly status: Status;
  readonly matched: Matched;
  readonly path: readonly Address[];
  readonly destinations: readonly Address[];
}

/** Who gets mail to an address, and by which way. */
export function explain(directory: Directory, address: Address, moment: Moment): Explanation {
  const { status, matched, definition } = lookup(directory, address, moment);
  if (definition === undefined) return { address, status, matched, path: [], destinations: [] };
  if (status === 'inactive') {
    return {
      address,
      status,
      matched,
      path: [joinAddress(definition.alias, definition.domain)],
      destinations: [],
    };
  }
  const { path, destinations } = resolve(directory, definition, moment.today);
  return { address, status, matched, path, destinations };
}
