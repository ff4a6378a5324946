import { type Message, say, type Template } from '../../../schema/src/messages/message.ts';
import { sumOf } from '../../../schema/src/records/records.ts';
import { type Change, nameOf } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import { sameDestinations } from '../plan/sameDestinations.ts';
import { type Judge, listed, type Subject } from './reason.ts';

/**
 * Somebody changed or deleted rows of ours in the tables, or made a row whose name the files take, and the plan would undo
 * that; or may have, in a domain that is only being taken over.
 */
export const editedOutside: Judge = ({ plan }) => {
  const about: Subject[] = [];
  const messages = undoings.flatMap(([sentence, isUndone]) => {
    const undone = plan.changes.filter((change) => isUndone(change, plan)).map(rowSubject);
    if (undone.length === 0) return [];
    about.push(...undone);
    return [say(sentence, { names: listed(undone), count: undone.length })];
  });
  const [first, ...others] = messages;
  if (first === undefined) return [];
  const message = others.reduce((so, next) => say('{first} {second}', { first: so, second: next }), first);
  return [{ code: 'edited-outside', message, about }];
};

const undoings = [
  [
    '{names} {count, plural, one {was} other {were}} edited outside the files, and that would be undone.',
    undoesAnEdit,
  ],
  [
    '{names} {count, plural, one {was} other {were}} deleted outside the files, and would get mail again.',
    (change: Change) => change.kind === 'create' && change.revives === 'deleted',
  ],
  [
    '{names} {count, plural, one {is} other {are}} not in use today, in a domain that is only being taken over: {count, plural, one {it} other {they}} may have been deleted since the files were written.',
    (change: Change) => change.kind === 'create' && change.revives === 'unsynced',
  ],
] as const satisfies readonly (readonly [Template, (change: Change, plan: Plan) => boolean])[];

/** A row that is written, and what it says then. */
export function rowSubject(change: Change): Subject {
  return { name: nameOf(change), outcome: change.kind === 'delete' ? 'deleted' : sumOf(change.after) };
}

/** An edit that says what the files say is no loss: only its seal is renewed. */
function undoesAnEdit(change: Change, plan: Plan): boolean {
  if (change.kind === 'create' || change.before.provenance === 'ours') return false;
  if (change.before.provenance !== 'edited-outside') return takesOver(change, plan);
  return change.kind === 'delete' || sumOf(change.before.record) !== sumOf(change.after);
}

/**
 * A row that others made, and whose name the files take, would say something else about mail. To delete one, somebody
 * has to ask for that by name.
 */
function takesOver(change: Exclude<Change, { readonly kind: 'create' }>, { before }: Plan): boolean {
  if (change.kind === 'delete') return false;
  if (change.table === 'domains') return sumOf(change.before.record) !== sumOf(change.after);
  const [was, is] = [change.before.record, change.after];
  return !sameDestinations(was, is, before) || was.active !== is.active || was.expires !== is.expires;
}

/**
 * The tables hold a later state of the files than this commit's, or one that this commit knows nothing of; or the files
 * are those of no commit, so that nobody could bring them back.
 */
export const rollback: Judge = ({ history }) => {
  if (history === undefined) return [];
  const { gate, commit, descends, uncommitted = [] } = history;
  const synced = gate?.commit;
  const messages: Message[] = [];
  const about: Subject[] = [];
  let detail: string | undefined;
  if (synced !== undefined && commit !== undefined && commit !== synced && !descends) {
    messages.push(
      say(
        'A later version of the files is live, and this one does not come after it: what was merged since would be undone.',
      ),
    );
    about.push({ name: short(commit), outcome: commit });
    detail = `The tables hold commit ${short(synced)}, and ${short(commit)} does not come after it.`;
  }
  if (uncommitted.length > 0) {
    const dirty = uncommitted.map((name) => ({ name, outcome: 'uncommitted' }));
    messages.push(
      say('{names} {count, plural, one {has} other {have}} changes that were not committed.', {
        names: listed(dirty),
        count: dirty.length,
      }),
    );
    about.push(...dirty);
  }
  const [first, second] = messages;
  if (first === undefined) return [];
  const message = second === undefined ? first : say('{first} {second}', { first, second });
  return [{ code: 'rollback', message, ...(detail === undefined ? {} : { detail }), about }];
};

function short(commit: string): string {
  return commit.slice(0, 12);
}
