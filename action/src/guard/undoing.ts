import { sumOf } from '../../../schema/src/records/records.ts';
import { type Change, nameOf } from '../plan/change.ts';
import type { Judge } from './reason.ts';

/** Somebody changed rows of ours in the tables, and the plan would undo that. */
export const editedOutside: Judge = ({ plan }) => {
  const undone = plan.changes.filter(undoesAnEdit);
  if (undone.length === 0) return [];
  const names = undone.slice(0, 20).map(nameOf);
  const more = undone.length > names.length ? ` and ${undone.length - names.length} more` : '';
  const what = undone.length === 1 ? '1 row was' : `${undone.length} rows were`;
  const message = `${what} edited outside the files, and that would be undone: ${names.join(', ')}${more}.`;
  return [{ code: 'edited-outside', message }];
};

/** An edit that says what the files say is no loss: only its seal is renewed. */
function undoesAnEdit(change: Change): boolean {
  if (change.kind === 'create' || change.before.provenance !== 'edited-outside') return false;
  return change.kind === 'delete' || sumOf(change.before.record) !== sumOf(change.after);
}

/** The tables hold a later state of the files than this commit's, or one that this commit knows nothing of. */
export const rollback: Judge = ({ history }) => {
  if (history === undefined) return [];
  const { gate, commit, descends } = history;
  const synced = gate?.commit;
  if (synced === undefined || commit === undefined || commit === synced || descends) return [];
  const message =
    `The tables hold commit ${short(synced)}, and ${short(commit)} does not come after it: ` +
    'what was merged since would be undone.';
  return [{ code: 'rollback', message }];
};

function short(commit: string): string {
  return commit.slice(0, 12);
}
