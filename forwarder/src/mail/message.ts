const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Bytes to leave free before a mail, so that a longer header still fits before its body. */
export const headroom = 65_536;

/** A longer name leaves no room for a value on its line. */
const nameLimit = 900;

/** One field of a header. Its strings hold one byte a character (latin1), so that they are the bytes. */
export interface RawField {
  /** As written, without the spaces that may stand before the colon (RFC 5322 4.5). */
  readonly name: string;
  /** The name in lower case. */
  readonly key: string;
  /** What follows the colon: still folded, every line break as CRLF, without the last one. */
  readonly value: string;
}

export interface Message {
  readonly buffer: Buffer;
  /** First byte of the mail in `buffer`. */
  readonly start: number;
  /** First byte after the empty line; the end of the buffer where there is none. */
  readonly bodyStart: number;
  /** Copies of the header's bytes: laying a new header over the old one leaves them alone. */
  readonly fields: readonly RawField[];
}

/**
 * Finds header and body of the mail that begins at `start`, and takes the header apart. Lines end with CRLF or LF; a
 * bare CR ends nothing. Lines that are no field (no colon, no name, a mailbox's `From ` line) are left out, with the
 * lines that continue them. The body is not looked at.
 */
export function openMessage(buffer: Buffer, start: number): Message {
  const bodyStart = endOfHeader(buffer, start);
  return { buffer, start, bodyStart, fields: readFields(buffer.toString('latin1', start, bodyStart)) };
}

function endOfHeader(buffer: Buffer, start: number): number {
  for (let line = start; line < buffer.length; ) {
    if (buffer[line] === lineFeed) return line + 1;
    if (buffer[line] === carriageReturn && buffer[line + 1] === lineFeed) return line + 2;
    const end = buffer.indexOf(lineFeed, line);
    if (end < 0) break;
    line = end + 1;
  }
  return buffer.length;
}

function readFields(header: string): RawField[] {
  const fields: RawField[] = [];
  for (let at = 0; at < header.length; ) {
    const end = endOfField(header, at);
    const field = readField(header.slice(at, end));
    if (field !== undefined) fields.push(field);
    at = end;
  }
  return fields;
}

/** A field goes on while the next line begins with a space or a tab (RFC 5322 2.2.3). */
function endOfField(header: string, start: number): number {
  for (let end = start; ; ) {
    const lineEnd = header.indexOf('\n', end);
    if (lineEnd < 0) return header.length;
    end = lineEnd + 1;
    const next = header[end];
    if (next !== ' ' && next !== '\t') return end;
  }
}

function readField(lines: string): RawField | undefined {
  const colon = lines.indexOf(':');
  if (colon < 1 || colon > nameLimit) return undefined;
  const name = lines.slice(0, colon).replace(/[ \t]+$/, '');
  if (!/^[!-9;-~]+$/.test(name)) return undefined;
  const text = lines.slice(colon + 1).replace(/\r?\n$/, '');
  const value = text.includes('\n') ? text.replace(/\r?\n/g, '\r\n') : text;
  return { name, key: name.toLowerCase(), value };
}
