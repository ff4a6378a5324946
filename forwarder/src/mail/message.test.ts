import { describe, expect, it } from 'vitest';
import { openMessage } from './message.ts';

const open = (mail: string, start = 0) =>
  openMessage(Buffer.from(`${'x'.repeat(start)}${mail}`, 'latin1'), start);

function bodyOf({ buffer, bodyStart }: ReturnType<typeof openMessage>): string {
  return buffer.toString('latin1', bodyStart);
}

describe('openMessage', () => {
  it.each([
    ['CRLF', 'A: b\r\n\r\nbody', 'body'],
    ['LF', 'A: b\n\nbody', 'body'],
    ['a mix of both', 'A: b\r\n\nbody', 'body'],
    ['no header', '\r\nbody', 'body'],
    ['a body of empty lines', 'A: b\n\n\n\n', '\n\n'],
    ['no empty line', 'A: b\r\nC: d\r\n', ''],
    ['no line end', 'A: b', ''],
    ['a bare CR, which is no line', 'A: b\r\rC: d\n\nbody', 'body'],
    ['a line of spaces, which is not empty', 'A: b\n \nC: d\n\nbody', 'body'],
    ['nothing', '', ''],
  ])('finds the body after %s', (_, mail, body) => {
    expect(bodyOf(open(mail))).toBe(body);
    expect(bodyOf(open(mail, 3))).toBe(body);
  });

  it.each([
    ['a field', 'Subject: x\n', [['Subject', ' x']]],
    ['a space before the colon', 'Subject \t: x\n', [['Subject', ' x']]],
    ['no space after it', 'Subject:x\n', [['Subject', 'x']]],
    ['an LF-folded field as CRLF', 'A: b\n\tc\r\n d\n', [['A', ' b\r\n\tc\r\n d']]],
    ['a colon in the value', 'A: b:c\n', [['A', ' b:c']]],
    ['an empty value', 'A:\n', [['A', '']]],
    ['8-bit bytes as they are', 'A: \xc3\xa9\n', [['A', ' \xc3\xa9']]],
    ['no last line end', 'A: b', [['A', ' b']]],
  ])('reads %s', (_, header, fields) => {
    expect(open(`${header}`).fields.map(({ name, value }) => [name, value])).toEqual(fields);
  });

  it.each([
    ['a line without a colon', 'junk\n'],
    ['an empty name', ': x\n'],
    ['a mailbox’s From line', 'From a@b.example Tue Nov  3 10:00:00 2026\n'],
    ['a space in the name', 'Bad name: x\n'],
    ['an 8-bit name', 'Na\xefve: x\n'],
    ['a no-break space before the colon', 'Bcc\xa0: x\n'],
    ['a vertical tab before the colon', 'Bcc\v: x\n'],
    ['a line break before the colon', 'Bcc\r\n : x\n'],
    ['an endless name', `${'n'.repeat(901)}: x\n`],
    ['a first line that continues nothing', ' x: y\n'],
  ])('leaves out %s and what continues it', (_, line) => {
    expect(open(`${line} more: of it\nA: b\n\n`).fields.map(({ key }) => key)).toEqual(['a']);
  });
});
