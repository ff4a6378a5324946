import { oneLine } from './oneLine.ts';

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
