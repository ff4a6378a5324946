import { type Message, wordsOf } from '../../../schema/src/messages/message.ts';
import { allowLabel } from '../../../schema/src/records/reasonCodes.ts';
import { forMaintainers, type Review } from '../guard/reason.ts';
import { asStored, type Change, nameOf } from '../plan/change.ts';
import type { Effect } from '../plan/plan.ts';
import { code, cutRows, markdown, summaryLimit } from './escape.ts';
import { countLine, fieldsOf, moreThan, overrideText, staleGateText } from './planText.ts';
import type { Redact } from './redact.ts';

/** Mailboxes and destinations that one row names; the others are counted. */
const namedLimit = 20;

/** A reviewed plan for a summary: the count, what is unsafe, what changes for whom in plain words, the rows. */
export function planMarkdown(
  { plan, unsafe, allowed, notes, staleSince, lastOverrides = [] }: Review,
  redact: Redact,
): string {
  const show = (text: string): string => markdown(redact(text));
  const head = [
    `**${countLine(plan.counts)}**`,
    ...(staleSince === undefined ? [] : ['', `> ${markdown(staleGateText(staleSince))}`]),
    ...lastOverrides.flatMap((override) => ['', `> ${show(overrideText(override))}`]),
    ...unsafe.flatMap((reason) => [
      '',
      `> **Not safe:** ${show(forMaintainers(reason))}`,
      `> To allow it: \`${allowLabel(reason.code)}\``,
    ]),
    ...allowed.flatMap(({ code: name, message }) => [
      '',
      `> Allowed (\`${name}\`): ${show(wordsOf(message, 'en'))}`,
    ]),
    ...noteLines(notes, redact),
  ];
  const rows = [
    ...titled(
      '### Who gets mail',
      plan.effects.map((effect) => effectLine(effect, redact)),
    ),
    ...titled(
      '### Rows',
      plan.changes.map((change) => rowLine(change, redact)),
    ),
  ];
  return cutRows(head, rows, ['', `Fingerprint \`${plan.fingerprint}\``], summaryLimit);
}

/** Why a label does not count, and the like. */
function noteLines(notes: readonly Message[], redact: Redact): string[] {
  return notes.flatMap((note) => ['', `> ${markdown(redact(wordsOf(note, 'en')))}`]);
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, '', ...lines];
}

/** "`board@example.com` will also reach j•••e@g•••.org" */
export function effectLine({ address, before, after }: Effect, redact: Redact): string {
  const had = new Set<string>(before);
  const has = new Set<string>(after);
  const come = after.filter((mailbox) => !had.has(mailbox));
  const gone = before.filter((mailbox) => !has.has(mailbox));
  const list = (mailboxes: readonly string[]): string => sentenceList(mailboxes, redact);
  const name = `- ${code(redact(address))}`;
  if (before.length === 0) return `${name} will reach ${list(come)}`;
  if (after.length === 0)
    return `- mail to ${code(redact(address))} will come back (it reached ${list(gone)})`;
  if (gone.length === 0) return `${name} will also reach ${list(come)}`;
  if (come.length === 0) return `${name} will no longer reach ${list(gone)}`;
  return `${name} will reach ${list(come)} instead of ${list(gone)}`;
}

function sentenceList(mailboxes: readonly string[], redact: Redact): string {
  const items = mailboxes.slice(0, namedLimit).map((mailbox) => code(redact(mailbox)));
  if (mailboxes.length > namedLimit) return `${items.join(', ')}${moreThan(mailboxes, namedLimit)}`;
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

const words = { create: 'new', update: 'changed', delete: 'deleted' } as const;

export function rowLine(change: Change, redact: Redact): string {
  const show = (text: string): string => code(redact(text));
  const name = `- ${words[change.kind]}: ${show(nameOf(change))}`;
  if (change.kind !== 'update') return name;
  const fields = fieldsOf(asStored(change.before), change.after, redact, namedLimit).map(
    ({ name: field, before, after }) => `${field}: ${show(before)} → ${show(after)}`,
  );
  return fields.length === 0 ? `${name} (adopted as it is)` : `${name} (${fields.join('; ')})`;
}
