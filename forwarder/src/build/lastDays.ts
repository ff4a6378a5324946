import {
  type Directory,
  isExpired,
  type Resolution,
  resolve,
} from '../../../schema/src/directory/resolve.ts';
import type { Definition } from '../../../schema/src/records/records.ts';
import { type Address, splitAddress } from '../../../schema/src/text/address.ts';

/**
 * The mailboxes of an alias, each with the day from which it no longer gets the alias's mail because something on every
 * way to it has expired by then; undefined where it stays. With that on the rows, an expiry holds from 00:00 UTC of its
 * day on, whenever the next build comes.
 *
 * @param resolution of the definition, as of today
 */
export function lastDays(
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
