import type { Correction } from './diagnostic.ts';
import { type Place, positionOf } from './source.ts';

/** Characters of a line; a longer one is not shown again. */
const longest = 1_000;

/** A finding's correction, where there is one. */
export interface Corrected {
  readonly correction?: Correction;
}

/** The lines of a place with another text in its stead, which may have several lines itself. */
export function replaced(place: Place, text: string): Corrected {
  const around = aroundOf(withoutBreak(place));
  if (around === undefined) return {};
  const { before, after, firstLine, lastLine } = around;
  if (before.length + text.length + after.length > longest) return {};
  return { correction: { firstLine, lastLine, lines: `${before}${text}${after}`.split('\n') } };
}

/** An entry of a list, or several in a row, with others in their stead, each as it is written in YAML. */
export function replacedEntries(place: Place, entries: readonly string[]): Corrected {
  const { before = '' } = aroundOf(place) ?? {};
  return replaced(place, entries.join(afterDash.test(before) ? `\n${before}` : ', '));
}

/** A list without an entry that is not its first. */
export function withoutEntry(place: Place): Corrected {
  const around = aroundOf(place);
  if (around === undefined) return {};
  const { before, after } = around;
  if (afterDash.test(before) && after === '') return withoutLine(place);
  const comma = /, *$/.exec(before);
  return comma === null ? {} : replaced({ ...place, start: place.start - comma[0].length }, '');
}

const afterDash = /^\s*- +$/;

/** The file without the line of a place. */
export function withoutLine({ source, start }: Place): Corrected {
  const { line } = positionOf(source, start);
  return { correction: { firstLine: line, lastLine: line, lines: [] } };
}

/** The indentation of a place's line, if nothing else stands before it. */
export function indentOf(place: Place): string | undefined {
  const { before } = aroundOf(place) ?? {};
  return before?.trim() === '' ? before : undefined;
}

/** The place of a text of several lines ends after the last line's break. */
function withoutBreak({ source, start, end }: Place): Place {
  return { source, start, end: start + source.text.slice(start, end).trimEnd().length };
}

/** What is on a place's lines before it and after it; undefined where a line is too long to be looked at each time. */
function aroundOf({ source, start, end }: Place) {
  const first = positionOf(source, start);
  const { line: lastLine } = positionOf(source, end);
  const stop = source.lineStarts[lastLine] ?? source.text.length;
  if (first.column > longest || stop - end > longest) return undefined;
  return {
    firstLine: first.line,
    lastLine,
    before: source.text.slice(start - first.column + 1, start),
    after: source.text.slice(end, stop).trimEnd(),
  };
}
