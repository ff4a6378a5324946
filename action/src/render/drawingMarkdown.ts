import { catchAll } from '../../../schema/src/text/address.ts';
import type { Arrow, Drawing } from '../meaning/drawing.ts';
import type { Recipient } from '../meaning/people.ts';
import type { Redact } from './redact.ts';
import type { Speaker } from './speaker.ts';

/** A drawing as GitHub shows it (Mermaid, flowchart). */
export function drawingLines({ arrows }: Drawing, speaker: Speaker, redact: Redact): string[] {
  const numbers = new Map<string, number>();
  const nodes: string[] = [];
  const node = (recipient: Recipient): string => {
    const text = boxText(recipient, speaker, redact);
    const known = numbers.get(text);
    if (known !== undefined) return `n${known}`;
    const number = numbers.size;
    numbers.set(text, number);
    nodes.push(`  n${number}["${label(text)}"]`);
    return `n${number}`;
  };
  const lines = arrows.map((arrow) => `  ${node(arrow.from)} ${shaft(arrow, speaker)} ${node(arrow.to)}`);
  return ['', '```mermaid', 'flowchart LR', ...nodes, ...new Set(lines), '```'];
}

function boxText(recipient: Recipient, speaker: Speaker, redact: Redact): string {
  if (recipient.kind === 'mailbox') return redact(recipient.address);
  return recipient.name === catchAll ? speaker.say('any other address') : redact(recipient.name);
}

function shaft({ kind }: Arrow, speaker: Speaker): string {
  if (kind === 'kept') return '-->';
  return kind === 'new' ? `==>|${label(speaker.say('new'))}|` : `-.->|${label(speaker.say('no longer'))}|`;
}

/** As many letters as a box holds. */
const labelLimit = 60;

/** What has no meaning in a label stays; the rest is written by its number (Mermaid, "Entity codes to escape characters"). */
function label(text: string): string {
  return [...text.slice(0, labelLimit)]
    .map((sign) => (/[\p{L}\p{N} .@•_-]/u.test(sign) ? sign : `#${sign.codePointAt(0)};`))
    .join('');
}
