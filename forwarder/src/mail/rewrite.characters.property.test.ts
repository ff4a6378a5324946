import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { expect, it } from 'vitest';
import { fakeIdentity as identity } from './identity.fake.ts';
import { openMessage } from './message.ts';
import { rewrite } from './rewrite.ts';

// Every character, in every field that is rewritten: none may begin a field, end the header or change who wrote. Each is
// alone in its field or mailbox, since what needs encoding beside it would hide what becomes of it.

const body = Buffer.from('From: treasurer@example.com\r\n\r\nbody \0 \xff\r', 'latin1');
const sender = 'From: Ann <ann@sender.example>';
const ours = [
  'From: "Ann (ann@sender.example) via info" <forwarder-daemon@example.com>',
  'Reply-To: "Ann" <ann@sender.example>',
  'X-Original-From: Ann <ann@sender.example>',
  'X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply',
  'X-Aliasops-Forwarded: info@example.com; id=m1',
];
const longWord = 'x'.repeat(1_000);

const size = 256;
const batches = [
  ...Array.from({ length: 0x1_0000 / size }, (_, index) => rangeFrom(index * size)),
  [0x1_0000, 0x1_000a, 0x1_000d, 0x1_200a, 0x1_f600, 0xe_0001, 0xe_0020, 0xf_000a, 0x10_ffff],
];

function rangeFrom(start: number): number[] {
  return Array.from({ length: size }, (_, index) => start + index);
}

function isSurrogate(point: number): boolean {
  return point >= 0xd800 && point <= 0xdfff;
}

/** Of a surrogate, which is no character, three bytes that are no UTF-8. */
function utf8(point: number): Buffer {
  if (!isSurrogate(point)) return Buffer.from(String.fromCodePoint(point));
  return Buffer.from([0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f)]);
}

// How a character is written in a mail, one character a byte.

function inUtf8(point: number): string {
  return `a${utf8(point).toString('latin1')}Injected b`;
}

function inLatin1(point: number): string {
  return `a${String.fromCharCode(point)}Injected b`;
}

function inQ(point: number): string {
  return `=?utf-8?Q?a${utf8(point).toString('hex').replace(/../g, '=$&').toUpperCase()}Injected_b?=`;
}

function inB(point: number): string {
  const text = Buffer.concat([Buffer.from('a'), utf8(point), Buffer.from('Injected b')]);
  return `=?UTF-8?B?${text.toString('base64')}?=`;
}

/** A raw LF ends a line of the mail as it came. */
function isWithinLine(point: number): boolean {
  return point !== 0x0a;
}

/** The header of the rewritten mail, a line a field, and all of it. Its bytes and its body are as they must be. */
function forward(fields: readonly string[]): { readonly read: readonly string[]; readonly output: Buffer } {
  const room = 4_096;
  const mail = Buffer.from(`${' '.repeat(room)}${fields.join('\r\n')}\r\n\r\n`, 'latin1');
  const output = rewrite(openMessage(Buffer.concat([mail, body]), room), identity);
  if (!output.subarray(-body.length).equals(body)) throw new Error('the body has changed');
  const lines = output.toString('latin1', 0, output.length - body.length).split(/\r\n|\r|\n/);
  if (lines.pop() !== '' || lines.pop() !== '') throw new Error('the header has no end');
  const odd = lines.find((line) => line.length > 998 || !/[!-~]/.test(line) || /[^\t -~]/.test(line));
  if (odd !== undefined) throw new Error(`no line of a header: ${JSON.stringify(odd)}`);
  const unfolded = lines.join('\n').replace(/\n(?=[ \t])/g, '');
  return { read: unfolded.split('\n'), output };
}

function namesOf(fields: readonly string[]): string {
  return fields.map((field) => field.slice(0, field.indexOf(':'))).join();
}

const [firstBatch = []] = batches;

it.each([
  {
    form: 'raw, beside words of any length',
    all: batches.map((points) => points.filter(isWithinLine)),
    write: (point: number) =>
      `${inUtf8(point)} ${'x'.repeat([1, 80, 1_000][point % 3] ?? 1)} ${inUtf8(point)}`,
  },
  {
    form: 'raw in latin1, beside words of any length',
    all: [firstBatch.filter(isWithinLine)],
    write: (point: number) =>
      `${inLatin1(point)} ${'x'.repeat([1, 80, 1_000][point % 3] ?? 1)} ${inLatin1(point)}`,
  },
  {
    // Only because of the long word are the others decoded.
    form: 'in encoded-words beside a word that no line can hold',
    all: batches,
    write: (point: number) => `${inQ(point)} ${longWord} ${inB(point)}`,
  },
])('keeps each character within a text field, $form', ({ all, write }) => {
  for (const points of all) {
    const given = points.map((point) => `X-Note-${point}: ${write(point)}`);
    const { read } = forward([sender, ...given]);
    expect(namesOf(read.slice(0, -ours.length))).toBe(namesOf(given));
    expect(read.slice(-ours.length)).toEqual(ours);
  }
});

it('keeps each character within a field that programs read, beside a byte that has it encoded', () => {
  for (const points of batches) {
    const given = points.map((point) => `List-Note-${point}: ${inQ(point)} \xe9 ${inB(point)}`);
    const { read } = forward([sender, ...given]);
    expect(namesOf(read.slice(0, -ours.length))).toBe(namesOf(given));
    expect(read.slice(-ours.length)).toEqual(ours);
  }
});

