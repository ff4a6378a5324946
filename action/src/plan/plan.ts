import { createDirectory, type Directory, type Moment } from '../../../schema/src/directory/resolve.ts';
import type { Records } from '../../../schema/src/records/records.ts';
import { type Change, type Rows, recordsOf } from './change.ts';
import { type DiffOptions, diff, type RowName } from './diff.ts';
import { type Effect, effectsOf } from './effects.ts';
import { fingerprint } from './fingerprint.ts';
import { outcomeOf } from './outcome.ts';

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
