import type { Review } from '../guard/reason.ts';
import { type Change, nameOf } from '../plan/change.ts';
import type { Effect } from '../plan/effects.ts';
import { code, cutRows, markdown } from './escape.ts';
import { countLine, fieldsOf, staleGateText } from './planText.ts';
import type { Redact } from './redact.ts';

/** Bytes that GitHub takes for a step's summary (1 MiB), as characters of which each may be up to three. */
const summaryLimit = 300_000;

/** A reviewed plan for a summary: the count, what is unsafe, what changes for whom in plain words, the rows. */
export function planMarkdown({ plan, unsafe, allowed, staleSince }: Review, redact: Redact): string {
  const show = (text: string): string => markdown(redact(text));
  const head = [
    `**${countLine(plan.counts)}**`,
    ...(staleSince === undefined ? [] : ['', `> ${markdown(staleGateText(staleSince))}`]),
    ...unsafe.flatMap(({ code: name, message }) => [
      '',
      `> **Not safe:** ${show(message)}`,
      `> To allow it: \`allow-${name}\``,
    ]),
    ...allowed.flatMap(({ code: name, message }) => ['', `> Allowed (\`${name}\`): ${show(message)}`]),
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

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, '', ...lines];
}

/** "`board@example.com` will also reach j•••e@g•••.com" */
export function effectLine({ address, before, after }: Effect, redact: Redact): string {
  const show = (text: string): string => code(redact(text));
  const had = new Set<string>(before);
  const has = new Set<string>(after);
  const come = after.filter((mailbox) => !had.has(mailbox)).map(show);
  const gone = before.filter((mailbox) => !has.has(mailbox)).map(show);
  const name = `- ${show(address)}`;
  if (before.length === 0) return `${name} will reach ${sentenceList(come)}`;
  if (after.length === 0) return `${name} will reach nobody any more (it reached ${sentenceList(gone)})`;
  if (gone.length === 0) return `${name} will also reach ${sentenceList(come)}`;
  if (come.length === 0) return `${name} will no longer reach ${sentenceList(gone)}`;
  return `${name} will reach ${sentenceList(come)} instead of ${sentenceList(gone)}`;
}

function sentenceList(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

const words = { create: 'new', update: 'changed', delete: 'deleted' } as const;

export function rowLine(change: Change, redact: Redact): string {
  const show = (text: string): string => code(redact(text));
  const name = `- ${words[change.kind]}: ${show(nameOf(change))}`;
  if (change.kind !== 'update') return name;
  const fields = fieldsOf(change.before.record, change.after).map(
    ({ name: field, before, after }) => `${field}: ${show(before)} → ${show(after)}`,
  );
  return fields.length === 0 ? `${name} (adopted as it is)` : `${name} (${fields.join('; ')})`;
}
