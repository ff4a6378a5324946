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
  const { source } = place;
  // The place of a text of several lines ends after the last line's break.
  const end = place.start + source.text.slice(place.start, place.end).trimEnd().length;
  const before = source.text.slice(startOfLine(place), place.start);
  const after = source.text.slice(end, endOfLine({ ...place, end })).trimEnd();
  if (before.length + text.length + after.length > longest) return {};
  return {
    correction: {
      firstLine: positionOf(source, place.start).line,
      lastLine: positionOf(source, end).line,
      lines: `${before}${text}${after}`.split('\n'),
    },
  };
}

/** An entry of a list, or several in a row, with others in their stead, each as it is written in YAML. */
export function replacedEntries(place: Place, entries: readonly string[]): Corrected {
  const before = place.source.text.slice(startOfLine(place), place.start);
  return replaced(place, entries.join(/^\s*- +$/.test(before) ? `\n${before}` : ', '));
}

/** A list without an entry that is not its first. */
export function withoutEntry(place: Place): Corrected {
  const { source, start, end } = place;
  const from = startOfLine(place);
  const to = endOfLine(place);
  const before = source.text.slice(from, start);
  if (/^\s*- +$/.test(before) && source.text.slice(end, to).trim() === '') return withoutLine(place);
  const comma = /,[ ]*$/.exec(before);
  return comma === null ? {} : replaced({ source, start: from + comma.index, end }, '');
}

/** The file without the line of a place. */
export function withoutLine({ source, start }: Place): Corrected {
  const { line } = positionOf(source, start);
  return { correction: { firstLine: line, lastLine: line, lines: [] } };
}

/** The indentation of a place's line, if nothing else stands before it. */
export function indentOf(place: Place): string | undefined {
  const before = place.source.text.slice(startOfLine(place), place.start);
  return before.trim() === '' ? before : undefined;
}

function startOfLine({ source: { text }, start }: Place): number {
  return start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1;
}

function endOfLine({ source: { text }, end }: Place): number {
  const at = text.indexOf('\n', end);
  return at < 0 ? text.length : at;
}
