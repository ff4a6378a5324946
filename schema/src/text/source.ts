import type { Span } from './diagnostic.ts';

/** An entry of the folder of alias files, as the caller found it. */
export interface SourceFile {
  /** Relative to the folder, such as `example.com.yml`. */
  readonly name: string;
  /** As it is shown to the user. */
  readonly path: string;
  /** `misplaced` is a file in a subfolder, where none is read. */
  readonly kind: 'file' | 'directory' | 'link' | 'too-large' | 'misplaced';
  /** Empty unless it is a file. */
  readonly bytes: Uint8Array;
  /** In bytes, of a file that is too large to be read. */
  readonly size?: number;
}

/** A file's text, without a byte-order mark, and where its lines begin. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
  /** Offsets in UTF-16 units; the first is 0. */
  readonly lineStarts: readonly number[];
}

/** A stretch of a text, in UTF-16 offsets; `end` is exclusive. */
export interface Place {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}

export function createSourceText(path: string, text: string): SourceText {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return { path, text, lineStarts };
}

export function spanOf({ source, start, end }: Place): Span {
  return { file: source.path, start: positionOf(source, start), end: positionOf(source, end) };
}

/** Where a file as a whole is judged: its first character. */
export function startOfFile(path: string): Span {
  return { file: path, start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
}

/** The position of a UTF-16 offset. */
export function positionOf({ lineStarts }: SourceText, offset: number): Span['start'] {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
}
