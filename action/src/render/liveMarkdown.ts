import type { SyncResult } from '../sync/sync.ts';
import { code } from './code.ts';
import { markdown } from './markdown.ts';
import { nameOf } from './planText.ts';
import type { Redact } from './redact.ts';
import { syncText } from './syncText.ts';

/** Rows named each, of those that were not written. */
const namedLimit = 50;

/** How a sync went, for the pull request that it is about. */
export function liveMarkdown(result: SyncResult, redact: Redact): string {
  const sentence = markdown(redact(syncText(result, redact).trim()));
  if (result.refused === undefined && result.stop === undefined) {
    return `**${result.liveAfterMs === null ? 'Written.' : 'This is live.'}** ${sentence}\n`;
  }
  const written = new Set(result.written);
  const missing = result.review.plan.changes.filter((change) => !written.has(change));
  const names = missing.slice(0, namedLimit).map((change) => `- ${code(redact(nameOf(change)))}`);
  const more = missing.length - names.length;
  const lines = [`**This is not live.** ${sentence}`];
  if (names.length > 0) lines.push('', 'Not written:', '', ...names);
  if (more > 0) lines.push('', `and ${more} more.`);
  return `${lines.join('\n')}\n`;
}
