import { hasShortLines, lineLimit } from './lines.ts';
import { type Header, readsAs } from './readBack.ts';

/** A header that others would not read as it was meant. Whoever gets it sends the mail in another form. */
export class UnsafeHeader extends Error {
  override readonly name = 'UnsafeHeader';
}

/**
 * The header block of a mail, its empty line included.
 *
 * @throws UnsafeHeader where a field is not safe, or where what was written says something else than what was meant
 */
export function writeHeader(header: Header): Buffer {
  const bytes = headerBytes(header.fields);
  if (!readsAs(bytes, header)) throw new UnsafeHeader('the header does not read as it was meant');
  return bytes;
}

/**
 * The only place where the text of a header becomes bytes; it also writes the headers of body parts.
 *
 * @returns the fields with their line breaks, and the empty line
 * @throws UnsafeHeader for a field that is not safe
 */
export function headerBytes(fields: readonly string[]): Buffer {
  // No text in the error: a header is a stranger's.
  if (!fields.every(isSafeField)) throw new UnsafeHeader('a field has more than printable ASCII and folding');
  return Buffer.from(`${fields.map((field) => `${field}\r\n`).join('')}\r\n`, 'latin1');
}

/**
 * Whether a field is one field to everybody: a name, then printable ASCII, spaces and tabs, folded by CRLF before lines
 * that are not blank (RFC 5322 2.2.3, without the obsolete forms of 4.2), no line longer than 998 octets (2.1.1). Any other
 * character would lose its high byte when it is written: U+200A would become a line feed.
 */
export function isSafeField(field: string): boolean {
  // Most fields are one line, which takes one look.
  if (field.length <= lineLimit && oneLine.test(field)) return true;
  return named.test(field) && !unsafe.test(field) && hasShortLines(field);
}

const oneLine = /^[!-9;-~]+:[\t -~]*$/;
const named = /^[!-9;-~]+:/;
const unsafe = /[^\t\r\n -~]|\r(?!\n[ \t]+[!-~])|(?<!\r)\n/;