it('keeps each character within Content-Type and Content-Disposition', () => {
  for (const points of batches) {
    const parameters = points
      .filter(isWithinLine)
      .map((point) => `p${point}="${inUtf8(point)}"; q${point}="${inQ(point)} ${inB(point)}"`);
    const { read } = forward([
      sender,
      `Content-Type: text/plain; ${parameters.join('; ')}; x=${longWord}`,
      `Content-Disposition: attachment; ${parameters.join('; ')}; x=${longWord}`,
    ]);
    expect(namesOf(read.slice(0, 2))).toBe('Content-Type,Content-Disposition');
    expect(read.slice(2)).toEqual(ours);
  }
});

it('keeps each character within the name of a mailbox, as mailparser reads it', async () => {
  for (const points of batches) {
    const given = points.map((point) => `${nameFor(point)} <p${point}@d.example>`);
    // The comment is legal, and has all of the field written anew.
    const list = (third: number) =>
      ['(z) <z@d.example>', ...given.filter((_, index) => index % 3 === third)].join(',\r\n ');
    const { read, output } = forward([sender, `To: ${list(0)}`, `Cc: ${list(1)}`, `Reply-To: ${list(2)}`]);
    expect(namesOf(read)).toBe(
      'To,X-Original-To,Cc,X-Original-Cc,From,Reply-To,X-Original-From,X-Auto-Response-Suppress,X-Aliasops-Forwarded',
    );
    const mail = await simpleParser(output);
    expect(mail.from?.value).toEqual([
      { address: 'forwarder-daemon@example.com', name: 'Ann (ann@sender.example) via info' },
    ]);
    const found = new Map([mail.to, mail.cc, mail.replyTo].flatMap(mailboxes));
    expect(found.size).toBe(points.length + 1);
    for (const point of points) {
      expect(found.get(`p${point}@d.example`)).toBe(foldSpaces(seenName(point)));
    }
  }
});

it('keeps each character within the name of the author in From', () => {
  for (const points of batches) {
    const read = points.map((point) => forward([`From: ${nameFor(point)} <ann@sender.example>`]).read);
    expect(new Set(read.map(namesOf))).toEqual(
      new Set(['From,Reply-To,X-Original-From,X-Auto-Response-Suppress,X-Aliasops-Forwarded']),
    );
    expect(read.map(([from]) => readFrom(from ?? ''))).toEqual(
      points.map((point) => `${seenAuthor(point)} via info`),
    );
  }
});

it('keeps each ASCII character within an address field, whatever it means there', async () => {
  for (let point = 0; point < 0x80; point += 1) {
    if (!isWithinLine(point)) continue;
    const name = inUtf8(point);
    const { read, output } = forward([
      `From: ${name} <ann@sender.example>`,
      `To: ${name} <to@d.example>`,
      `Reply-To: ${name} ${longWord} <reply@d.example>`,
    ]);
    expect(namesOf(read)).toMatch(
      /^To,(?:X-Original-To,)?From,Reply-To,X-Original-From,X-Auto-Response-Suppress,X-Aliasops-Forwarded$/,
    );
    const { from } = await simpleParser(output);
    expect(from?.value).toEqual([
      { address: 'forwarder-daemon@example.com', name: expect.stringMatching(/ via info$/) },
    ]);
  }
});

/** In three forms; but raw only what is a character beyond ASCII, since the others change how the field is read. */
function nameFor(point: number): string {
  const words = `${inQ(point)} ${inB(point)}`;
  return point < 0x80 || isSurrogate(point) ? words : `${inUtf8(point)} ${words}`;
}

/** What somebody sees for that name. The space between two encoded-words is none. */
function seenName(point: number): string {
  const text = `a${seen(point)}Injected b`;
  return point < 0x80 || isSurrogate(point) ? `${text}${text}` : `${text} ${text}${text}`;
}

/** A name with a sign that is an @, or becomes one, is not shown. */
function seenAuthor(point: number): string {
  const isAt = String.fromCodePoint(point).normalize('NFKC').includes('@');
  return isAt ? 'ann@sender.example' : `${seenName(point)} (ann@sender.example)`;
}

function seen(point: number): string {
  if (isSurrogate(point)) return '\ufffd\ufffd\ufffd';
  if (/[\p{Cc}\u2028\u2029]/u.test(String.fromCodePoint(point))) return ' ';
  const isJoiner = point === 0x200c || point === 0x200d;
  const isFiller = [0x34f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2800, 0x3164, 0xffa0].includes(point);
  const character = String.fromCodePoint(point);
  return isFiller || (!isJoiner && /\p{Cf}/u.test(character)) ? '' : character;
}

/** The name in a From that has our address and no other; read here, since mailparser takes a minute for all of them. */
function readFrom(field: string): string | undefined {
  const words = /^From: ((?:=\?UTF-8\?B\?[A-Za-z0-9+/]+=*\?= )+)<forwarder-daemon@example\.com>$/.exec(
    field,
  )?.[1];
  if (words === undefined) {
    const quoted = /^From: "((?:[^"\\]|\\.)*)" <forwarder-daemon@example\.com>$/.exec(field)?.[1];
    return quoted?.replace(/\\(.)/g, '$1');
  }
  const texts = words.match(/(?<=\?B\?)[^?]+/g) ?? [];
  return Buffer.concat(texts.map((text) => Buffer.from(text, 'base64'))).toString();
}

/** Names by address. */
function mailboxes(list: ParsedMail['to']): [string, string][] {
  const { value } = list as AddressObject;
  return value.map(({ address = '', name }) => [address, foldSpaces(name)]);
}

/** mailparser folds white space of every kind. */
function foldSpaces(text: string): string {
  return text.replace(/\s+/g, ' ');
}
