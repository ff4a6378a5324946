import { bodyOf } from '../rawHeader.ts';

/** What may happen to a mail on its way, or in a careless program. Each takes a header with CRLF, without its end. */
const mutations: Readonly<Record<string, (header: string) => string>> = {
  'LF in the header': (header) => header.replaceAll('\r\n', '\n'),
  'names in lower case': (header) => eachName(header, (name) => name.toLowerCase()),
  'names in capitals': (header) => eachName(header, (name) => name.toUpperCase()),
  'no space after the colon': (header) => header.replace(/^([!-9;-~]+):[ \t]+/gm, '$1:'),
  'a space before the colon': (header) => header.replace(/^([!-9;-~]+):/gm, '$1 :'),
  'a tab after the colon': (header) => header.replace(/^([!-9;-~]+): /gm, '$1:\t'),
  'values on a line of their own': (header) => header.replace(/^([!-9;-~]+): (?=[!-~])/gm, '$1:\r\n '),
  'folded at each comma': (header) => header.replace(/,[ \t]+/g, ',\r\n\t'),
  unfolded: (header) => header.replace(/\r\n(?=[ \t])/g, ''),
  'spaces at the end of lines': (header) => header.replace(/\r\n/g, ' \t\r\n'),
  'the fields upside down': (header) => fieldsOf(header).reverse().join('\r\n'),
  'each field twice': (header) =>
    fieldsOf(header)
      .flatMap((field) => (/^(?:To|Cc|From|Reply-To)[ \t]*:/i.test(field) ? [field] : [field, field]))
      .join('\r\n'),
  'a mailbox line first': (header) => `From ann@sender.example Tue Nov  3 10:00:00 2026\r\n${header}`,
  'a junk line in the middle': (header) => atMiddle(header, 'this line is junk'),
  'twenty more hops': (header) =>
    `${'Received: from a.example by b.example; Tue, 3 Nov 2026 09:00:00 +0000\r\n'.repeat(20)}${header}`,
  'a field of bytes': (header) => atMiddle(header, 'X-Note: Gr\xfc\xdfe \xa0\x85'),
  'a field without end': (header) => atMiddle(header, `X-Token: ${'t'.repeat(2_500)}`),
  'a byte after the subject': (header) => header.replace(/^(subject[ \t]*:.*)$/im, '$1 \xe9'),
  'a bell in the subject': (header) => header.replace(/^(subject[ \t]*:.*)$/im, '$1 \x07!'),
};

export const mutationNames = Object.keys(mutations);

/** A mail after one of the mutations. */
export function mutate(mail: Buffer, mutation: string): Buffer {
  const body = bodyOf(mail);
  const header = mail.toString('latin1', 0, mail.length - body.length).replace(/\r\n\r\n$/, '');
  const mutated = mutations[mutation]?.(header) ?? header;
  return Buffer.concat([Buffer.from(`${mutated}\r\n\r\n`, 'latin1'), body]);
}

function fieldsOf(header: string): string[] {
  return header.split(/\r\n(?![ \t])/);
}

function eachName(header: string, change: (name: string) => string): string {
  return header.replace(/^[!-9;-~]+(?=[ \t]*:)/gm, change);
}

function atMiddle(header: string, line: string): string {
  const fields = fieldsOf(header);
  return [...fields.slice(0, fields.length / 2), line, ...fields.slice(fields.length / 2)].join('\r\n');
}
