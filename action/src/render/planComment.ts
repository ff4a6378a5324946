import type { Review } from '../guard/reason.ts';
import { nameOf } from '../plan/change.ts';
import type { RowName } from '../plan/diff.ts';
import { code, commentLimit, cutRows, markdown } from './escape.ts';
import { effectLine, rowLine } from './planMarkdown.ts';
import { countLine, type StaleGate, staleGateMarkdown } from './planText.ts';
import type { Redact } from './redact.ts';

/** What only the tables know about a plan. */
export interface TableFacts {
  /** Whether the tables were asked. */
  readonly known: boolean;
  /** Mailboxes of the plan that are blocked now, and until when (as `blockEnd` says it). */
  readonly blocked: readonly { readonly mailbox: string; readonly until: string }[];
  readonly foreign: readonly RowName[];
  readonly editedOutside: readonly RowName[];
  readonly stale?: StaleGate;
}

export const noFacts: TableFacts = { known: false, blocked: [], foreign: [], editedOutside: [] };

/** Effects shown before everything else; the others follow what is unsafe. */
const shownFirst = 20;

/** The one comment on a pull request: who will get what, what is unsafe, the rows. Cut by whole rows where too long. */
export function planComment({ plan, unsafe, allowed }: Review, facts: TableFacts, redact: Redact): string {
  const show = (text: string): string => markdown(redact(text));
  const effects = plan.effects.map((effect) => effectLine(effect, redact));
  const head = [
    ...(effects.length === 0 ? ['No recipients change.'] : effects.slice(0, shownFirst)),
    '',
    `**${countLine(plan.counts)}** ${
      facts.known ? '' : 'Planned from the files of the base revision; the tables were not read.'
    }`,
  ];
  if (facts.stale !== undefined) head.push('', `> ${staleGateMarkdown(facts.stale)}`);
  for (const { code: name, message } of unsafe) {
    head.push('', `> **Not safe:** ${show(message)}`);
    head.push(`> A maintainer can allow it with the label \`allow-${name}\`.`);
  }
  for (const { code: name, message } of allowed) head.push('', `> Allowed by \`${name}\`: ${show(message)}`);
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
  return cutRows(head, rows, ['', `Fingerprint \`${plan.fingerprint}\``], commentLimit);
}
