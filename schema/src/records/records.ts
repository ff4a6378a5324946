import { createHash } from 'node:crypto';
import { type Address, catchAll, foldName } from '../text/address.ts';
import { type Definition, readFields } from './aliasFields.ts';

export type { Definition } from './aliasFields.ts';

/** A row of the Domains table, keyed by `domain`. With `aliasfor` it is an alias domain, without it a managed one. */
export interface DomainRecord {
  readonly domain: string;
  readonly aliasfor?: string;
  readonly filter?: Filter;
}

/** What the files, or the tables, say: the input of `plan` and of `resolve`. Sorted by key. */
export interface Records {
  readonly definitions: readonly Definition[];
  readonly domains: readonly DomainRecord[];
}

/**
 * A row of the Aliases table, derived from the definitions: `alias` (HASH, `local@domain`, the catch-all `*@domain`)
 * and `destination` (RANGE), an address outside the managed domains.
 */
export interface AliasRow {
  readonly alias: Address;
  readonly destination: Address;
  readonly domain: string;
  /** Epoch seconds. */
  readonly updatedAt: number;
  /** How many Bounces rows block the destination. */
  readonly bounces: number;
  /** `YYYY-MM-DD`: out of force from 00:00 UTC of that day, whether or not a build takes the row away by then. */
  readonly expires?: string;
}

/** Rows of ours carry this in `managedBy`; a row without it is foreign. */
export const manager = 'aliasops';

export type Provenance = 'ours' | 'foreign' | 'edited-outside';

/** A row as it stands in a table: what it means, the key it is stored under, and whose it is. */
export interface Stored<T> {
  readonly record: T;
  /** The key as stored, which may be misspelt (case, spaces): a write must use it. */
  readonly key: { readonly domain: string; readonly alias?: string };
  readonly provenance: Provenance;
  /** The attributes as stored, for conditional writes. */
  readonly item: Readonly<Record<string, unknown>>;
}

/** Keys beginning with `#` (`#sync`, `#build`) are bookkeeping, never domains. */
export function isBookkeeping(domainKey: string): boolean {
  return domainKey.startsWith('#');
}

/** The item to store for a definition: its attributes, `managedBy` and `sum`. */
export function definitionItem(definition: Definition): Record<string, unknown> {
  return signed(definition);
}

/** The item to store for a domain: its attributes, `managedBy` and `sum`. */
export function domainItem(domain: DomainRecord): Record<string, unknown> {
  return signed(domain);
}

function signed(record: Definition | DomainRecord): Record<string, unknown> {
  const attributes = Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
  return { ...attributes, managedBy: manager, sum: sumOf(record) };
}

/** The hash of what we wrote; a row whose content no longer has its `sum` was edited outside. */
export function sumOf(record: Definition | DomainRecord): string {
  return createHash('sha256').update(canonicalJson(record)).digest('hex').slice(0, 32);
}

/** JSON with sorted keys and without undefined values, so that equal values have equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}

/**
 * Reads an item of the Definitions table, also one written by hand or by another tool: keys are trimmed and folded,
 * what has the wrong type counts as absent, so that one bad row never stops the others. A catch-all of others is switched
 * off: where they come from nobody looks it up, and it must not begin to take mail because we read the table.
 */
export function readDefinition(item: Readonly<Record<string, unknown>>): Stored<Definition> {
  const key = { domain: text(item.domain) ?? '', alias: text(item.alias) ?? '' };
  const record: Definition = {
    domain: foldKey(key.domain),
    alias: foldKey(key.alias),
    ...readFields((name) => item[name]),
  };
  const provenance = provenanceOf(item, record);
  const isDead = provenance === 'foreign' && record.alias === catchAll;
  return { record: isDead ? { ...record, active: false } : record, key, provenance, item };
}

/** Reads an item of the Domains table in the same forgiving way. */
export function readDomain(item: Readonly<Record<string, unknown>>): Stored<DomainRecord> {
  const key = { domain: text(item.domain) ?? '' };
  const aliasfor = text(item.aliasfor);
  const filter = readFilter(item.filter);
  const record: DomainRecord = {
    domain: foldKey(key.domain),
    ...(aliasfor === undefined || aliasfor.trim() === '' ? {} : { aliasfor: foldKey(aliasfor) }),
    ...(filter === undefined ? {} : { filter }),
  };
  return { record, key, provenance: provenanceOf(item, record), item };
}

function provenanceOf(
  item: Readonly<Record<string, unknown>>,
  record: Definition | DomainRecord,
): Provenance {
  if (item.managedBy !== manager) return 'foreign';
  return item.sum === sumOf(record) ? 'ours' : 'edited-outside';
}

/** Tables written by hand hold capitals and stray spaces; a key means what it says without them. */
function foldKey(key: string): string {
  return foldName(key.trim());
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** What a domain may do with a mail of which SES says that a check failed; a check that it does not name is the default. */
export const filterChoices = {
  spf: ['drop', 'ignore'],
  dkim: ['drop', 'ignore'],
  'dmarc-reject': ['bounce', 'drop', 'ignore'],
  'dmarc-quarantine': ['bounce', 'drop', 'ignore'],
} as const;

/** Ready-made filters. */
export const filterNames = ['default', 'strict'] as const;

type Choices = typeof filterChoices;

/** How a domain treats what SES says about a mail's sender. */
export type Filter =
  | (typeof filterNames)[number]
  | { readonly [Check in keyof Choices]?: Choices[Check][number] };

/** Reads a filter; what is not a choice counts as absent. */
export function readFilter(value: unknown): Filter | undefined {
  if (typeof value === 'string') return filterNames.find((name) => name === value);
  if (value === null || typeof value !== 'object') return undefined;
  const given = value as Readonly<Record<string, unknown>>;
  const chosen = Object.entries(filterChoices).flatMap(([check, choices]) => {
    const choice = choices.find((one) => one === given[check]);
    return choice === undefined ? [] : [[check, choice]];
  });
  return Object.fromEntries(chosen) as Filter;
}
