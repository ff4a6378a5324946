import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../schema/src/records/records.ts';
import type { Change } from './change.ts';

/**
 * Binds what was reviewed to what is written: sha256, in hex, of the canonical JSON of the sorted changes (table,
 * key, before, after). Whose a row was and when it was written are not part of it.
 */
export function fingerprint(changes: readonly Change[]): string {
  const hash = createHash('sha256').update('[');
  for (const [index, change] of changes.entries()) {
    if (index > 0) hash.update(',');
    hash.update(canonicalJson(essence(change)));
  }
  return hash.update(']').digest('hex');
}

function essence(change: Change): Record<string, unknown> {
  return {
    table: change.table,
    key: change.key,
    ...(change.kind === 'create' ? {} : { before: change.before.record }),
    ...(change.kind === 'delete' ? {} : { after: change.after }),
  };
}
