import {
  type Definition,
  type DomainRecord,
  type Records,
  type Stored,
  sumOf,
} from '../../../schema/src/records/records.ts';
import { isOnRoll, type Rolls } from '../../../schema/src/records/roll.ts';
import { compareText } from '../../../schema/src/text/diagnostic.ts';
import type { Change, Key, Revival, Rows, Table } from './change.ts';

export interface Diff {
  /** Creates, then updates, then deletes; each by table, domain, alias. */
  readonly changes: readonly Change[];
  readonly unchanged: number;
  /** Rows of managed domains that somebody else wrote and that stay as they are. */
  readonly foreign: readonly RowName[];
  /** Rows of ours that were changed, replaced or deleted since we wrote them. */
  readonly editedOutside: readonly RowName[];
}

export interface RowName {
  readonly table: Table;
  readonly key: Key;
}

export interface DiffOptions {
  /** Whether rows of managed domains that somebody else wrote are deleted. */
  readonly pruneForeign: boolean;
  /** Domains of which nothing is compared: their rows stay as they are. */
  readonly held?: { has(domain: string): boolean };
}

/**
 * What must be written so that the tables say what the files say. Rows match by folded, trimmed key: where one alias
 * is stored under several spellings each is brought to the same content, since a reader may find any of them.
 */
export function diff(rows: Rows, desired: Records, options: DiffOptions): Diff {
  const current = withReplaced(withoutHeld(rows, options));
  const managed = new Set(desired.domains.map(({ domain }) => domain));
  for (const { domain } of desired.definitions) managed.add(domain);
  const definitions = compare<Definition>(current.definitions, desired.definitions, {
    ...options,
    keyOf: ({ domain, alias }) => ({ domain, alias }),
    isManaged: ({ domain }) => managed.has(domain),
    revives: revivedDefinition(current),
  });
  const domains = compare<DomainRecord>(current.domains, desired.domains, {
    ...options,
    keyOf: ({ domain }) => ({ domain }),
    isManaged: ({ domain, aliasfor }) => managed.has(domain) || managed.has(aliasfor ?? ''),
    revives: revivedDomain(current),
  });
  return {
    changes: [
      ...definitions.changes.map((change) => ({ table: 'definitions' as const, ...change })),
      ...domains.changes.map((change) => ({ table: 'domains' as const, ...change })),
    ].sort(compareChanges),
    unchanged: definitions.unchanged + domains.unchanged,
    foreign: [...named('definitions', definitions.foreign), ...named('domains', domains.foreign)],
    editedOutside: [
      ...named('definitions', definitions.editedOutside),
      ...named('domains', domains.editedOutside),
    ],
  };
}

function withoutHeld(rows: Rows, { held }: DiffOptions): Rows {
  if (held === undefined) return rows;
  return {
    ...rows,
    definitions: rows.definitions.filter(({ record }) => !held.has(record.domain)),
    domains: rows.domains.filter(({ record }) => !held.has(record.domain)),
  };
}

/** A row of others under the very key of one that the last sync left was written over it: that is an edit as well. */
function withReplaced(rows: Rows): Rows {
  const { rolls } = rows;
  if (rolls === undefined) return rows;
  const judged = <R extends Definition | DomainRecord>(stored: Stored<R>): Stored<R> => {
    const { key, record, provenance } = stored;
    const isExact = key.domain === record.domain && (!('alias' in record) || key.alias === record.alias);
    const wasOurs = isExact && provenance === 'foreign' && wasLeft(rolls, key);
    return wasOurs ? { ...stored, provenance: 'edited-outside' } : stored;
  };
  return { ...rows, definitions: rows.definitions.map(judged), domains: rows.domains.map(judged) };
}

/** Whether the last sync left a row under this key. */
function wasLeft(rolls: Rolls, { domain, alias }: Key): boolean {
  const roll = rolls.get(domain);
  return roll !== undefined && (alias === undefined || isOnRoll(roll, alias));
}

type Revives<R> = (record: R) => Revival | undefined;

