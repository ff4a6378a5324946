import { describe, expect, it } from 'vitest';
import { headerBytes, isSafeField, UnsafeHeader, writeHeader } from './headerBytes.ts';

describe('isSafeField', () => {
  it.each([
    ['text', 'Subject: one', true],
    ['a tab', 'Subject:\tone', true],
    ['nothing', 'Subject:', true],
    ['a fold before a space', 'Subject:\r\n one', true],
    ['a fold before a tab', 'Subject: one\r\n\ttwo', true],
    ['no name', ': one', false],
    ['no colon', 'Subject', false],
    ['a space in the name', 'Sub ject: one', false],
    ['a fold before a colon', 'Subject\r\n : one', false],
    ['a second field', 'Subject: one\r\nFrom: x', false],
    ['a bare LF', 'Subject: one\n two', false],
    ['a bare CR', 'Subject: one\r two', false],
    ['CR CR LF', 'Subject: one\r\r\n two', false],
    ['a blank line', 'Subject: one\r\n \r\n two', false],
    ['a blank last line', 'Subject: one\r\n ', false],
    ['a last line break', 'Subject: one\r\n', false],
    ['NUL', 'Subject: \0', false],
    ['a vertical tab', 'Subject: \v', false],
    ['DEL', 'Subject: \x7f', false],
    ['an 8-bit byte', 'Subject: \xe9', false],
    ['a no-break space', 'Subject: \xa0', false],
    ['a hair space, whose low byte is LF', 'Subject: \u200a', false],
    ['a character whose low byte is a letter', 'Subject: \u0141', false],
    ['a line of 998', `S: ${'x'.repeat(995)}`, true],
    ['a line of 999', `S: ${'x'.repeat(996)}`, false],
    ['a folded line of 999', `S: x\r\n ${'x'.repeat(998)}`, false],
  ])('judges %s', (_, field, expected) => {
    expect(isSafeField(field)).toBe(expected);
  });
});

describe('headerBytes', () => {
  it('writes each field on its line, and the empty line', () => {
    expect(headerBytes(['A: b', 'C: d\r\n e']).toString()).toBe('A: b\r\nC: d\r\n e\r\n\r\n');
    expect(headerBytes([]).toString()).toBe('\r\n');
  });

  it('refuses all for one field that is not safe, and does not quote it', () => {
    expect(() => headerBytes(['A: b', 'Secret: \u200a'])).toThrow(UnsafeHeader);
    expect(() => headerBytes(['Secret: \u200a'])).not.toThrow(/Secret|\u200a/);
  });
});

describe('writeHeader', () => {
  const header = { from: 'a@b.example', replyTo: [] };

  it('gives the bytes of a header that says what it is meant to', () => {
    expect(writeHeader({ ...header, fields: ['From: a@b.example'] }).toString()).toBe(
      'From: a@b.example\r\n\r\n',
    );
  });

  it('refuses one that says something else', () => {
    expect(() => writeHeader({ ...header, fields: ['From: other@b.example'] })).toThrow(UnsafeHeader);
  });
});
