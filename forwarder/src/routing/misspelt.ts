import type { Definition, Stored } from '../../../schema/src/records.ts';

/** Where a definition is stored whose key is not written as it is looked up. */
export interface MisspeltKey {
  /** Folded. */
  readonly domain: string;
  readonly alias: string;
  readonly stored: { readonly domain: string; readonly alias: string };
}

/** Rows that the list holds, which is one item of at most 400 KB. */
const most = 1_000;

/**
 * The definitions that a read by key would miss: with capitals, or spaces around, as other tools and people write them.
 * Of two with one folded key the one stored under it counts, and is not here.
 */
export function misspeltKeys(definitions: readonly Stored<Definition>[]): MisspeltKey[] {
  const exact = new Set(definitions.filter(isExact).map(({ record }) => keyOf(record)));
  return definitions
    .filter((row) => !isExact(row) && !exact.has(keyOf(row.record)))
    .map(({ key, record }) => ({
      domain: record.domain,
      alias: record.alias,
      stored: { domain: key.domain, alias: key.alias ?? '' },
    }))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .slice(0, most);
}

function isExact({ key, record }: Stored<Definition>): boolean {
  return key.domain === record.domain && key.alias === record.alias;
}

function keyOf({ domain, alias }: Pick<Definition, 'domain' | 'alias'>): string {
  return `${domain}\n${alias}`;
}
