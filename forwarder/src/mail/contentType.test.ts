import { describe, expect, it } from 'vitest';
import { contentTypeField, dispositionField, isStrictContentType } from './contentType.ts';

const nothing = { fields: [], body: Buffer.from('') };
const field = (name: string, value: string) => ({ name, key: name.toLowerCase(), value });

describe('isStrictContentType', () => {
  it.each([
    ['text/plain', true],
    [' text/plain ; charset=utf-8', true],
    ['multipart/mixed;\r\n boundary="a;b\\"c"', true],
    ['text', false],
    ['text/', false],
    ['/plain', false],
    ['text/plain;', false],
    ['text/plain; charset', false],
    ['text/plain; charset=', false],
    ['text/plain charset=utf-8', false],
    ['text/plain; a=b=c', false],
    ['text/plain; a="b', false],
    ['text/plain (comment)', false],
    ['', false],
  ])('says of %j: %s', (value, expected) => {
    expect(isStrictContentType(value)).toBe(expected);
  });
});

describe('contentTypeField', () => {
  it.each([
    [' text/html;charset=utf-8', 'Content-Type: text/html;charset=utf-8'],
    [' text/plain;', 'Content-Type: text/plain'],
    [' text', 'Content-Type: text/plain'],
    [' text / html; charset', 'Content-Type: text/html'],
    [' ; boundary=x', 'Content-Type: multipart/mixed; boundary=x'],
    [' multipart/mixed; boundary=a=b', 'Content-Type: multipart/mixed; boundary="a=b"'],
    [' image/png; name=\xe9.png', "Content-Type: image/png; name*=UTF-8''%C3%A9.png"],
    [`${' '.repeat(3)}`, undefined],
  ])('writes %j as %s', (value, expected) => {
    expect(contentTypeField(field('Content-Type', value), nothing)).toBe(expected);
  });
});

const parts = '--x 1\r\nContent-Type: text/plain\r\n\r\na\r\n--x 1--\r\n';
const marked = '--x1\nContent-Type: text/plain\n\na\n--x1--\n';

describe('the boundary of a malformed type', () => {
  it.each([
    ['no semicolon', ' multipart/mixed boundary="x1"', marked, 'multipart/mixed; boundary=x1'],
    ['no end quote', ' multipart/mixed; boundary="x1', marked, 'multipart/mixed; boundary=x1'],
    ['spaces around the sign', ' multipart/mixed; boundary = x1', marked, 'multipart/mixed; boundary=x1'],
    ['a space in it', ' multipart/mixed; boundary="x 1', parts, 'multipart/mixed; boundary="x 1"'],
    [
      'more after it',
      ' multipart/mixed; boundary=x1 (c) charset=utf-8',
      marked,
      'multipart/mixed; charset=utf-8; boundary=x1',
    ],
    ['a comment before it', ' multipart/mixed (c); boundary=x1', marked, 'multipart/mixed; boundary=x1'],
    ['half of it', ' multipart/mixed; boundary=x;', `Preamble\n\n${marked}`, 'multipart/mixed; boundary=x1'],
    ['another one', ' multipart/mixed; boundary=y;', `Preamble\n\n${marked}`, 'multipart/mixed; boundary=x1'],
    ['none, and the body has one', ' multipart/mixed', marked, 'multipart/mixed; boundary=x1'],
    ['none, and the body has one with a space', ' multipart/mixed', parts, 'multipart/mixed; boundary="x 1"'],
    ['in single quotes', " multipart/mixed; boundary='x 1'", parts, 'multipart/mixed; boundary="x 1"'],
    [
      'an empty one first',
      ' multipart/mixed; boundary=""; boundary=x1',
      marked,
      'multipart/mixed; boundary=x1',
    ],
    ['an empty one', ' multipart/mixed; boundary=""', marked, 'multipart/mixed; boundary=x1'],
    [
      'none, and the line is not repeated',
      ' multipart/mixed',
      '--x1\nContent-Type: text/plain\n\na\n',
      'text/plain',
    ],
    ['none, and the line is a signature', ' multipart/mixed', '--x1\nJane\n--x1\n', 'text/plain'],
    ['none anywhere', ' multipart/alternative; charset=utf-8', 'a', 'text/plain; charset=utf-8'],
    ['one that the body lacks', ' multipart/mixed; boundary=y;', 'a', 'multipart/mixed; boundary=y'],
    ['one beside no type', ' mixed; boundary=x1', marked, 'multipart/mixed; boundary=x1'],
    ['one beside another type', ' text/html; boundary=x1;', marked, 'text/html; boundary=x1'],
  ])('is mended where there is %s', (_, value, body, expected) => {
    const surroundings = { fields: [], body: Buffer.from(body) };
    expect(contentTypeField(field('Content-Type', value), surroundings)?.replaceAll('\r\n', '')).toBe(
      `Content-Type: ${expected}`,
    );
  });
});

describe('a type that is none', () => {
  const disposition = (value: string) => [field('Content-Disposition', value)];

  it.each([
    ['a name', ' application-x-gzip; name=a.gz', [], 'application/octet-stream; name=a.gz'],
    [
      'a name in another charset',
      " gzip; name*=UTF-8''a.gz",
      [],
      "application/octet-stream; name*=UTF-8''a.gz",
    ],
    [
      'a name elsewhere',
      ' application-x-gzip',
      disposition(' attachment; filename="a.gz"'),
      'application/octet-stream',
    ],
    ['no name', ' application-x-gzip', disposition(' attachment'), 'text/plain'],
    ['another parameter', ' text; names=x', [], 'text/plain; names=x'],
  ])('is a file where there is %s', (_, value, fields, expected) => {
    expect(contentTypeField(field('Content-Type', value), { ...nothing, fields })).toBe(
      `Content-Type: ${expected}`,
    );
  });
});

it('takes a malformed type of more than 255 characters for none', () => {
  const value = ` ${'t'.repeat(254)}/x;`;
  expect(contentTypeField(field('Content-Type', value), nothing)).toBe('Content-Type: text/plain');
  expect(contentTypeField(field('Content-Type', value.replace('t', '')), nothing)).toContain('t/x');
});

describe('dispositionField', () => {
  it.each([
    [' attachment; filename=a b.txt', 'Content-Disposition: attachment; filename=a b.txt'],
    [' attachment; filename="\xe9.txt"', "Content-Disposition: attachment; filename*=UTF-8''%C3%A9.txt"],
    [' \xe9', 'Content-Disposition: =?UTF-8?B?w6k=?='],
  ])('writes %j as %s', (value, expected) => {
    expect(dispositionField(field('Content-Disposition', value))).toBe(expected);
  });
});
