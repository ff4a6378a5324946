import { decodeCharset } from './charsets.ts';
import { isBlank } from './lines.ts';

/** RFC 2047 2: an encoded-word has at most 75 characters, a line that holds one at most 76. */
const wordLimit = 75;
const opening = '=?UTF-8?B?';
const closing = '?=';

/**
 * `=?CHARSET?ENCODING?TEXT?=`. No part may contain `?`, so that a search never reads the same bytes more than three
 * times. Spaces in the text are against the RFC and common. A charset's name is printable ASCII, so that folding its case
 * turns no other letter (the Kelvin sign) into one of ASCII.
 */
const encodedWord = /=\?([!->@-~]*)\?([bq])\?([^?\r\n]*)\?=/gi;

interface Run {
  readonly charset: string;
  readonly bytes: Buffer[];
  /** The words themselves, for a charset that nobody can read. */
  readonly words: string[];
}

/**
 * Decodes the encoded-words of a text. The space between two of them is none (RFC 2047 6.2). Neighbours of one charset
 * are decoded as one, since some programs cut a character in two. Those of a charset that cannot be read stay words.
 */
export function decodeWords(text: string): string {
  if (!text.includes('=?')) return text;
  const parts: string[] = [];
  let run: Run | undefined;
  let end = 0;
  for (const match of text.matchAll(encodedWord)) {
    const [word, label = '', encoding = '', content = ''] = match;
    const charset = label.replace(/\*.*$/, '').toLowerCase();
    const between = text.slice(end, match.index);
    const isNeighbour = run !== undefined && isBlank(between);
    if (!isNeighbour || run?.charset !== charset) {
      if (run !== undefined) parts.push(decodeRun(run));
      if (!isNeighbour) parts.push(between);
      run = { charset, bytes: [], words: [] };
    }
    run.bytes.push(decodeContent(encoding, content));
    run.words.push(word);
    end = match.index + word.length;
  }
  if (run !== undefined) parts.push(decodeRun(run));
  parts.push(text.slice(end));
  return parts.join('');
}

/** The charsets that the encoded-words of a text name, in lower case. */
export function charsetsOf(text: string): string[] {
  return [...text.matchAll(encodedWord)].map(([, label = '']) => label.replace(/\*.*$/, '').toLowerCase());
}

function decodeRun({ charset, bytes, words }: Run): string {
  return decodeCharset(Buffer.concat(bytes), charset) ?? words.join(' ');
}

function decodeContent(encoding: string, content: string): Buffer {
  if (encoding.toLowerCase() === 'b') return Buffer.from(content, 'base64');
  const escaped = /[^\0-\x7f]/.test(content) ? Buffer.from(content).toString('latin1') : content;
  const bytes = escaped
    .replaceAll('_', ' ')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}

/**
 * Encodes a text as UTF-8 encoded-words, never cutting a character. The words belong on one line each.
 *
 * @param column characters that already stand on the first word's line
 */
export function encodeWords(text: string, column: number): string[] {
  const bytes = Buffer.from(text);
  const words: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = endOfPiece(bytes, start + roomAfter(start === 0 ? column : 1));
    words.push(`${opening}${bytes.toString('base64', start, end)}${closing}`);
    start = end;
  }
  return words;
}

/** Bytes that fit into one encoded-word that begins at this column; base64 makes four characters of three. */
function roomAfter(column: number): number {
  const characters = wordLimit - Math.min(column, 30) - opening.length - closing.length;
  return Math.floor(characters / 4) * 3;
}

/** The last place up to `end` where a character of UTF-8 begins: a byte 10xxxxxx continues one. */
function endOfPiece(bytes: Buffer, end: number): number {
  let at = end;
  while (((bytes[at] ?? 0) & 0xc0) === 0x80) at -= 1;
  return at;
}
