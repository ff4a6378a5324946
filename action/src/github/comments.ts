import { UsageError } from '../../../schema/src/commandLine/options.ts';
import { UnreadableFolder } from '../review/folder.ts';
import type { Api } from './api.ts';

/** Begins the one comment of ours on what a pull request would change; it does not show. */
export const planMarker = '<!-- aliasops:plan -->';

/** Writes a comment, or writes it anew where it already is: found by its marker over all pages, never doubled. */
export async function stickyComment(api: Api, issue: number, marker: string, body: string): Promise<void> {
  const text = `${marker}\n${body}`;
  const mine = (await api.comments(issue)).find((comment) => comment.body.startsWith(marker));
  if (mine === undefined) await api.addComment(issue, text);
  else if (mine.body !== text) await api.changeComment(mine.id, text);
}

/**
 * What went wrong, as a sentence for everybody to read. Of an error that is not ours only its name: the words of others
 * may quote an account, a key or an address.
 */
export function causeOf(error: unknown): string {
  if (error instanceof UsageError || error instanceof UnreadableFolder) return error.message;
  return `The error is ${errorName(error)}.`;
}

export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
