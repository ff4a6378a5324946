import fc from 'fast-check';

/** Text that breaks parsers: what structures a header, what hides structure, bytes that are no text. */
const hostile = fc.constantFrom(
  ...['<', '>', '(', ')', '"', ',', ';', ':', '@', '\\', '[', ']', '.', ' ', '\t', '=', '?', '/'],
  ...['\0', '\r', '\v', '\f', '\x07', '\x7f', '\x80', '\xe9', '\xff', '\xc3\xa9', '\xe2\x82\xac'],
  ...['\r\n ', '\n\t', '\r\n \r\n ', 'a@b.example', '<c@d.example>', '<@r,@s:e@f.example>', 'Group: ', ';'],
  ...['=?utf-8?Q?=0D=0ABcc:_x=40y.example?=', '=?utf-8?B?DQo=?=', '=?cp-850?Q?=82?=', '=?x?=', '=?utf-8?Q?'],
  ...['multipart/mixed', '; boundary=a=b', '; charset', '"quoted \\" twice"', '((nested) comment)'],
  ...['x'.repeat(1_100), 'word '.repeat(250), `${'p@q.example, '.repeat(90)}p@q.example`, ' '.repeat(1_100)],
);
const value = fc
  .array(fc.oneof(hostile, fc.string({ unit: 'grapheme-ascii', maxLength: 12 })), { maxLength: 8 })
  .map((parts) => parts.join(''));
const lineEnd = fc.constantFrom('\r\n', '\n');
const name = fc.constantFrom(
  ...[
    'From',
    'from',
    'Reply-To',
    'REPLY-TO',
    'To',
    'Cc',
    'Bcc',
    'Sender',
    'Return-Path',
    'Subject',
    'subject',
  ],
  ...['MIME-Version', 'Mime-Version', 'Content-Type', 'Content-Disposition', 'Content-Transfer-Encoding'],
  ...[
    'Date',
    'Message-ID',
    'Message-Id',
    'References',
    'In-Reply-To',
    'Received',
    'DKIM-Signature',
    'X-SES-Foo',
  ],
  ...[
    'X-Note',
    'X-Original-From',
    'X-Aliasops-Forwarded',
    'List-Id',
    'Comments',
    'Delivered-To',
    'Feedback-ID',
  ],
  ...['', 'Bad name', 'Na\xefve', 'no colon here\nX-After', `X-${'l'.repeat(950)}`],
);
const field = fc
  .tuple(name, fc.constantFrom(':', ': ', ' : ', ':\r\n '), value, lineEnd)
  .map((parts) => parts.join(''));
const header = fc.array(field, { maxLength: 12 }).map((fields) => fields.join(''));
const body = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc
    .constantFrom('', 'no final newline', '\r\n\r\n\n', `${'long '.repeat(600)}\xff\r`)
    .map((text) => Buffer.from(text, 'latin1')),
);

/** A hostile mail, and the bytes after its first empty line. */
export const hostileMail = fc.tuple(header, lineEnd, body).map(([fields, empty, bytes]) => {
  const head = Buffer.from(fields + empty, 'latin1');
  // The header of this mail ends at its first empty line, which a value may hold.
  return { bytes: Buffer.concat([head, bytes]), body: bytesAfterEmptyLine(head, bytes) };
});

function bytesAfterEmptyLine(head: Buffer, rest: Uint8Array): Buffer {
  const all = Buffer.concat([head, rest]).toString('latin1');
  const empty = /(?:^|\n)\r?\n/.exec(all);
  return Buffer.from(all.slice((empty?.index ?? 0) + (empty?.[0].length ?? all.length)), 'latin1');
}

const megabyte = 1_048_576;
const names = ['From', 'To', 'Reply-To', 'Content-Type', 'Subject'];
const units = [
  '<',
  '(',
  '"',
  ',',
  ';',
  ':',
  '[',
  '\\',
  '@',
  '.',
  'a',
  'é',
  '=?',
  '=?a?q?b?= ',
  'a,',
  '<a@b.example>,',
  ' ',
  '\r\n ',
  '=?utf-8?Q?=C3=A9?= ',
  '=?utf-8?Q?=2C?=,',
];

export interface MegabyteHeader {
  readonly name: string;
  /** What fills the field. */
  readonly unit: string;
  mail(): Buffer;
}

/** Mails with one field of a megabyte: what a tokenizer that looks back or ahead takes minutes for. */
export function megabyteHeaders(): MegabyteHeader[] {
  return units.flatMap((unit) =>
    names.map((name) => ({
      name,
      unit,
      mail: () => Buffer.from(`${name}: ${unit.repeat(Math.ceil(megabyte / unit.length))}\r\n\r\nbody`),
    })),
  );
}
