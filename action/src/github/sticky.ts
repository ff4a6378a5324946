import type { Api } from './api.ts';

/** Begins the one comment of ours on a pull request; it does not show. */
export const planMarker = '<!-- aliasops:plan -->';

/** Writes a comment, or writes it anew where it already is: found by its marker over all pages, never doubled. */
export async function stickyComment(api: Api, issue: number, marker: string, body: string): Promise<void> {
  const text = `${marker}\n${body}`;
  const mine = (await api.comments(issue)).find((comment) => comment.body.startsWith(marker));
  if (mine === undefined) await api.addComment(issue, text);
  else if (mine.body !== text) await api.changeComment(mine.id, text);
}
