import { isDropped, onceOnly } from './fieldNames.ts';
import { hasShortLines, lineLimit } from './lines.ts';

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

/** The header of a mail that leaves, and what it is meant to say. */
export interface Header {
  /** Each `Name: value`, folded, without its last line break. */
  readonly fields: readonly string[];
  /** The one address of From. */
  readonly from: string;
  /** The addresses of Reply-To, in order; none where the mail has no such field. */
  readonly replyTo: readonly string[];
}

/**
 * The last look at a header that is about to leave: whether somebody who reads its bytes finds the fields that were
 * meant, none twice that may appear once, none that we never send, and the addresses that were meant in From and
 * Reply-To. A CR or LF alone, which lax programs take for the end of a line, is never meant. It shares no line with what
 * wrote the header.
 */
export function readsAs(bytes: Buffer, { fields, from, replyTo }: Header): boolean {
  const text = bytes.toString('latin1');
  if (/\r(?!\n)|(?<!\r)\n/.test(text)) return false;
  const lines = text.split('\r\n');
  // The last line break, and the empty line before it.
  if (lines.pop() !== '' || lines.pop() !== '') return false;
  const read = join(lines);
  if (read.length !== fields.length) return false;
  if (!fields.every((field, index) => field === read[index] || field.replaceAll('\r\n', '') === read[index]))
    return false;
  const named = Map.groupBy(read, (field) => field.slice(0, field.indexOf(':')).toLowerCase());
  for (const [name, same] of named) {
    if (isDropped(name) || (same.length > 1 && onceOnly.has(name))) return false;
  }
  return (
    isSame(addressesOf(named.get('from') ?? []), [from]) &&
    isSame(addressesOf(named.get('reply-to') ?? []), replyTo)
  );
}

/** Fields on one line each. A line that begins with white space goes on with the field before it, if there is one. */
function join(lines: readonly string[]): string[] {
  const fields: string[] = [];
  for (const line of lines) {
    const last = fields.length - 1;
    if ((line[0] === ' ' || line[0] === '\t') && last >= 0) fields[last] += line;
    else fields.push(line);
  }
  return fields;
}

function addressesOf(fields: readonly string[]): string[] {
  return fields.flatMap((field) => addressesIn(field.slice(field.indexOf(':') + 1)));
}

/** The words with an `@` outside quotes; comments are skipped. */
function addressesIn(value: string): string[] {
  const addresses: string[] = [];
  let start = 0;
  let isAddress = false;
  // The character that ends what encloses this one: a quoted string, a comment, an address literal.
  let end: string | undefined;
  for (let at = 0; at <= value.length; at += 1) {
    const character = value[at] ?? ',';
    if (end !== undefined) {
      if (character === '\\' && end === '"') at += 1;
      if (character !== end) continue;
      if (end === ')') start = at + 1;
      end = undefined;
    } else if (' \t<>,;:('.includes(character)) {
      if (isAddress) addresses.push(value.slice(start, at));
      isAddress = false;
      if (character === '(') end = ')';
      start = at + 1;
    } else if (character === '"') end = '"';
    else if (character === '[') end = ']';
    else if (character === '@') isAddress = true;
  }
  return addresses;
}

/** A quoted local part may be written in more than one way. */
function isSame(read: readonly string[], meant: readonly string[]): boolean {
  const plain = (address: string) => address.replace(/["\\]/g, '');
  return (
    read.length === meant.length &&
    read.every((address, index) => plain(address) === plain(meant[index] ?? ''))
  );
}
