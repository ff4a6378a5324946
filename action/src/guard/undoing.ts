import { sumOf } from '../../../schema/src/records/records.ts';
import { type Change, nameOf } from '../plan/change.ts';
import { type Judge, listed } from './reason.ts';

/**
 * Somebody changed rows of ours in the tables, or made a row whose name the files take, and the plan would undo that.
 */
export const editedOutside: Judge = ({ plan }) => {
  const undone = plan.changes.filter(undoesAnEdit);
  if (undone.length === 0) return [];
  const about = undone.map((change) => ({
    name: nameOf(change),
    outcome: change.kind === 'delete' ? 'deleted' : sumOf(change.after),
  }));
  const what = undone.length === 1 ? '1 row was' : `${undone.length} rows were`;
  const message = `${what} edited outside the files, and that would be undone: ${listed(about)}.`;
  return [{ code: 'edited-outside', message, about }];
};

/** An edit that says what the files say is no loss: only its seal is renewed. */
function undoesAnEdit(change: Change): boolean {
  if (change.kind === 'create' || change.before.provenance === 'ours') return false;
  // A row of others is deleted only where somebody asked for that by name.
  if (change.kind === 'delete' && change.before.provenance !== 'edited-outside') return false;
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
  return [{ code: 'rollback', message, about: [{ name: short(commit), outcome: commit }] }];
};

function short(commit: string): string {
  return commit.slice(0, 12);
}
