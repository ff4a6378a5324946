import { decodeUnlabelled } from './charsets.ts';
import { decodeWords } from './encodedWords.ts';
import { unfold } from './lines.ts';
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
