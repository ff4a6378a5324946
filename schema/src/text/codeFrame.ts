import type { Diagnostic, Span } from './diagnostic.ts';
import type { SourceText } from './source.ts';

/** The texts of the files by the path that diagnostics name; a file that is not here shows no frame. */
export type Texts = ReadonlyMap<string, SourceText>;

/** Characters of a line, and other places, that are shown. */
const longest = 110;
const mostRelated = 20;

/**
 * Diagnostics as a compiler shows them: where and what, the line with a caret under the place, the other places, the
 * likely cure. With `colours` for a terminal. Control characters in what the user wrote are made visible.
 */
export function codeframe(diagnostic: Diagnostic, texts: Texts, colours: boolean): string {
  const paint = colours ? painted : (_: keyof typeof codes, text: string): string => text;
  const { severity, message, code, help, related = [] } = diagnostic;
  const tone = severity === 'error' ? 'red' : 'yellow';
  const lines = [
    `${paint('bold', place(diagnostic))}: ${paint(tone, severity)}: ${visible(message)} ${paint('dim', `[${code}]`)}`,
    ...frame(diagnostic, texts, (text) => paint(tone, text)),
  ];
  for (const other of related.slice(0, mostRelated)) {
    lines.push(
      `  ${place(other)}: ${visible(other.message)}`,
      ...frame(other, texts, (text) => paint('dim', text)),
    );
  }
  if (related.length > mostRelated) lines.push(`  and at ${related.length - mostRelated} more places`);
  if (help !== undefined) lines.push(`  ${paint('cyan', 'help')}: ${visible(help)}`);
  return lines.join('\n');
}

function place({ file, start }: Span): string {
  return `${visible(file)}:${start.line}:${start.column}`;
}

/** The line, and under it a caret for each column of the place; a place of several lines is marked on its first. */
function frame({ file, start, end }: Span, texts: Texts, mark: (text: string) => string): string[] {
  const line = lineOf(texts.get(file), start.line);
  if (line.trim() === '') return [];
  // A long line is cut around the place.
  const from = start.column > longest ? start.column - longest / 2 : 0;
  const shown = line.slice(from, from + longest);
  const at = start.column - 1 - from;
  const stop = end.line === start.line ? end.column - 1 - from : shown.length;
  const width = Math.max(1, Math.min(stop, shown.length) - at);
  const gutter = `${start.line} | `;
  return [
    `  ${gutter}${visible(shown)}`,
    `  ${' '.repeat(gutter.length - 2)}| ${' '.repeat(cells(shown.slice(0, at)))}${mark('^'.repeat(Math.max(1, cells(shown.slice(at, at + width)))))}`,
  ];
}

function lineOf(source: SourceText | undefined, number: number): string {
  const from = source?.lineStarts[number - 1];
  if (source === undefined || from === undefined) return '';
  return source.text.slice(from, source.lineStarts[number]).replace(/\r?\n$/, '');
}

/** A terminal obeys control characters and hides others: show one dot for each instead, and a tab as a space. */
function visible(text: string): string {
  return text.replaceAll('\t', ' ').replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '\u00b7');
}

/** Columns on a terminal: marks have none, full-width and East Asian letters have two. */
function cells(text: string): number {
  const marks = text.match(/\p{M}/gu)?.length ?? 0;
  const wide =
    text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uff01-\uff60\u3000]/gu)
      ?.length ?? 0;
  return [...text].length - marks + wide;
}

const codes = { bold: 1, dim: 2, red: 31, yellow: 33, cyan: 36 } as const;

function painted(colour: keyof typeof codes, text: string): string {
  return `\u001b[${codes[colour]}m${text}\u001b[0m`;
}
