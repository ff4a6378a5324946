import { type Message, wordsOf } from '../../../schema/src/messages/message.ts';
import { allowLabel } from '../../../schema/src/records/reasonCodes.ts';
import type { Review } from '../guard/reason.ts';
import { type Change, nameOf } from '../plan/change.ts';
import type { RowName } from '../plan/diff.ts';
import type { Effect } from '../plan/plan.ts';
import { code, commentLimit, cutRows, fittingIn, markdown, summaryLimit } from './escape.ts';
import {
  countLine,
  fieldsOf,
  moreThan,
  overrideText,
  type StaleGate,
  staleGateMarkdown,
  staleGateText,
} from './planText.ts';
import { comparedLine, type ProposedChange, policyLines, warningLines } from './proposedChange.ts';
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
    ...unsafe.flatMap(({ code: name, message }) => [
      '',
      `> **Not safe:** ${show(wordsOf(message, 'en'))}`,
      `> To allow it: \`${allowLabel(name)}\``,
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

/** What only the tables know about a plan. */
export interface TableFacts {
  /** Whether the tables were read. */
  readonly known: boolean;
  /** The name of the error for which they could not be. */
  readonly fault?: string;
  /** Mailboxes of the plan that are blocked now, and until when (as `blockEnd` says it). */
  readonly blocked: readonly { readonly mailbox: string; readonly until: string }[];
  readonly foreign: readonly RowName[];
  readonly editedOutside: readonly RowName[];
  readonly stale?: StaleGate;
}

export const noFacts: TableFacts = { known: false, blocked: [], foreign: [], editedOutside: [] };

/** Effects shown before everything else, and their bytes; the others follow what is unsafe. */
const mostFirst = 20;
const roomFirst = commentLimit / 4;

/**
 * The one comment on a pull request: which rules change, who will get what, what is unsafe, the rows, and what it was
 * made for. Cut by whole rows where too long.
 */
export function planComment(
  { plan, unsafe, allowed, notes }: Review,
  facts: TableFacts,
  change: ProposedChange,
  redact: Redact,
): string {
  const show = (text: string): string => markdown(redact(text));
  const effects = plan.effects.map((effect) => effectLine(effect, redact));
  const shownFirst = fittingIn(effects.slice(0, mostFirst), roomFirst);
  const head = [
    ...policyLines(change.policy, redact),
    ...(effects.length === 0 ? ['No recipients change.'] : effects.slice(0, shownFirst)),
    '',
    `**${countLine(plan.counts)}** ${facts.known ? '' : unreadText(facts.fault)}`,
  ];
  if (facts.stale !== undefined) head.push('', `> ${staleGateMarkdown(facts.stale)}`);
  for (const { code: name, message } of unsafe) {
    head.push('', `> **Not safe:** ${show(wordsOf(message, 'en'))}`);
    head.push(`> A maintainer can allow it with the label \`${allowLabel(name)}\`.`);
  }
  for (const { code: name, message } of allowed)
    head.push('', `> Allowed by \`${name}\`: ${show(wordsOf(message, 'en'))}`);
  head.push(...noteLines(notes, redact), ...warningLines(change, redact));
  for (const { mailbox, until } of facts.blocked.slice(0, 50)) {
    head.push('', `> ${code(redact(mailbox))} is blocked until ${until}, because mail to it bounced.`);
  }
  for (const row of facts.editedOutside.slice(0, 50)) {
    head.push('', `> ${code(redact(nameOf(row)))} was edited outside the files.`);
  }
  for (const row of facts.foreign.slice(0, 50)) {
    head.push('', `> ${code(redact(nameOf(row)))} was not written by a sync; it stays as it is.`);
  }
  head.push('');
  const rows = [...effects.slice(shownFirst), ...plan.changes.map((change) => rowLine(change, redact))];
  const tail = ['', `Fingerprint \`${plan.fingerprint}\``, '', comparedLine(change.compared, redact)];
  return cutRows(head, rows, tail, commentLimit);
}

function unreadText(fault: string | undefined): string {
  const from = 'Planned from the files of the base revision; the tables';
  return fault === undefined ? `${from} were not read.` : `${from} could not be read (${code(fault)}).`;
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
  const fields = fieldsOf(change.before.record, change.after, redact, namedLimit).map(
    ({ name: field, before, after }) => `${field}: ${show(before)} → ${show(after)}`,
  );
  return fields.length === 0 ? `${name} (adopted as it is)` : `${name} (${fields.join('; ')})`;
}
