/** A mail of the corpus. */
export interface Sample {
  readonly family: string;
  /** Alone in its family. */
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * The mails of a family by their names, written with LF where they have CRLF.
 *
 * @param encoding what becomes of characters beyond ASCII: bytes of UTF-8, or one byte each
 */
export function family(
  name: string,
  mails: Readonly<Record<string, string>>,
  encoding: 'utf8' | 'latin1' = 'utf8',
): Sample[] {
  return Object.entries(mails).map(([title, text]) => ({
    family: name,
    name: title,
    bytes: Buffer.from(text.replaceAll('\n', '\r\n'), encoding),
  }));
}
