/** RFC 5322 2.1.1: a line has at most 998 characters, and better 78. */
export const lineLimit = 998;
const preferredLimit = 76;

/** Whether every line keeps the limit. A field's first line includes its name. */
export function hasShortLines(field: string): boolean {
  if (field.length <= lineLimit) return true;
  return field.split('\r\n').every((line) => line.length <= lineLimit);
}

/**
 * Folds a text that stands on one line: before white space only, so that unfolding gives the same text, and never so
 * that a line is all white space. A word that no line can hold is cut, white space that none can hold is one space.
 *
 * @param column characters that already stand on its first line
 */
export function fold(text: string, column = 0): string {
  const parts: string[] = [];
  let length = column;
  for (const [, space = '', word = ''] of text.matchAll(/([ \t]*)([^ \t]*)/g)) {
    const gap = space.length > preferredLimit ? ' ' : space;
    const isFull = length + gap.length + word.length > preferredLimit;
    if (isFull && length > 0 && gap !== '' && word !== '') {
      parts.push('\r\n');
      length = 0;
    }
    const pieces = cut(word, lineLimit - length - gap.length);
    parts.push(gap, pieces.join('\r\n '));
    length = pieces.length > 1 ? (pieces.at(-1) ?? '').length + 1 : length + gap.length + word.length;
  }
  return parts.join('');
}

/** The first piece has the room that is left, each further one has a line. */
function cut(word: string, room: number): string[] {
  const pieces = [word.slice(0, room)];
  for (let at = room; at < word.length; at += lineLimit - 1) pieces.push(word.slice(at, at + lineLimit - 1));
  return pieces;
}

/** A field of words that belong apart, as many on a line as fit. */
export function layOut(name: string, words: readonly string[]): string {
  const lines: string[] = [];
  let line = `${name}:`;
  for (const [index, word] of words.entries()) {
    if (index > 0 && line.length + 1 + word.length > preferredLimit) {
      lines.push(line);
      line = '';
    }
    line += ` ${word}`;
  }
  return [...lines, line].join('\r\n');
}

/** Whether a folded text is nothing but white space. */
export function isBlank(text: string): boolean {
  return /^[ \t\r\n]*$/.test(text);
}

/**
 * A text without the white space around it. Only space and tab are white space in a header (RFC 5322 2.2.2): what else
 * JavaScript takes for it (U+00A0, U+200A, U+3000, vertical tab) is text like any other, which `\s` and `trim` must
 * not touch.
 */
export function trimBlank(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text[start])) start += 1;
  while (end > start && isSpace(text[end - 1])) end -= 1;
  return text.slice(start, end);
}

export function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

/** What a folded value says on one line (RFC 5322 2.2.3). */
export function unfold(value: string): string {
  return value.replaceAll('\r\n', '');
}
