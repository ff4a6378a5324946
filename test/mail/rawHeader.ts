/** A field as it stands in a mail, unfolded, one character a byte. */
export interface RawLine {
  readonly key: string;
  readonly text: string;
  /** The field with its folding. */
  readonly raw: string;
}

/** The fields of a mail, and the lines that are none, which have no key. */
export function linesOf(mail: Buffer): RawLine[] {
  const header = mail.toString('latin1', 0, bodyStart(mail));
  return header
    .replace(/\r?\n$/, '')
    .split(/\r?\n(?![ \t])/)
    .filter((raw) => raw !== '')
    .map((raw) => {
      const [, name = '', value = ''] = /^([!-9;-~]+)[ \t]*:([\s\S]*)$/.exec(raw) ?? [];
      return { key: name.toLowerCase(), text: value.replace(/\r?\n(?=[ \t])/g, ''), raw };
    });
}

/** What comes after the first empty line. */
export function bodyOf(mail: Buffer): Buffer {
  return mail.subarray(bodyStart(mail));
}

function bodyStart(mail: Buffer): number {
  const text = mail.toString('latin1');
  const empty = /(?:^|\n)\r?\n/.exec(text);
  return empty === null ? mail.length : empty.index + empty[0].length;
}

/** The same mail without the spaces that may stand before a colon (RFC 5322 4.5), which its readers do not know. */
export function withoutSpacesBeforeColons(mail: Buffer): Buffer {
  const body = bodyOf(mail);
  const header = mail.toString('latin1', 0, mail.length - body.length);
  return Buffer.concat([Buffer.from(header.replace(/^([!-9;-~]+)[ \t]+:/gm, '$1:'), 'latin1'), body]);
}
