import type { Graph, Target } from '../directory/graph.ts';
import { type Directory, follow } from '../directory/resolve.ts';
import type { Definition } from '../records/records.ts';
import { splitAddress } from '../text/address.ts';
import type { AliasEntry, Reading } from './model.ts';

/** An alias of a domain: its own, or one that it has from `_shared.yml`. */
export interface OwnedAlias {
  readonly domain: string;
  readonly entry: AliasEntry;
  readonly isShared: boolean;
  readonly definition: Definition;
}

export interface Edge {
  readonly destination: Reading;
  readonly target: Target;
}

/** The graph of the files: each edge with the destination that it was written as. */
export interface References extends Graph {
  readonly aliases: readonly OwnedAlias[];
  readonly edges: readonly (readonly Edge[])[];
}

/** What could not be read, and so is not held against those who refer to it. */
export interface Unread {
  readonly domains: ReadonlySet<string>;
  readonly shared: boolean;
}

export function connect(aliases: readonly OwnedAlias[], directory: Directory, unread: Unread): References {
  const numbers = new Map<Definition, number>(aliases.map(({ definition }, number) => [definition, number]));

  const targetOf = (domain: string, { read }: Reading): Target => {
    if (read.value === undefined) return 'illegal';
    const found = follow(directory, domain, read.value);
    if (typeof found === 'string')
      return unread.domains.has(splitAddress(found).domain) ? 'unjudged' : 'outside';
    if ('reason' in found) {
      if (found.reason === 'malformed') return 'illegal';
      return unread.shared ? 'unjudged' : 'undefined';
    }
    return numbers.get(found.definition) ?? 'unjudged';
  };

  const edges = aliases.map(({ domain, entry }) =>
    entry.destinations.map((destination) => ({ destination, target: targetOf(domain, destination) })),
  );
  return { aliases, edges };
}
