import { decodeUnlabelled } from './charsets.ts';
import { decodeWords } from './encodedwords.ts';
import { unfold } from './lines.ts';
import type { RawField } from './message.ts';

/**
 * What a field's bytes say, on one line: UTF-8 or else windows-1252 where they are not ASCII, control characters as
 * spaces. Encoded-words stay encoded.
 */
export function textOf({ value }: Pick<RawField, 'value'>): string {
  const bytes = unfold(value);
  const text = /[\x80-\xff]/.test(bytes) ? decodeUnlabelled(Buffer.from(bytes, 'latin1')) : bytes;
  return withoutControls(text);
}

/** What a person reads in a field, its encoded-words decoded. */
export function readableText(field: Pick<RawField, 'value'>): string {
  return withoutControls(decodeWords(textOf(field)));
}

/** Text on one line: a decoded =0D=0A would begin a new field. */
export function withoutControls(text: string): string {
  return /[^ -~]/.test(text) ? text.toWellFormed().replace(/\r\n|[\p{Cc}\u2028\u2029]/gu, ' ') : text;
}
