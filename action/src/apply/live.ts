import { joinAddress } from '../../../schema/src/address.ts';
import type { Records } from '../../../schema/src/records.ts';
import { createDirectory, isInForce, resolve } from '../../../schema/src/resolve.ts';

/** A row of the Aliases table, as far as it decides who gets mail. */
export interface LiveRow {
  readonly alias: string;
  readonly destination: string;
}

export interface LiveRows {
  rows(): AsyncIterable<LiveRow>;
}

export interface WaitClock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

const pause = 500;

export interface Wait {
  /** What the tables say. */
  readonly records: Records;
  readonly today: string;
  /** How long at most, in milliseconds; one look is always taken. */
  readonly atMost: number;
  /** Whether rows that should be gone must be gone; not where nothing was written that would have them removed. */
  readonly exactly: boolean;
}

/** Waits until the Aliases rows are what the definitions resolve to; false when they are not in time. */
export async function waitUntilLive(wait: Wait, live: LiveRows, clock: WaitClock): Promise<boolean> {
  const expected = expectedRows(wait.records, wait.today);
  const deadline = clock.now() + wait.atMost;
  for (;;) {
    if (await isLive(expected, live, wait.exactly)) return true;
    if (clock.now() + pause > deadline) return false;
    await clock.sleep(pause);
  }
}

interface Expected {
  readonly rows: ReadonlySet<string>;
  /** Aliases left with nobody by references that lead nowhere: the build lets them keep the rows they have. */
  readonly kept: ReadonlySet<string>;
}

function expectedRows(records: Records, today: string): Expected {
  const directory = createDirectory(records);
  const rows = new Set<string>();
  const kept = new Set<string>();
  for (const [domain, aliases] of directory.definitions) {
    for (const definition of aliases.values()) {
      if (!isInForce(definition, today)) continue;
      const alias = joinAddress(definition.alias, domain);
      const { destinations, skipped } = resolve(directory, definition, today);
      for (const destination of destinations) rows.add(rowText({ alias, destination }));
      if (destinations.length === 0 && skipped.length > 0) kept.add(alias);
    }
  }
  return { rows, kept };
}

async function isLive(expected: Expected, live: LiveRows, exactly: boolean): Promise<boolean> {
  let found = 0;
  for await (const row of live.rows()) {
    if (expected.rows.has(rowText(row))) found += 1;
    else if (exactly && !expected.kept.has(row.alias)) return false;
  }
  return found === expected.rows.size;
}

function rowText({ alias, destination }: LiveRow): string {
  return `${alias}\n${destination}`;
}
