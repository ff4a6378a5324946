import type { SyncResult } from '../sync/sync.ts';
import { code } from './code.ts';
import { markdown } from './markdown.ts';
import { oneLine } from './oneLine.ts';
import { nameOf } from './planText.ts';
import type { Redact } from './redact.ts';
import { syncSentence } from './syncText.ts';

/** Rows named each, of those that were not written. */
const namedLimit = 50;

/** How a sync went, for the pull request that it is about. */
export function liveMarkdown(result: SyncResult, redact: Redact): string {
  const sentence = markdown(redact(oneLine(syncSentence(result))));
  const held = heldLines(result, redact);
  if (result.refused === undefined && result.stop === undefined) {
    const what = result.liveAfterMs === null ? 'Written' : 'This is live';
    return `${[`**${what}${held.length === 0 ? '' : ', but not all of it'}.** ${sentence}`, ...held].join('\n')}\n`;
  }
  const written = new Set(result.written);
  const missing = result.review.plan.changes.filter((change) => !written.has(change));
  const names = missing.slice(0, namedLimit).map((change) => `- ${code(redact(nameOf(change)))}`);
  const more = missing.length - names.length;
  const lines = [`**This is not live.** ${sentence}`];
  if (names.length > 0) lines.push('', 'Not written:', '', ...names);
  if (more > 0) lines.push('', `and ${more} more.`);
  return `${[...lines, ...held].join('\n')}\n`;
}

function heldLines({ held }: SyncResult, redact: Redact): string[] {
  if (held.size === 0) return [];
  const shown = [...held]
    .slice(0, namedLimit)
    .map(([domain, reason]) => `- ${code(redact(domain))}: ${markdown(redact(oneLine(reason)))}`);
  const more = held.size - shown.length;
  return ['', 'Not synced, and as before:', '', ...shown, ...(more === 0 ? [] : ['', `and ${more} more.`])];
}
