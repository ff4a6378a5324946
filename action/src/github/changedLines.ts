/** What a pull request changes of a file, as far as GitHub shows it. */
export interface Patch {
  readonly file: string;
  /** In the unified format, without the names of the files; absent where GitHub shows none. */
  readonly patch?: string;
}

/** The lines of a file's new version that a review can be about: those of one hunk, by the number of the hunk. */
export function changedLines({ patch = '' }: Pick<Patch, 'patch'>): Map<number, number> {
  const lines = new Map<number, number>();
  let hunk = 0;
  let next = 0;
  for (const line of patch.split('\n')) {
    const [, begin] = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line) ?? [];
    if (begin !== undefined) {
      hunk += 1;
      next = Number(begin);
    } else if (line.startsWith('+') || line.startsWith(' ')) {
      lines.set(next, hunk);
      next += 1;
    }
  }
  return lines;
}
