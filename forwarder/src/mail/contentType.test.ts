import { describe, expect, it } from 'vitest';
import { contentTypeField, dispositionField, isStrictContentType } from './contentType.ts';

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
    expect(contentTypeField(field('Content-Type', value))).toBe(expected);
  });
});

it('takes a malformed type of more than 255 characters for none', () => {
  const value = ` ${'t'.repeat(254)}/x;`;
  expect(contentTypeField(field('Content-Type', value))).toBe('Content-Type: text/plain');
  expect(contentTypeField(field('Content-Type', value.replace('t', '')))).toContain('t/x');
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
