import { createDirectory } from '../../../schema/src/directory/resolve.ts';
import { inactiveLimit, inactiveSize, isLiveOnly } from '../../../schema/src/records/live.ts';
import type { AliasRow, Definition, DomainRecord, Stored } from '../../../schema/src/records/records.ts';
import { type Address, joinAddress, splitAddress } from '../../../schema/src/text/address.ts';
import { dayOf, type Seconds } from '../../../schema/src/text/time.ts';
import { noPublication, type Publication, planPublication } from './publication.ts';
import { type Routed, routeAll } from './routes.ts';

/** The tables as a build finds them. */
export interface BuildInput {
  readonly definitions: readonly Stored<Definition>[];
  readonly domains: readonly Stored<DomainRecord>[];
  readonly rows: readonly AliasRow[];
  /** How many bounces block each destination; 0 where it is missing. */
  readonly blocks: ReadonlyMap<string, number>;
  readonly now: Seconds;
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
  readonly publication: Publication;
  /** References that contributed nobody, over all aliases. */
  readonly skipped: number;
  /** Aliases that keep their last rows, since all that they refer to is broken. */
  readonly kept: readonly Address[];
  /** `all`: nothing is written, since there is no definition. A list: these domains would lose every row, or not fit. */
  readonly refused: 'all' | readonly string[];
}

const nothing: Omit<Build, 'refused'> = {
  puts: [],
  recounts: [],
  removes: [],
  publication: noPublication(),
  skipped: 0,
  kept: [],
};

/**
 * From definitions to alias rows, as a difference from the existing rows. What is wrong with one definition affects no
 * other: what cannot be resolved is skipped, and never takes an alias away.
 */
export function planBuild(input: BuildInput): Build {
  // Where nothing was ever built there is nothing to lose: a new deployment waits for its first sync.
  if (input.definitions.length === 0) return { ...nothing, refused: input.rows.length === 0 ? [] : 'all' };
  const today = dayOf(input.now);
  const domains = exactFirst(input.domains.filter(({ item }) => !isLiveOnly(item)));
  const directory = createDirectory({ definitions: exactFirst(input.definitions), domains });
  const routed = routeAll(directory, today);
  const difference = diff(input, routed);
  const refused = [...emptied(input.rows, difference, routed), ...tooLong(routed.inactive)].sort();
  const allowed = (row: AliasRow) => !refused.includes(domainOf(row));
  return {
    puts: difference.puts.filter(allowed),
    recounts: difference.recounts,
    removes: difference.removes.filter(allowed),
    publication: planPublication(
      input.domains,
      directory,
      new Map(domains.map(({ domain, filter }) => [domain, filter])),
      routed.inactive,
      new Set(refused),
    ),
    skipped: routed.skipped,
    kept: [...routed.kept],
    refused,
  };
}

/** What bounces have changed about the existing rows. It needs no definitions, so it goes on while a sync writes. */
export function planRecounts(rows: readonly AliasRow[], blocks: BuildInput['blocks']): Recount[] {
  return rows.flatMap((row) => {
    const bounces = blocks.get(row.destination) ?? 0;
    return bounces === row.bounces ? [] : [{ row, bounces }];
  });
}

/** Of two rows with one folded key, the one that is stored under it counts, whatever order a scan has. */
function exactFirst<T extends Definition | DomainRecord>(stored: readonly Stored<T>[]): T[] {
  const isExact = ({ key, record }: Stored<T>) =>
    key.domain === record.domain && (!('alias' in record) || key.alias === record.alias);
  const byKey = new Map<string, T>();
  for (const { record } of [...stored.filter((row) => !isExact(row)), ...stored.filter(isExact)]) {
    byKey.set('alias' in record ? joinAddress(record.alias, record.domain) : record.domain, record);
  }
  return [...byKey.values()];
}

interface Difference {
  readonly puts: AliasRow[];
  readonly recounts: Recount[];
  readonly removes: AliasRow[];
}

function diff({ rows, blocks, now }: BuildInput, { wanted, kept }: Routed): Difference {
  const present = new Set<string>();
  const staying: AliasRow[] = [];
  const removes: AliasRow[] = [];
  for (const row of rows) {
    const target = wanted.get(row.alias);
    const stays = kept.has(row.alias) || target?.destinations.has(row.destination) === true;
    if (!stays) {
      removes.push(row);
      continue;
    }
    staying.push(row);
    // A row under the wrong domain would be missing from the domain's index: it is written anew.
    const isRight = target?.domain === row.domain && target.destinations.get(row.destination) === row.expires;
    if (target === undefined || isRight) present.add(keyOf(row));
  }
  const puts: AliasRow[] = [];
  for (const [alias, { domain, destinations }] of wanted) {
    for (const [destination, expires] of destinations) {
      if (present.has(keyOf({ alias, destination }))) continue;
      const bounces = blocks.get(destination) ?? 0;
      const row = { alias, destination, domain, updatedAt: now, bounces };
      puts.push(expires === undefined ? row : { ...row, expires });
    }
  }
  return { puts, recounts: planRecounts(staying, blocks), removes };
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
  const resolving = new Set([...wanted.values()].map(({ domain }) => domain));
  return had.filter((domain) => (left.get(domain) ?? 0) <= 0 && resolving.has(domain)).sort();
}

/** Domains with more inactive names than their row can hold: mail goes on as it was, rather than to a catch-all. */
function tooLong(inactive: Routed['inactive']): string[] {
  return [...inactive].filter(([, names]) => inactiveSize(names) > inactiveLimit).map(([domain]) => domain);
}

function domainOf({ alias }: AliasRow): string {
  return splitAddress(alias).domain;
}

function keyOf({ alias, destination }: Pick<AliasRow, 'alias' | 'destination'>): string {
  return `${alias}\n${destination}`;
}
