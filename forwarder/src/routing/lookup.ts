import { candidates } from '../../../schema/src/directory/resolve.ts';
import type { Live } from '../../../schema/src/records/live.ts';
import type { AliasRow } from '../../../schema/src/records/records.ts';
import { type Address, joinAddress } from '../../../schema/src/text/address.ts';
import type { Day } from '../../../schema/src/text/time.ts';

/** What a lookup reads, each by its key and consistently; all of it was written by builds. */
export interface RoutingTables {
  readonly domains: {
    live(domain: string): Promise<Live | undefined>;
    /**
     * Whether a domain of which nothing is published may be ours all the same: no build of this version has ended yet, or
     * somebody else wrote its row.
     */
    awaitsBuild(domain: string): Promise<boolean>;
  };
  readonly aliases: {
    /** The rows of one alias, read consistently. */
    of(alias: Address): Promise<AliasRow[]>;
    /** Whether aliases at the domain have rows, from an index: one that was written a moment ago may be missing. */
    areAt(domain: string): Promise<boolean>;
  };
}

export type Found =
  | { readonly kind: 'unmanaged' | 'unknown' | 'inactive' }
  /** Rows in force; never empty. `main` is the domain whose mailbox it is. */
  | { readonly kind: 'rows'; readonly main: string; readonly rows: readonly AliasRow[] };

/** The tables do not say who has the mail yet: it must wait, and nobody is told. */
export class NotPublished extends Error {
  override readonly name = 'NotPublished';
}

/** Reads of the same address before it is left to wait: more than one build would have to end in between. */
const attempts = 4;

/**
 * What mail at a domain goes by; undefined for a domain that nobody manages here. Somebody who writes or deletes a
 * domain's row by hand takes what was published along: then mail waits for the seconds until the next build.
 */
export async function readDomain(
  { domains, aliases }: RoutingTables,
  domain: string,
): Promise<Live | undefined> {
  const live = await domains.live(domain);
  if (live?.moving === true) throw new NotPublished('A build is about to lead this domain elsewhere.');
  if (live === undefined && ((await domains.awaitsBuild(domain)) || (await aliases.areAt(domain)))) {
    throw new NotPublished('No build has published who gets mail of this domain.');
  }
  return live;
}

/**
 * Finds who has the mail of a local part: the exact alias's rows, else those of the one without the subaddress, else the
 * catch-all's. An alias that is defined and reaches nobody lets nothing fall through.
 *
 * The reads are several, and a build may write in between. It writes what is more specific before the rest, and takes
 * away in the other order; so an answer that is not the first candidate's holds if what stands before it is still not
 * there afterwards, and one at an alias domain if the domain still leads to where it led.
 *
 * @param live what `readDomain` gave for the domain a moment ago
 */
export async function lookup(
  tables: RoutingTables,
  local: string,
  domain: string,
  live: Live,
  today: Day,
): Promise<Found> {
  const names = candidates(local).map(([, name]) => name);
  let current: Live | undefined = live;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (current === undefined) return { kind: 'unmanaged' };
    const main = current.aliasfor ?? domain;
    const { place, found } = await look(tables, names, main, current, today);
    if (place === 0 && found.kind === 'rows' && current.aliasfor === undefined) return found;
    const passed = names.slice(0, place);
    const appeared = await findRows(tables, passed, main);
    const after = await readDomain(tables, domain);
    if (appeared === undefined && sameAnswers(current, after, names)) return found;
    current = after;
  }
  throw new NotPublished('What this address leads to changes too fast.');
}

interface Look {
  /** Which candidate answers; their number where none does. */
  readonly place: number;
  readonly found: Found;
}

async function look(
  tables: RoutingTables,
  names: readonly string[],
  main: string,
  live: Live,
  today: Day,
): Promise<Look> {
  for (const [place, name] of names.entries()) {
    const all = await tables.aliases.of(joinAddress(name, main));
    const rows = all.filter(({ expires }) => expires === undefined || expires > today);
    if (rows.length > 0) return { place, found: { kind: 'rows', main, rows } };
    if (all.length > 0 || live.inactive.includes(name)) return { place, found: { kind: 'inactive' } };
  }
  return { place: names.length, found: { kind: 'unknown' } };
}

async function findRows(
  { aliases }: RoutingTables,
  names: readonly string[],
  main: string,
): Promise<AliasRow | undefined> {
  for (const name of names) {
    const [row] = await aliases.of(joinAddress(name, main));
    if (row !== undefined) return row;
  }
  return undefined;
}

/** Whether two states of a domain answer for these names alike. */
function sameAnswers(before: Live, after: Live | undefined, names: readonly string[]): boolean {
  return (
    after !== undefined &&
    before.aliasfor === after.aliasfor &&
    names.every((name) => before.inactive.includes(name) === after.inactive.includes(name))
  );
}
