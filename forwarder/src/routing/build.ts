import { type Address, joinAddress, splitAddress } from '../../../schema/src/address.ts';
import type { AliasRow, Definition, DomainRecord, Stored } from '../../../schema/src/records.ts';
import {
  createDirectory,
  type Directory,
  isInForce,
  type Resolution,
  resolve,
  type SkipReason,
} from '../../../schema/src/resolve.ts';

/** The tables as a build finds them. */
export interface BuildInput {
  readonly definitions: readonly Stored<Definition>[];
  readonly domains: readonly Stored<DomainRecord>[];
  readonly rows: readonly AliasRow[];
  /** How many bounces block each destination; 0 where it is missing. */
  readonly blocks: ReadonlyMap<string, number>;
  /** Epoch seconds. */
  readonly now: number;
}

export interface Recount {
  readonly row: AliasRow;
  readonly bounces: number;
}

/** What a build has to write, and what it must not. */
export interface Build {
  readonly puts: readonly AliasRow[];
  readonly recounts: readonly Recount[];
  readonly removes: readonly AliasRow[];
  /** References that contributed nobody, over all aliases. */
  readonly skipped: number;
  /** Aliases that keep their last rows, since all that they refer to is broken. */
  readonly kept: readonly Address[];
  /** `all`: nothing is written, since there is no definition. A list: these domains would lose every row. */
  readonly refused: 'all' | readonly string[];
}

/**
 * From definitions to alias rows, as a difference to the rows that there are. Whatever is wrong with a definition stays
 * with it: what cannot be resolved is skipped and never takes an alias away.
 */
export function planBuild(input: BuildInput): Build {
  if (input.definitions.length === 0) {
    return { puts: [], recounts: [], removes: [], skipped: 0, kept: [], refused: 'all' };
  }
  const today = new Date(input.now * 1_000).toISOString().slice(0, 10);
  const directory = createDirectory({
    definitions: exactFirst(input.definitions),
    domains: exactFirst(input.domains),
  });
  const routed = routeAll(directory, today);
  const difference = diff(input, routed);
  const refused = emptied(input.rows, difference, routed);
  const allowed = (row: AliasRow) => !refused.includes(domainOf(row));
  return {
    puts: difference.puts.filter(allowed),
    recounts: difference.recounts,
    removes: difference.removes.filter(allowed),
    skipped: routed.skipped,
    kept: [...routed.kept],
    refused,
  };
}

/** Of two rows with one folded key, the one that is stored under it counts, whatever order a scan has. */
function exactFirst<T extends Definition | DomainRecord>(stored: readonly Stored<T>[]): T[] {
  const isExact = ({ key, record }: Stored<T>) =>
    key.domain === record.domain && (!('alias' in record) || key.alias === record.alias);
  return [...stored.filter(isExact), ...stored.filter((row) => !isExact(row))].map(({ record }) => record);
}

interface Routed {
  readonly wanted: ReadonlyMap<
    Address,
    { readonly domain: string; readonly destinations: ReadonlySet<Address> }
  >;
  readonly kept: ReadonlySet<Address>;
  readonly skipped: number;
}

function routeAll(directory: Directory, today: string): Routed {
  const wanted = new Map<Address, { domain: string; destinations: ReadonlySet<Address> }>();
  const kept = new Set<Address>();
  let skipped = 0;
  for (const [domain, aliases] of directory.definitions) {
    for (const definition of aliases.values()) {
      if (!isInForce(definition, today)) continue;
      const alias = joinAddress(definition.alias, domain);
      const resolution = resolve(directory, definition, today);
      skipped += resolution.skipped.length;
      if (isBroken(resolution)) kept.add(alias);
      else wanted.set(alias, { domain, destinations: new Set(resolution.destinations) });
    }
  }
  return { wanted, kept, skipped };
}

/** Switched off and expired are decisions, and take effect; the others are accidents. */
const accidents: ReadonlySet<SkipReason> = new Set(['undefined', 'cycle', 'malformed']);

function isBroken({ destinations, skipped }: Resolution): boolean {
  return destinations.length === 0 && skipped.some(({ reason }) => accidents.has(reason));
}

interface Difference {
  readonly puts: AliasRow[];
  readonly recounts: Recount[];
  readonly removes: AliasRow[];
}

function diff({ rows, blocks, now }: BuildInput, { wanted, kept }: Routed): Difference {
  const present = new Set<string>();
  const recounts: Recount[] = [];
  const removes: AliasRow[] = [];
  for (const row of rows) {
    const target = wanted.get(row.alias);
    const stays = kept.has(row.alias) || target?.destinations.has(row.destination) === true;
    if (!stays) {
      removes.push(row);
      continue;
    }
    // A row under the wrong domain would be missing from the domain's index: it is written anew.
    if (target === undefined || target.domain === row.domain) present.add(keyOf(row));
    const bounces = blocks.get(row.destination) ?? 0;
    if (bounces !== row.bounces) recounts.push({ row, bounces });
  }
  const puts: AliasRow[] = [];
  for (const [alias, { domain, destinations }] of wanted) {
    for (const destination of destinations) {
      if (present.has(keyOf({ alias, destination }))) continue;
      puts.push({ alias, destination, domain, updatedAt: now, bounces: blocks.get(destination) ?? 0 });
    }
  }
  return { puts, recounts, removes };
}

/**
 * The last line of defence: a domain that has rows and an alias that resolves must not be left without any. Nothing
 * above should ask for that; this looks at the outcome alone.
 */
function emptied(rows: readonly AliasRow[], { puts, removes }: Difference, { wanted }: Routed): string[] {
  const left = new Map<string, number>();
  for (const row of rows) left.set(domainOf(row), (left.get(domainOf(row)) ?? 0) + 1);
  const had = [...left.keys()];
  for (const row of removes) left.set(domainOf(row), (left.get(domainOf(row)) ?? 0) - 1);
  for (const row of puts) left.set(domainOf(row), (left.get(domainOf(row)) ?? 0) + 1);
  const resolving = new Set(
    [...wanted.values()].filter(({ destinations }) => destinations.size > 0).map(({ domain }) => domain),
  );
  return had.filter((domain) => (left.get(domain) ?? 0) <= 0 && resolving.has(domain)).sort();
}

function domainOf({ alias }: AliasRow): string {
  return splitAddress(alias).domain;
}

function keyOf({ alias, destination }: Pick<AliasRow, 'alias' | 'destination'>): string {
  return `${alias}\n${destination}`;
}
