import type { Definition, DomainRecord, Records, Stored } from '../../../schema/src/records/records.ts';
import { catchAll, joinAddress } from '../../../schema/src/text/address.ts';
import { asStored, type Rows } from '../plan/change.ts';
import type { Imported } from './imported.ts';

/** What files can say of the rows of tables, which others may have written by hand. */
export function importRows(rows: Rows): Imported {
  const definitions = exactOnes(rows.definitions, ({ record }) => joinAddress(record.alias, record.domain));
  const domains = exactOnes(rows.domains, ({ record }) => record.domain);
  const managed = new Set(definitions.kept.map(({ record }) => record.domain));
  for (const { record } of domains.kept) if (record.aliasfor === undefined) managed.add(record.domain);
  const left = [...definitions.others, ...domains.others].map(({ key }) => twinText(key));
  for (const { record } of domains.kept) {
    if (record.aliasfor !== undefined && !managed.has(record.aliasfor)) left.push(strayText(record));
  }
  return {
    ...recordsIn(definitions.kept, domains.kept, managed),
    left,
    notes: definitions.kept.flatMap(notesOf),
  };
}

interface Exact<R> {
  readonly kept: readonly Stored<R>[];
  readonly others: readonly Stored<R>[];
}

/** Of rows whose keys mean the same, a build takes the one that is spelt as it means. */
function exactOnes<R extends Definition | DomainRecord>(
  rows: readonly Stored<R>[],
  nameOf: (row: Stored<R>) => string,
): Exact<R> {
  const kept: Stored<R>[] = [];
  const others: Stored<R>[] = [];
  for (const twins of Map.groupBy(rows, nameOf).values()) {
    const exact = twins.find(({ key, record }) =>
      Object.entries(key).every(([name, value]) => Reflect.get(record, name) === value),
    );
    const one = exact ?? twins.at(-1);
    if (one !== undefined) kept.push(one);
    others.push(...twins.filter((row) => row !== one));
  }
  return { kept, others };
}

function twinText({ domain, alias }: Stored<Definition>['key']): string {
  const name = alias === undefined ? domain : `${alias}@${domain}`;
  return `The row \`${name}\` is left out: another one means the same, and counts.`;
}

function strayText({ domain, aliasfor }: DomainRecord): string {
  return `The alias domain ${domain} is left out: ${aliasfor}, whose mailboxes it has, has no aliases here.`;
}

function recordsIn(
  definitions: readonly Stored<Definition>[],
  domains: readonly Stored<DomainRecord>[],
  managed: ReadonlySet<string>,
): Records {
  return {
    definitions: definitions.map(({ record }) => record),
    domains: domains
      .map(({ record }) => record)
      .filter(({ aliasfor }) => aliasfor === undefined || managed.has(aliasfor)),
  };
}

/** What means something else than it seems to, or nothing. */
function notesOf(row: Stored<Definition>): string[] {
  const { record, provenance } = row;
  const address = joinAddress(record.alias, record.domain);
  const { type, active } = asStored(row);
  const notes: string[] = [];
  if (type !== record.type)
    notes.push(`${address}: there is no type \`${String(type)}\`; the file says \`${record.type}\`.`);
  if (provenance === 'foreign' && record.alias === catchAll && active !== false) {
    notes.push(
      `${address} takes no mail where these rows come from, which know no catch-all: the file says \`active: false\`. Without that line it takes all mail to names that are not defined.`,
    );
  }
  return notes;
}
