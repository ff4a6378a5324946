import { decodeUnlabelled } from './charsets.ts';
import { decodeWords, encodeWords } from './encodedwords.ts';
import { fold, hasShortLines, lineLimit, unfold } from './lines.ts';
import type { RawField } from './message.ts';

/** A word that a line of 998 may not hold beside its field's name. */
const longWord = 900;

/**
 * A field as it may be sent: byte for byte where SES takes it, else repaired. NUL, bare CR, VT and FF become a space,
 * 8-bit text becomes encoded-words, long lines are folded.
 *
 * @returns the field without its last line break
 */
export function plainField({ name, key, value }: RawField): string {
  const asWritten = `${name}:${value}`;
  if (isSound(value) && hasShortLines(asWritten)) return asWritten;
  const text = unfold(value).replace(/[\0\r\v\f]/g, ' ');
  const hasOddWord = /[\x80-\xff]/.test(text) || (!isStructured(key) && hasLongWord(text));
  return hasOddWord ? encodeField(name, text) : fold(`${name}:${text}`);
}

/** Whether a value holds nothing that is replaced. */
export function isSound(value: string): boolean {
  return !/[\0\v\f\x80-\xff]|\r(?!\n)/.test(value);
}

/** A field with any text as its value, as encoded-words from the first word that needs it to the last. */
export function textField(name: string, text: string): string {
  return encodeText(name, ` ${cleanText(text)}`);
}

/** Text on one line: control characters, which a decoded =0D=0A would smuggle into a header, become spaces. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

/** Fields whose words mean something to programs: encoded-words would hide them, a cut does less harm. */
function isStructured(key: string): boolean {
  return (
    /^(?:arc|content|list|resent|disposition|return)-/.test(key) ||
    ['received', 'received-spf', 'authentication-results', 'references', 'in-reply-to'].includes(key) ||
    ['message-id', 'date', 'mime-version', 'errors-to', 'delivered-to', 'autocrypt'].includes(key)
  );
}

function hasLongWord(text: string): boolean {
  return text.split(/\s+/).some((word) => word.length > longWord);
}

function encodeField(name: string, bytes: string): string {
  return encodeText(name, cleanText(decodeWords(decodeUnlabelled(Buffer.from(bytes, 'latin1')))));
}

/** What the words were is kept to the space: the encoded part begins and ends with a word. */
function encodeText(name: string, text: string): string {
  const odd = [...text.matchAll(/\S+/g)].filter(([word]) => needsEncoding(word));
  const first = odd.at(0);
  const last = odd.at(-1);
  if (first === undefined || last === undefined) return fold(`${name}:${text}`);
  const end = last.index + last[0].length;
  const before = fold(`${name}:${text.slice(0, first.index)}`);
  const column = before.length - (before.lastIndexOf('\n') + 1);
  const words = encodeWords(text.slice(first.index, end), column);
  return `${before}${words.join('\r\n ')}${fold(text.slice(end), lineLimit - longWord)}`;
}

function needsEncoding(word: string): boolean {
  return /[^!-~]/.test(word) || word.includes('=?') || word.length > longWord;
}
