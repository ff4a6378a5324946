import {
  type Directory,
  isExpired,
  isInForce,
  type Resolution,
  resolve,
  type SkipReason,
} from '../../../schema/src/directory/resolve.ts';
import type { Definition } from '../../../schema/src/records/records.ts';
import { type Address, joinAddress, splitAddress } from '../../../schema/src/text/address.ts';
import type { Day } from '../../../schema/src/text/time.ts';

interface Target {
  readonly domain: string;
  /** The mailboxes, each with the day from which it is out of force. */
  readonly destinations: ReadonlyMap<Address, string | undefined>;
}

/** Who is to get the mail of every alias. */
export interface Routed {
  readonly wanted: ReadonlyMap<Address, Target>;
  readonly kept: ReadonlySet<Address>;
  /** Aliases that are defined and reach nobody, sorted, by domain. */
  readonly inactive: ReadonlyMap<string, readonly string[]>;
  readonly skipped: number;
}

/** Resolves every definition, as of today. */
export function routeAll(directory: Directory, today: Day): Routed {
  const wanted = new Map<Address, Target>();
  const kept = new Set<Address>();
  const inactive = new Map<string, readonly string[]>();
  let skipped = 0;
  for (const [domain, aliases] of directory.definitions) {
    const withNobody: string[] = [];
    for (const definition of aliases.values()) {
      const alias = joinAddress(definition.alias, domain);
      const resolution = isInForce(definition, today) ? resolve(directory, definition, today) : undefined;
      skipped += resolution?.skipped.length ?? 0;
      if (resolution !== undefined && isBroken(resolution)) kept.add(alias);
      else if (resolution !== undefined && resolution.destinations.length > 0) {
        wanted.set(alias, { domain, destinations: lastDays(directory, definition, resolution) });
      }
      if (!wanted.has(alias)) withNobody.push(definition.alias);
    }
    inactive.set(domain, withNobody.sort());
  }
  return { wanted, kept, inactive, skipped };
}

/** Switched off and expired are decisions, and take effect; the others are accidents. */
const accidents: ReadonlySet<SkipReason> = new Set(['undefined', 'cycle', 'malformed']);

function isBroken({ destinations, skipped }: Resolution): boolean {
  return destinations.length === 0 && skipped.some(({ reason }) => accidents.has(reason));
}

/**
 * The mailboxes of an alias, each with the day from which it no longer gets the alias's mail because something on every
 * way to it has expired by then; undefined where it stays. With that on the rows, an expiry holds from 00:00 UTC of its
 * day on, whenever the next build comes.
 *
 * @param resolution of the definition, as of today
 */
function lastDays(
  directory: Directory,
  definition: Definition,
  { destinations, path }: Resolution,
): Map<Address, string | undefined> {
  const days = new Map<Address, string | undefined>(destinations.map((mailbox) => [mailbox, undefined]));
  for (const day of expiriesOn(directory, path)) {
    const stays = new Set(isExpired(definition, day) ? [] : resolve(directory, definition, day).destinations);
    for (const [mailbox, known] of days) {
      if (known === undefined && !stays.has(mailbox)) days.set(mailbox, day);
    }
  }
  return days;
}

/** The days on which an alias of the path expires, in order. */
function expiriesOn(directory: Directory, path: readonly Address[]): string[] {
  const days = new Set<string>();
  for (const address of path) {
    const { local, domain } = splitAddress(address);
    const found = directory.definitions.get(domain)?.get(local);
    // What is no date never expires.
    if (found?.expires !== undefined && isExpired(found, found.expires)) days.add(found.expires);
  }
  return [...days].sort();
}
