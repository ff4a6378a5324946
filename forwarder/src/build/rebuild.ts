import { blockCounts } from '../../../schema/src/records/blocks.ts';
import type { BounceRow } from '../../../schema/src/records/bounceRow.ts';
import type { Gate } from '../../../schema/src/records/gate.ts';
import type { Live } from '../../../schema/src/records/live.ts';
import type { AliasRow, Definition, DomainRecord, Stored } from '../../../schema/src/records/records.ts';
import { splitAddress } from '../../../schema/src/text/address.ts';
import type { Seconds } from '../../../schema/src/text/time.ts';
import { inParallel } from '../routing/inParallel.ts';
import { type Build, planBuild, planRecounts, type Recount } from './planBuild.ts';
import { type Published, type Rank, rankOf, ranks } from './publication.ts';

/** The tables that a build reads, and those that it writes. */
export interface BuildTables {
  /** All definitions, misspelt ones as well. */
  readonly definitions: { readAll(): Promise<Stored<Definition>[]> };
  readonly domains: {
    /** All rows of managed domains and alias domains, also those that only carry `live`. */
    readAll(): Promise<Stored<DomainRecord>[]>;
    /** The gate of the syncs; undefined where none has ever run. */
    gate(): Promise<Gate | undefined>;
    /** Publishes a domain: on its row, or where it has none on one that only carries this. */
    publish(domain: string, live: Live): Promise<void>;
    /** Takes `live` from a domain, and the row too where it carried nothing else. */
    withdraw(domain: string): Promise<void>;
  };
  readonly bounces: { readAll(): Promise<BounceRow[]> };
  readonly aliases: {
    readAll(): Promise<AliasRow[]>;
    write(batch: readonly AliasWrite[]): Promise<void>;
    setBounces(key: AliasRow, before: number, after: number): Promise<boolean>;
  };
}

export type AliasWrite =
  | { readonly put: AliasRow }
  | { readonly remove: Pick<AliasRow, 'alias' | 'destination'> };

export interface BuildOptions {
  /** Decides what has expired. */
  readonly now: Seconds;
  readonly softBounceLimit: number;
  /** Called before writes; throws when somebody else builds. */
  readonly renew: () => Promise<void>;
}

export type Rebuilt =
  /** `number`: the gate's, 0 where no sync has ever run. */
  | { readonly kind: 'published'; readonly build: Build; readonly number: number }
  /** A sync is writing, or wrote while the tables were read. Its end starts another build. */
  | { readonly kind: 'gated'; readonly recounts: readonly Recount[] };

/** Items of a BatchWriteItem. */
const batchSize = 25;
/** Rows between two renewals of the lease: a few seconds of writing. */
const stretch = 2_500;
const concurrency = 8;

/**
 * Publishes what the definitions say, and returns what it wrote. While a sync is half written nothing is published:
 * only the bounces are counted again.
 */
export async function rebuild(tables: BuildTables, options: BuildOptions): Promise<Rebuilt> {
  const gate = await tables.domains.gate();
  if (gate?.state === 'open') return recount(tables, options);
  const [definitions, domains, rows, bounces] = await Promise.all([
    tables.definitions.readAll(),
    tables.domains.readAll(),
    tables.aliases.readAll(),
    tables.bounces.readAll(),
  ]);
  const after = await tables.domains.gate();
  if (after?.state === 'open' || after?.number !== gate?.number) return recount(tables, options);
  const blocks = blockCounts(bounces, options.now, options.softBounceLimit);
  const build = planBuild({ definitions, domains, rows, blocks, now: options.now });
  await publish(build, tables, options);
  return { kind: 'published', build, number: gate?.number ?? 0 };
}

async function recount(tables: BuildTables, options: BuildOptions): Promise<Rebuilt> {
  const [rows, bounces] = await Promise.all([tables.aliases.readAll(), tables.bounces.readAll()]);
  const recounts = planRecounts(rows, blockCounts(bounces, options.now, options.softBounceLimit));
  await writeRecounts(tables, recounts);
  return { kind: 'gated', recounts };
}

/** The order is `Publication`'s; `lookup` relies on it. */
async function publish(build: Build, tables: BuildTables, options: BuildOptions): Promise<void> {
  const { withdrawn, held, comes, goes, last } = build.publication;
  const puts = Map.groupBy(build.puts, rankOfRow);
  const removes = Map.groupBy(build.removes, rankOfRow);
  await options.renew();
  await inParallel(withdrawn, concurrency, (domain) => tables.domains.withdraw(domain));
  await publishAll(tables, held);
  for (const rank of ranks) {
    await publishAll(tables, comes[rank]);
    await writeAll(
      tables,
      (puts.get(rank) ?? []).map((put) => ({ put })),
      options,
    );
  }
  await writeRecounts(tables, build.recounts);
  for (const rank of ranks.toReversed()) {
    const keys = (removes.get(rank) ?? []).map(({ alias, destination }) => ({ alias, destination }));
    await writeAll(
      tables,
      keys.map((remove) => ({ remove })),
      options,
    );
    await publishAll(tables, goes[rank]);
  }
  await publishAll(tables, last);
}

function rankOfRow({ alias }: AliasRow): Rank {
  return rankOf(splitAddress(alias).local);
}

function publishAll(tables: BuildTables, published: readonly Published[]): Promise<void> {
  return inParallel(published, concurrency, ({ domain, live }) => tables.domains.publish(domain, live));
}

/** Refused when a bounce was counted meanwhile: that count is the newer one. */
function writeRecounts(tables: BuildTables, recounts: readonly Recount[]): Promise<void> {
  return inParallel(recounts, concurrency, async ({ row, bounces }) => {
    await tables.aliases.setBounces(row, row.bounces, bounces);
  });
}

async function writeAll(
  tables: BuildTables,
  writes: readonly AliasWrite[],
  options: BuildOptions,
): Promise<void> {
  for (let start = 0; start < writes.length; start += stretch) {
    await options.renew();
    const batches = batchesOf(writes.slice(start, start + stretch));
    await inParallel(batches, concurrency, (batch) => tables.aliases.write(batch));
  }
}

function batchesOf(writes: readonly AliasWrite[]): AliasWrite[][] {
  const batches: AliasWrite[][] = [];
  for (let start = 0; start < writes.length; start += batchSize) {
    batches.push(writes.slice(start, start + batchSize));
  }
  return batches;
}
