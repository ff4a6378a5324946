import { type Suggestion, suggestionMarker } from '../render/suggestions.ts';
import type { Api, OpenPull, ReviewComment } from './api.ts';
import { changedLines } from './changedLines.ts';

/**
 * Keeps on a pull request the suggestions that hold for its commit, each once, on lines that it changes: GitHub takes
 * them nowhere else. Those that hold no longer are deleted.
 */
export async function keepSuggestions(
  api: Pick<Api, 'reviewComments' | 'patches' | 'addReview' | 'deleteReviewComment'>,
  { number, head }: Pick<OpenPull, 'number' | 'head'>,
  suggestions: readonly Suggestion[],
): Promise<void> {
  const mine = (await api.reviewComments(number)).filter(({ body }) => body.startsWith(suggestionMarker));
  if (mine.length === 0 && suggestions.length === 0) return;
  const wanted = suggestions.length === 0 ? [] : await onChangedLines(api, number, suggestions);
  const missing = new Map(wanted.map((suggestion) => [placeOf(suggestion), suggestion]));
  for (const comment of mine) {
    const place = commentPlace(comment);
    if (missing.get(place)?.body === comment.body) missing.delete(place);
    else await api.deleteReviewComment(comment.id);
  }
  if (missing.size > 0) await api.addReview(number, head, [...missing.values()]);
}

async function onChangedLines(
  api: Pick<Api, 'patches'>,
  number: number,
  suggestions: readonly Suggestion[],
): Promise<Suggestion[]> {
  const hunks = new Map((await api.patches(number)).map((patch) => [patch.file, changedLines(patch)]));
  return suggestions.filter(({ file, firstLine, lastLine }) => {
    const hunk = hunks.get(file)?.get(firstLine);
    return hunk !== undefined && hunk === hunks.get(file)?.get(lastLine);
  });
}

function placeOf({ file, firstLine, lastLine }: Suggestion): string {
  return `${file}\n${firstLine}\n${lastLine}`;
}

/** One whose line is gone has no place. */
function commentPlace({ file, firstLine, lastLine }: ReviewComment): string {
  return `${file}\n${firstLine ?? lastLine}\n${lastLine}`;
}
