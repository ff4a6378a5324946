import { fieldNames } from '../../../schema/src/records/aliasFields.ts';
import {
  type Definition,
  type DomainRecord,
  definitionItem,
  domainItem,
  type Records,
  type Stored,
} from '../../../schema/src/records/records.ts';
import type { Rolls } from '../../../schema/src/records/roll.ts';

export type Table = 'definitions' | 'domains';

/** A row's key as stored: `alias` in the Definitions table alone. */
export interface Key {
  readonly domain: string;
  readonly alias?: string;
}

/** What the tables, or another revision of the files, hold now. */
export interface Rows {
  readonly definitions: readonly Stored<Definition>[];
  readonly domains: readonly Stored<DomainRecord>[];
  /** What the last sync left; absent where the rows are those of files. */
  readonly rolls?: Rolls;
}

interface Create<T extends Table, R> {
  readonly kind: 'create';
  readonly table: T;
  readonly key: Key;
  readonly after: R;
  readonly revives?: Revival;
}

/**
 * Why a row that is written anew may be one that somebody took away. `deleted`: the last sync left it, and it is gone.
 * `unsynced`: others filled its domain, which no sync has written yet, and may have deleted it since the files were written.
 */
export type Revival = 'deleted' | 'unsynced';

interface Update<T extends Table, R> {
  readonly kind: 'update';
  readonly table: T;
  readonly key: Key;
  readonly before: Stored<R>;
  readonly after: R;
}

interface Delete<T extends Table, R> {
  readonly kind: 'delete';
  readonly table: T;
  readonly key: Key;
  readonly before: Stored<R>;
}

type ChangeOf<T extends Table, R> = Create<T, R> | Update<T, R> | Delete<T, R>;

export type DefinitionChange = ChangeOf<'definitions', Definition>;
export type DomainChange = ChangeOf<'domains', DomainRecord>;

/** One row to write. Its `before` is what the write is conditional on. */
export type Change = DefinitionChange | DomainChange;

export function recordsOf(rows: Rows): Records {
  return {
    definitions: rows.definitions.map(({ record }) => record),
    domains: rows.domains.map(({ record }) => record),
  };
}

/**
 * What a stored row says, with each value of ours as it is stored: one that means nothing, or means what it means because
 * of a rule, is what a write replaces.
 */
export function asStored({
  record,
  item,
}: Stored<Definition> | Stored<DomainRecord>): Readonly<Record<string, unknown>> {
  const names = 'alias' in record ? fieldNames : domainFields;
  const stored = names.flatMap((name) => (item[name] === undefined ? [] : [[name, plain(item[name])]]));
  return { ...record, ...Object.fromEntries(stored) };
}

/** Attributes of a domain's row besides its key. */
const domainFields = ['aliasfor', 'filter'] as const;

function plain(value: unknown): unknown {
  return value instanceof Set ? [...value] : value;
}

/** A row's name for people: the address of an alias, or the domain. */
export function nameOf({ key }: { readonly key: Key }): string {
  return key.alias === undefined ? key.domain : `${key.alias}@${key.domain}`;
}

/** A key's text, for maps and sets: no domain holds a line break. */
export function keyText(table: Table, key: Key): string {
  return `${table}\n${key.domain}\n${key.alias ?? ''}`;
}

/** What the tables hold once these changes are written: the rows that nothing touches, and what is written. */
export function outcomeOf(rows: Rows, changes: readonly Change[]): Records {
  const touched = new Set<string>();
  for (const change of changes) {
    if (change.kind !== 'create') touched.add(keyText(change.table, change.key));
  }
  const definitions = rows.definitions
    .filter(({ key }) => !touched.has(keyText('definitions', key)))
    .map(({ record }) => record);
  const domains = rows.domains
    .filter(({ key }) => !touched.has(keyText('domains', key)))
    .map(({ record }) => record);
  for (const change of changes) {
    if (change.kind === 'delete') continue;
    if (change.table === 'definitions') definitions.push(change.after);
    else domains.push(change.after);
  }
  return { definitions, domains };
}

/** Another revision of the files as if it were in the tables, so that one plan serves both. */
export function rowsOfRevision(records: Records): Rows {
  return {
    definitions: records.definitions.map(storedDefinition),
    domains: records.domains.map(storedDomain),
  };
}

function storedDefinition(record: Definition): Stored<Definition> {
  const key = { domain: record.domain, alias: record.alias };
  return { record, key, provenance: 'ours', item: definitionItem(record) };
}

function storedDomain(record: DomainRecord): Stored<DomainRecord> {
  return { record, key: { domain: record.domain }, provenance: 'ours', item: domainItem(record) };
}
