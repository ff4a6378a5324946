/** A header field as it stands in a message; text is one character a byte (latin1). */
export interface Field {
  /** As written; empty for a line that is no field. */
  readonly name: string;
  /** Unfolded and trimmed. */
  readonly value: string;
  /** Its lines without their ends. */
  readonly lines: readonly string[];
}

interface HeaderBlock {
  readonly fields: readonly Field[];
  /** The offset of the body: behind the empty line, or the length of a message that has none. */
  readonly bodyStart: number;
}

/** Splits the header of a message with CRLF or LF line ends. A line without a colon is a field without a name. */
export function headerBlock(raw: Buffer): HeaderBlock {
  const lines: string[] = [];
  let at = 0;
  while (at < raw.length) {
    const end = raw.indexOf(10, at);
    const next = end < 0 ? raw.length : end + 1;
    const line = raw.toString('latin1', at, end < 0 ? raw.length : end).replace(/\r$/, '');
    at = next;
    if (line === '') break;
    lines.push(line);
  }
  return { fields: fieldsOf(lines), bodyStart: at };
}

/** The fields of this name, in any case. */
export function fieldsNamed(fields: readonly Field[], name: string): readonly Field[] {
  return fields.filter((field) => field.name.toLowerCase() === name.toLowerCase());
}

function fieldsOf(lines: readonly string[]): readonly Field[] {
  const groups: string[][] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (/^[ \t]/.test(line) && last) last.push(line);
    else groups.push([line]);
  }
  return groups.map((group) => {
    const text = group.join('');
    const colon = text.indexOf(':');
    return {
      name: colon < 0 ? '' : text.slice(0, colon).replace(/[ \t]+$/, ''),
      value: text.slice(colon + 1).trim(),
      lines: group,
    };
  });
}
