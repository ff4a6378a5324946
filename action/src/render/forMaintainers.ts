import { wordsOf } from '../../../schema/src/messages/message.ts';
import type { Review } from '../guard/reason.ts';
import { nameOf } from '../plan/change.ts';
import type { SyncResult } from '../sync/sync.ts';
import { code, cutRows, markdown, oneLine } from './escape.ts';
import { rowLine } from './planMarkdown.ts';
import { countLine } from './planText.ts';
import { type Compared, comparedLine } from './proposedChange.ts';
import type { Redact } from './redact.ts';
import type { Speaker } from './speaker.ts';
import { syncSentence } from './syncReport.ts';
import type { TableFacts } from './tableFacts.ts';

/** Names that the tables know and the files do not, listed one by one. */
const listedLimit = 50;

/** What maintainers want to know besides, folded away: counts, rows, the fingerprint, what was compared. */
export function forMaintainers(
  { plan, allowed }: Review,
  facts: TableFacts,
  compared: Compared,
  redact: Redact,
  speaker: Speaker,
): (limit: number) => string {
  const show = (text: string): string => code(redact(text));
  const head = [`**${countLine(plan.counts)}** ${facts.known ? '' : unreadText(facts.fault)}`.trim()];
  for (const { code: name, message } of allowed) {
    head.push('', `Allowed by \`${name}\`: ${markdown(redact(wordsOf(message, 'en')))}`);
  }
  for (const row of facts.editedOutside.slice(0, listedLimit)) {
    head.push('', `${show(nameOf(row))} was edited outside the files.`);
  }
  for (const row of facts.foreign.slice(0, listedLimit)) {
    head.push('', `${show(nameOf(row))} was not written by a sync; it stays as it is.`);
  }
  const rows = plan.changes.map((change) => rowLine(change, redact));
  const tail = ['', `Fingerprint \`${plan.fingerprint}\``, '', comparedLine(compared, redact)];
  return (limit) => folded(speaker, (room) => cutRows([...head, ''], rows, tail, room), limit);
}

/** What a sync that is not live has not written, folded away. */
export function notWrittenFold(
  result: SyncResult,
  redact: Redact,
  speaker: Speaker,
): (limit: number) => string {
  const written = new Set(result.written);
  const rows = result.review.plan.changes
    .filter((change) => !written.has(change))
    .map((change) => `- ${code(redact(nameOf(change)))}`);
  const head = [markdown(redact(oneLine(syncSentence(result))))];
  if (rows.length > 0) head.push('', 'Not written:', '');
  return (limit) => folded(speaker, (room) => cutRows(head, rows, [], room), limit);
}

/** What was compared, folded away, where there is nothing else to say. */
export function comparedFold(compared: Compared, redact: Redact, speaker: Speaker): string {
  return folded(speaker, () => `${comparedLine(compared, redact)}\n`, 0);
}

function folded(speaker: Speaker, body: (room: number) => string, limit: number): string {
  const [begin, end] = [
    `\n<details><summary>${speaker.say('For maintainers')}</summary>\n\n`,
    '\n</details>\n',
  ];
  return `${begin}${body(limit - Buffer.byteLength(begin + end))}${end}`;
}

function unreadText(fault: string | undefined): string {
  const from = 'Planned from the files of the base revision; the tables';
  return fault === undefined ? `${from} were not read.` : `${from} could not be read (${code(fault)}).`;
}
