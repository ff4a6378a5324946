import type { TableFacts } from '../github/tableFacts.ts';
import type { Review } from '../guard/review.ts';
import { code } from './code.ts';
import { commentLimit, cutRows } from './cutRows.ts';
import { markdown } from './markdown.ts';
import { effectLine, rowLine } from './planMarkdown.ts';
import { countLine, nameOf } from './planText.ts';
import type { Redact } from './redact.ts';
import { staleGateMarkdown } from './staleGate.ts';

/** Effects that stand before everything else; the others follow after what is unsafe. */
const shownFirst = 20;

/** The one comment on a pull request: who will get what, what is unsafe, the rows. Cut by whole rows where too long. */
export function planComment({ plan, unsafe, allowed }: Review, facts: TableFacts, redact: Redact): string {
  const show = (text: string): string => markdown(redact(text));
  const effects = plan.effects.map((effect) => effectLine(effect, redact));
  const head = [
    ...(effects.length === 0 ? ['Nobody gets other mail than before.'] : effects.slice(0, shownFirst)),
    '',
    `**${countLine(plan.counts)}** ${
      facts.known ? '' : 'Planned from the files of the base revision; the tables were not read.'
    }`,
  ];
  if (facts.stale !== undefined) head.push('', `> ${staleGateMarkdown(facts.stale)}`);
  for (const { code: name, message } of unsafe) {
    head.push('', `> **Not safe:** ${show(message)}`);
    head.push(`> A maintainer allows it by setting the label \`allow-${name}\`.`);
  }
  for (const { code: name, message } of allowed) head.push('', `> Allowed by \`${name}\`: ${show(message)}`);
  for (const { mailbox, until } of facts.blocked.slice(0, 50)) {
    head.push('', `> ${code(redact(mailbox))} gets no mail until ${until}: mail to it came back.`);
  }
  for (const row of facts.editedOutside.slice(0, 50)) {
    head.push('', `> ${code(redact(nameOf(row)))} was edited outside the files.`);
  }
  for (const row of facts.foreign.slice(0, 50)) {
    head.push('', `> ${code(redact(nameOf(row)))} was written by others; it stays.`);
  }
  head.push('');
  const rows = [...effects.slice(shownFirst), ...plan.changes.map((change) => rowLine(change, redact))];
  return cutRows(head, rows, ['', `Fingerprint \`${plan.fingerprint}\``], commentLimit);
}