function revivedDefinition({ definitions, rolls }: Rows): Revives<Definition> {
  if (rolls === undefined) return () => undefined;
  const unsynced = unsyncedDomains(definitions, rolls);
  return (record) => {
    if (wasLeft(rolls, record)) return 'deleted';
    return unsynced.has(record.domain) ? 'unsynced' : undefined;
  };
}

/** The row of a main domain says nothing about mail that its aliases do not say, and others write none. */
function revivedDomain({ definitions, rolls }: Rows): Revives<DomainRecord> {
  if (rolls === undefined) return () => undefined;
  const unsynced = unsyncedDomains(definitions, rolls);
  return ({ domain, aliasfor }) => {
    if (aliasfor === undefined) return undefined;
    if (rolls.has(domain)) return 'deleted';
    return unsynced.has(aliasfor) ? 'unsynced' : undefined;
  };
}

/** Domains that others filled, and of which a sync has never written a row. */
function unsyncedDomains(definitions: readonly Stored<Definition>[], rolls: Rolls): Set<string> {
  const filled = new Set(definitions.map(({ record }) => record.domain));
  for (const { record, provenance } of definitions) {
    if (provenance !== 'foreign' || rolls.has(record.domain)) filled.delete(record.domain);
  }
  return filled;
}

interface Comparison<R> extends DiffOptions {
  readonly keyOf: (record: R) => Key;
  readonly isManaged: (record: R) => boolean;
  readonly revives: Revives<R>;
}

type RowChange<R> =
  | { readonly kind: 'create'; readonly key: Key; readonly after: R; readonly revives?: Revival }
  | { readonly kind: 'update'; readonly key: Key; readonly before: Stored<R>; readonly after: R }
  | { readonly kind: 'delete'; readonly key: Key; readonly before: Stored<R> };

interface TableDiff<R> {
  readonly changes: readonly RowChange<R>[];
  readonly unchanged: number;
  readonly foreign: readonly Key[];
  readonly editedOutside: readonly Key[];
}

function compare<R extends Definition | DomainRecord>(
  current: readonly Stored<R>[],
  desired: readonly R[],
  { keyOf, isManaged, pruneForeign, revives }: Comparison<R>,
): TableDiff<R> {
  const wanted = new Map(desired.map((record) => [textOf(keyOf(record)), record]));
  const found = new Set<string>();
  const changes: RowChange<R>[] = [];
  const foreign: Key[] = [];
  let unchanged = 0;
  for (const before of current) {
    const { record, key, provenance } = before;
    const text = textOf(keyOf(record));
    const after = wanted.get(text);
    if (after !== undefined) {
      found.add(text);
      if (provenance === 'ours' && sumOf(after) === sumOf(record)) unchanged += 1;
      else changes.push({ kind: 'update', key, before, after });
    } else if (provenance !== 'foreign' || (pruneForeign && isManaged(record))) {
      changes.push({ kind: 'delete', key, before });
    } else if (isManaged(record)) {
      foreign.push(key);
    }
  }
  const edited = current.flatMap(({ provenance, key }) => (provenance === 'edited-outside' ? [key] : []));
  for (const after of desired) {
    const key = keyOf(after);
    if (found.has(textOf(key))) continue;
    const revival = revives(after);
    changes.push({ kind: 'create', key, after, ...(revival === undefined ? {} : { revives: revival }) });
    if (revival === 'deleted') edited.push(key);
  }
  return { changes, unchanged, foreign, editedOutside: edited };
}

function textOf(key: Key): string {
  return `${key.domain}\n${key.alias ?? ''}`;
}

function named(table: Table, keys: readonly Key[]): RowName[] {
  return keys.toSorted((a, b) => compareText(textOf(a), textOf(b))).map((key) => ({ table, key }));
}

const kinds: readonly Change['kind'][] = ['create', 'update', 'delete'];

function compareChanges(a: Change, b: Change): number {
  return (
    kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
    compareText(a.table, b.table) ||
    compareText(a.key.domain, b.key.domain) ||
    compareText(a.key.alias ?? '', b.key.alias ?? '')
  );
}
