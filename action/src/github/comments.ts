import { UsageError } from '../../../schema/src/commandLine/options.ts';
import { type Message, say } from '../../../schema/src/messages/message.ts';
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

const syncMarker = '<!-- aliasops:sync ';

/** How a sync went, for a merged pull request. */
export interface SyncNews {
  readonly isLive: boolean;
  /** A run that found everything live has no news but for a pull request that was told otherwise. */
  readonly isNew: boolean;
  readonly body: string;
}

/** Keeps one comment on whether a merged pull request is live. */
export async function tellOfSync(api: Api, pull: number, { isLive, isNew, body }: SyncNews): Promise<void> {
  const [liveMarker, otherMarker] = [`${syncMarker}live -->`, `${syncMarker}not-live -->`];
  const text = `${isLive ? liveMarker : otherMarker}\n${body}`;
  const mine = (await api.comments(pull)).find((comment) => comment.body.startsWith(syncMarker));
  if (!isNew && !mine?.body.startsWith(otherMarker)) return;
  // What is live stays so: a later run, or one that is started again, is about something else.
  if (!isLive && mine?.body.startsWith(liveMarker)) return;
  if (mine === undefined) await api.addComment(pull, text);
  else if (mine.body !== text) await api.changeComment(mine.id, text);
}

/**
 * What went wrong, as a sentence for everybody to read. Of an error that is not ours only its name: the words of others
 * may quote an account, a key or an address.
 */
export function causeOf(error: unknown): string | Message {
  if (error instanceof UsageError || error instanceof UnreadableFolder) return error.message;
  return say('The error is {name}.', { name: errorName(error) });
}

export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
