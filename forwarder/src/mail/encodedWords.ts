import { TextDecoder } from 'node:util';
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
}

/**
 * Decodes the encoded-words of a text. The space between two of them is none (RFC 2047 6.2). Neighbours of one charset
 * are decoded as one, since some programs cut a character in two.
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
      run = { charset, bytes: [] };
    }
    run.bytes.push(decodeContent(encoding, content));
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

function decodeRun({ charset, bytes }: Run): string {
  return decodeCharset(Buffer.concat(bytes), charset);
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

/**
 * Text of bytes that say nothing of their charset: UTF-8 where they are valid UTF-8, else windows-1252, which has a
 * character for every byte.
 */
export function decodeUnlabelled(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Text of bytes in a named charset; a name that nobody knows counts as none. */
export function decodeCharset(bytes: Uint8Array, charset: string): string {
  const upperHalf = upperHalfOf(charset);
  if (upperHalf !== undefined) return decodeOneByte(bytes, upperHalf);
  const decoder = decoderOf(charset);
  return decoder === undefined ? decodeUnlabelled(bytes) : decoder.decode(bytes);
}

/** Whether the name is one of the WHATWG encoding standard, which other mail software knows too. */
export function isCommonCharset(charset: string): boolean {
  return decoderOf(charset) !== undefined;
}

function decoderOf(charset: string): TextDecoder | undefined {
  try {
    return new TextDecoder(charset);
  } catch {
    return undefined;
  }
}

/** The DOS code pages of Western Europe, which TextDecoder lacks: the characters of the bytes 0x80 to 0xFF. */
const codePage437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';
const codePage850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';

function upperHalfOf(charset: string): string | undefined {
  const page = /^(?:cp|ibm|dos)?[-_]?(437|850|858)$/i.exec(charset)?.[1];
  if (page === '437') return codePage437;
  // 858 is 850 with the euro in place of the dotless i.
  return page === '858' ? codePage850.replace('ı', '€') : page && codePage850;
}

function decodeOneByte(bytes: Uint8Array, upperHalf: string): string {
  let text = '';
  for (const byte of bytes) text += byte < 0x80 ? String.fromCharCode(byte) : upperHalf.charAt(byte - 0x80);
  return text;
}
