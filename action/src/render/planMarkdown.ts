import type { Change } from '../plan/change.ts';
import type { Effect } from '../plan/effects.ts';
import type { Review } from '../safety/review.ts';
import { fieldsOf } from './fields.ts';
import { markdown } from './markdown.ts';
import { countLine, nameOf } from './planText.ts';
import type { Redact } from './redact.ts';

/** A reviewed plan for a comment or a summary, whole: what changes for whom first, in plain words. */
export function planMarkdown(review: Review, redact: Redact): string {
  const show = (text: string): string => markdown(redact(text));
  const { plan, unsafe, allowed } = review;
  const lines = [`**${countLine(plan.counts)}**`];
  if (plan.effects.length > 0) {
    lines.push('', '### Who gets mail', '', ...plan.effects.map((effect) => effectLine(effect, show)));
  }
  for (const { code, message } of unsafe) {
    lines.push('', `> **Not safe:** ${show(message)}`, `> To allow it: \`allow-${code}\``);
  }
  for (const { code, message } of allowed) lines.push('', `> Allowed (\`${code}\`): ${show(message)}`);
  if (plan.changes.length > 0) {
    lines.push('', '### Rows', '', ...plan.changes.map((change) => rowLine(change, show)));
  }
  lines.push('', `Fingerprint \`${plan.fingerprint}\``);
  return `${lines.join('\n')}\n`;
}

type Show = (text: string) => string;

/** "`board@example.com` will also reach j•••e@g•••.com" */
export function effectLine({ address, before, after }: Effect, show: Show): string {
  const had = new Set<string>(before);
  const has = new Set<string>(after);
  const come = after.filter((mailbox) => !had.has(mailbox)).map(show);
  const gone = before.filter((mailbox) => !has.has(mailbox)).map(show);
  const name = `- **${show(address)}**`;
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

export function rowLine(change: Change, show: Show): string {
  const name = `- ${words[change.kind]}: **${show(nameOf(change))}**`;
  if (change.kind !== 'update') return name;
  const fields = fieldsOf(change.before.record, change.after).map(
    ({ name: field, before, after }) => `${field}: ${show(before)} → ${show(after)}`,
  );
  return fields.length === 0 ? `${name} (adopted as it is)` : `${name} (${fields.join('; ')})`;
}
