import { createDirectory, type Directory, follow } from '../../../schema/src/directory/resolve.ts';
import { destinationsOf, storedForm } from '../../../schema/src/records/aliasFields.ts';
import type { Definition } from '../../../schema/src/records/records.ts';
import { catchAll, type Destination } from '../../../schema/src/text/address.ts';

export interface Followed {
  readonly definitions: readonly Definition[];
  /** Whose mail takes another way. */
  readonly notes: readonly string[];
}

/**
 * Other systems send mail for an address of their own to themselves once more, and so through the catch-all where nothing
 * else takes it. A reference of ours leads there at once, and never to the catch-all: its mailboxes are written instead.
 */
export function followChains(definitions: readonly Definition[], domains: readonly string[]): Followed {
  const directory = createDirectory({ definitions, domains: domains.map((domain) => ({ domain })) });
  const notes: string[] = [];
  const followed = definitions.map((definition): Definition => {
    const ways = destinationsOf(definition).map(({ value }) => ({
      value,
      way: value && wayOf(directory, definition, value),
    }));
    for (const { value, way } of ways)
      if (way !== undefined) notes.push(noteOf(definition, value?.text ?? '', way.kind));
    if (ways.every(({ way }) => way?.kind !== 'catch-all')) return definition;
    const destinations = ways.flatMap(({ value, way }) =>
      way?.kind === 'catch-all' ? way.destinations : value === undefined ? [] : [value],
    );
    const once = [...new Map(destinations.map((one) => [one.text, one])).values()];
    return {
      ...definition,
      destinations: storedForm(once),
      type: once.length > 1 ? 'group' : definition.type,
    };
  });
  return { definitions: followed, notes };
}

type Way =
  | { readonly kind: 'alias' }
  | { readonly kind: 'catch-all'; readonly destinations: readonly Destination[] };

/** How a destination at a domain of the files leads on; undefined for a mailbox elsewhere, and where it leads nowhere. */
function wayOf(directory: Directory, { domain }: Definition, destination: Destination): Way | undefined {
  const target = follow(directory, domain, destination);
  if (target.kind === 'mailbox') return undefined;
  if (target.kind === 'alias') return { kind: 'alias' };
  const at = destination.kind === 'address' ? destination.domain : domain;
  const all = directory.definitions.get(at)?.get(catchAll);
  return all && { kind: 'catch-all', destinations: destinationsOf(all).flatMap(({ value }) => value ?? []) };
}

function noteOf({ alias, domain }: Definition, to: string, kind: Way['kind']): string {
  const whose = kind === 'alias' ? to : `the catch-all, which took mail to ${to}`;
  return `Mail to ${alias}@${domain} goes on to the mailboxes of ${whose}, at once; it is no longer sent to that address first.`;
}
