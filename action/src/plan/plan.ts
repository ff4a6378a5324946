import { createHash } from 'node:crypto';
import { createDirectory, type Directory, type Moment } from '../../../schema/src/directory/resolve.ts';
import { canonicalJson, type Records } from '../../../schema/src/records/records.ts';
import { type Change, outcomeOf, type Rows, recordsOf } from './change.ts';
import { type DiffOptions, diff, type RowName } from './diff.ts';
import { type Effect, effectsOf } from './effects.ts';

export interface Counts {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly unchanged: number;
}

/** What a sync would write and what that means for mail. A value: sorted, comparable, printable in several forms. */
export interface Plan {
  readonly fingerprint: string;
  readonly counts: Counts;
  readonly changes: readonly Change[];
  readonly effects: readonly Effect[];
  readonly foreign: readonly RowName[];
  readonly editedOutside: readonly RowName[];
  /** Who gets what mail before the changes and after them. */
  readonly before: Directory;
  readonly after: Directory;
}

export function plan(current: Rows, desired: Records, moment: Moment, options: DiffOptions): Plan {
  const { changes, unchanged, foreign, editedOutside } = diff(current, desired, options);
  const before = createDirectory(recordsOf(current));
  const after = createDirectory(outcomeOf(current, changes));
  return {
    fingerprint: fingerprint(changes),
    counts: {
      create: changes.filter(({ kind }) => kind === 'create').length,
      update: changes.filter(({ kind }) => kind === 'update').length,
      delete: changes.filter(({ kind }) => kind === 'delete').length,
      unchanged,
    },
    changes,
    effects: effectsOf(before, after, moment),
    foreign,
    editedOutside,
    before,
    after,
  };
}

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
