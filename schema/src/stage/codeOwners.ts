import type { Place, SourceText } from '../text/source.ts';

/** Where GitHub reads who must approve what, from the root of the repository. */
export const codeOwnersPath = '.github/CODEOWNERS';

/** An owner that the file still has from the template. */
export interface PlaceholderOwner extends Place {
  readonly owner: string;
}

/**
 * The owners that the file still has from the template, in its order. GitHub takes a line whose owner it does not know for
 * a line without one, so that anybody may approve.
 */
export function placeholderOwners(source: SourceText): PlaceholderOwner[] {
  const { text, lineStarts } = source;
  return lineStarts.flatMap((lineStart, line) => {
    const [written = ''] = text.slice(lineStart, lineStarts[line + 1]).split('#', 1);
    // The first word is the path.
    const [, ...owners] = written.matchAll(/\S+/g);
    return owners
      .filter(([owner]) => /^@example(\/|$)/i.test(owner))
      .map(({ 0: owner, index }) => {
        const start = lineStart + index;
        return { owner, source, start, end: start + owner.length };
      });
  });
}
