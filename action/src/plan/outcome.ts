import type { Records } from '../../../schema/src/records/records.ts';
import { type Change, keyText, type Rows } from './change.ts';

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
