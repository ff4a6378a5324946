import { decodeUnlabelled } from './charsets.ts';
import { decodeWords, encodeWords } from './encodedWords.ts';
import { isSafeField } from './headerBytes.ts';
import { fold, lineLimit, unfold } from './lines.ts';
import type { RawField } from './message.ts';

/** A field's bytes as text, unfolded: UTF-8 or else windows-1252 where they are not ASCII. Encoded-words stay encoded. */
export function decodedText({ value }: Pick<RawField, 'value'>): string {
  const bytes = unfold(value);
  return /[\x80-\xff]/.test(bytes) ? decodeUnlabelled(Buffer.from(bytes, 'latin1')) : bytes;
}

/** The same without control characters. */
export function textOf(field: Pick<RawField, 'value'>): string {
  return withoutControls(decodedText(field));
}

/** What a person reads in a field, its encoded-words decoded. */
export function readableText(field: Pick<RawField, 'value'>): string {
  return withoutControls(decodeWords(decodedText(field)));
}

/** Text on one line: a decoded =0D=0A would begin a new field. */
export function withoutControls(text: string): string {
  return /[^ -~]/.test(text) ? text.toWellFormed().replace(/\r\n|[\p{Cc}\u2028\u2029]/gu, ' ') : text;
}

/** A word that a line may not hold beside its field's name. */
const longWord = 900;

/**
 * A field as it may be sent: byte for byte where it is safe, else repaired. Control characters become spaces, 8-bit text
 * becomes encoded-words, long lines and blank ones are folded anew.
 *
 * @returns the field without its last line break
 */
export function plainField(field: RawField): string {
  const written = asWritten(field);
  if (isSafeField(written)) return written;
  const { name, key, value } = field;
  const text = unfold(value).replace(/[^\t -~\x80-\xff]/g, ' ');
  const needsWords = /[\x80-\xff]/.test(text) || (!isStructured(key) && hasLongWord(text));
  return needsWords ? encodeText(name, readableText(field)) : fold(`${name}:${text}`);
}

/** A field with any text as its value. */
export function textField(name: string, text: string): string {
  return encodeText(name, ` ${text}`);
}

export function asWritten({ name, value }: RawField): string {
  return `${name}:${value}`;
}

/** Whether a field may be sent byte for byte, as far as its bytes go. */
export function isSound(field: RawField): boolean {
  return isSafeField(asWritten(field));
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
  return text.split(/[ \t]+/).some((word) => word.length > longWord);
}

/** Encoded from the first word that needs it to the last, so that every space between them is kept. */
function encodeText(name: string, text: string): string {
  const odd = [...text.matchAll(/[^ \t]+/g)].filter(([word]) => needsEncoding(word));
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
