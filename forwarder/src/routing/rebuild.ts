import { type BounceRow, blockCounts } from '../../../schema/src/blocks.ts';
import type { AliasRow, Definition, DomainRecord, Stored } from '../../../schema/src/records.ts';
import { type Build, planBuild } from './build.ts';
import { inParallel } from './inParallel.ts';
import { type MisspeltKey, misspeltKeys } from './misspelt.ts';

/** The tables that a build reads, and the one that it writes. */
export interface BuildTables {
  readonly definitions: { readAll(): Promise<Stored<Definition>[]> };
  readonly domains: { readAll(): Promise<Stored<DomainRecord>[]> };
  readonly bounces: { readAll(): Promise<BounceRow[]> };
  readonly misspelt: { write(keys: readonly MisspeltKey[]): Promise<void> };
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
  /** Epoch seconds: decides what has expired. */
  readonly now: number;
  readonly softBounceLimit: number;
  /** Called before writes; throws when somebody else builds. */
  readonly renew: () => Promise<void>;
}

/** Items of a BatchWriteItem. */
const batchSize = 25;
/** Rows between two renewals of the lease: a few seconds of writing. */
const stretch = 2_500;
const concurrency = 8;

/** Brings the Aliases table to what the definitions say, and says what it wrote. */
export async function rebuild(tables: BuildTables, options: BuildOptions): Promise<Build> {
  const [definitions, domains, rows, bounces] = await Promise.all([
    tables.definitions.readAll(),
    tables.domains.readAll(),
    tables.aliases.readAll(),
    tables.bounces.readAll(),
  ]);
  const blocks = blockCounts(bounces, options.now, options.softBounceLimit);
  const build = planBuild({ definitions, domains, rows, blocks, now: options.now });
  // Before the rows: a lookup that finds no row must find the definition.
  if (build.refused !== 'all') await tables.misspelt.write(misspeltKeys(definitions));
  // What comes is written before what goes, so that a build cut short takes no mailbox from anybody.
  const puts = build.puts.map((put) => ({ put }));
  const removes = build.removes.map(({ alias, destination }) => ({ remove: { alias, destination } }));
  await writeAll(tables, puts, options);
  await inParallel(build.recounts, concurrency, async ({ row, bounces: count }) => {
    // Refused when a bounce was counted meanwhile: that count is the newer one.
    await tables.aliases.setBounces(row, row.bounces, count);
  });
  await writeAll(tables, removes, options);
  return build;
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
