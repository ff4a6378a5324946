/** Characters of a comment or an issue (GitHub's limit), less what a marker in front takes. */
export const commentLimit = 65_536 - 512;

/** Joins lines, and leaves out whole rows at the end, counted, where they would not fit. The rest always stands. */
export function cutRows(
  head: readonly string[],
  rows: readonly string[],
  tail: readonly string[],
  limit: number,
): string {
  const end = tail.length === 0 ? '' : `\n${tail.join('\n')}`;
  let text = head.join('\n');
  const room = limit - end.length - 100;
  for (const [index, row] of rows.entries()) {
    if (text.length + row.length + 1 > room) {
      return `${text}\n\n${rows.length - index} more rows are left out here; the log of the run has them.${end}\n`;
    }
    text += `\n${row}`;
  }
  return `${text}${end}\n`;
}
