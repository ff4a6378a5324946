/** Line breaks and other control characters as spaces: a text from outside never begins a line of its own. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}

/**
 * A name or an address from outside as a Markdown code span, in which nothing is markup, HTML, a link or a mention.
 * The fence is longer than any run of backticks within (CommonMark 0.31, 6.1).
 */
export function code(text: string): string {
  const line = oneLine(text).trim();
  if (line === '') return '(empty)';
  const runs = line.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map(({ length }) => length)) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/**
 * Text from outside as Markdown that shows it and does nothing else: no markup, no HTML, no link, no mention. One
 * line, so that it can stand in a list or a table.
 */
export function markdown(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]()#+!|~$^=:-]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('@', '&#64;');
}

/** The text of a workflow command: no line of it can begin a command of its own (actions/toolkit, command.ts). */
export function commandData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** The value of a property of a workflow command. */
export function commandProperty(text: string): string {
  return commandData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** Text for the log: GitHub takes a line that begins with `::`, or holds `##[`, for a command, so neither is left. */
export function logText(text: string): string {
  return text.replace(/^(\s*)::/gm, '$1: :').replaceAll('##[', '# #[');
}

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
      return `${text}\n\n${rows.length - index} more rows are not shown here; the log of the run has them all.${end}\n`;
    }
    text += `\n${row}`;
  }
  return `${text}${end}\n`;
}
