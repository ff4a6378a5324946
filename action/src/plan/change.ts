import type { Definition, DomainRecord, Records, Stored } from '../../../schema/src/records/records.ts';

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
}

interface Create<T extends Table, R> {
  readonly kind: 'create';
  readonly table: T;
  readonly key: Key;
  readonly after: R;
}

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

/** A key's text, for maps and sets: no domain holds a line break. */
export function keyText(table: Table, key: Key): string {
  return `${table}\n${key.domain}\n${key.alias ?? ''}`;
}
