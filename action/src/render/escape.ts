/** Line breaks and other control characters as spaces: a text from outside never begins a line of its own. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}

/** In UTF-16 units: more than any address has, and more of a text than anybody reads in a list. */
const codeLimit = 400;
const markdownLimit = 2_000;

/** The beginning of a text, and how much is left out: cut before it is escaped, so that no escape is cut in two. */
function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const start = text.slice(0, limit).replace(/[\ud800-\udbff]$/, '');
  const more = text.length - start.length;
  return `${start}… (${more.toLocaleString('en')} more character${more === 1 ? '' : 's'})`;
}

/**
 * A name or an address from outside as a Markdown code span, in which nothing is markup, HTML, a link or a mention.
 * The fence is longer than any run of backticks within (CommonMark 0.31, 6.1).
 */
export function code(text: string): string {
  const line = shortened(oneLine(text).trim(), codeLimit);
  if (line === '') return '(empty)';
  const runs = line.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map(({ length }) => length)) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/**
 * The same for a cell of a table: its line may break after the sign of an address, so that more of the table has room
 * on a telephone. GitHub lets these two elements through.
 */
export function breakable(text: string): string {
  if (!text.includes('@')) return code(text);
  const line = shortened(oneLine(text).trim(), codeLimit);
  return `<code>${markdown(line).replaceAll('&#64;', '&#64;<wbr>')}</code>`;
}

/**
 * Text from outside as Markdown that shows it and does nothing else: no markup, no HTML, no link, no mention. One
 * line, so that it can stand in a list or a table.
 */
export function markdown(text: string): string {
  return shortened(oneLine(text), markdownLimit)
    .replace(/[\\`*_{}[\]()#+!|~$^=:-]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('@', '&#64;');
}

/** A sentence from outside whose quotations, between backticks, are shown as code, where one can tell which these are. */
export function prose(text: string): string {
  const parts = text.split('`');
  if (parts.length % 2 === 0 || text.length > markdownLimit) return markdown(text);
  return parts
    .map((part, index) => (index % 2 === 1 ? code(part) : part === '' ? '' : markdown(part)))
    .join('');
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

/**
 * Bytes of a comment or an issue, less what a marker in front takes. GitHub's limit is 65,536 characters, of which each
 * has a byte or more.
 */
export const commentLimit = 65_536 - 512;

/** Bytes of what one step adds to its summary, of which GitHub takes 1 MiB: a step adds three times at most. */
export const summaryLimit = 300_000;

/**
 * Joins lines, and leaves out whole ones, counted, where they would not fit into a number of bytes: the last of `rows`
 * first, then of `head`. The tail always stands. `unseen` rows were left out before.
 */
export function cutRows(
  head: readonly string[],
  rows: readonly string[],
  tail: readonly string[],
  limit: number,
  unseen = 0,
): string {
  const end = tail.length === 0 ? '' : `\n${tail.join('\n')}`;
  const lines = [...head, ...rows];
  const fitting = fittingIn(lines, limit - Buffer.byteLength(end) - 100);
  const left = unseen + lines.slice(fitting).filter((line) => line !== '' && !line.startsWith('#')).length;
  if (left === 0) return `${lines.join('\n')}${end}\n`;
  const rest = `${left.toLocaleString('en')} more ${left === 1 ? 'line is' : 'lines are'} not shown here; the log of the run has them all.`;
  return `${[...lines.slice(0, fitting), '', rest].join('\n')}${end}\n`;
}

/** How many lines, from the first, have room in a number of bytes. */
export function fittingIn(lines: readonly string[], room: number): number {
  let used = 0;
  const over = lines.findIndex((line) => {
    used += Buffer.byteLength(line) + 1;
    return used > room;
  });
  return over < 0 ? lines.length : over;
}
