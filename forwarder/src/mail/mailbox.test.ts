import { describe, expect, it } from 'vitest';
import { cleanName, listWords, mailboxWords, usableAddress, usableMailboxes } from './mailbox.ts';

describe('usableAddress', () => {
  it.each([
    ['a@b.example', 'a@b.example'],
    ['A.B+c@B.Example', 'A.B+c@B.Example'],
    ['a@b.example.', 'a@b.example'],
    ['a@bücher.example', 'a@xn--bcher-kva.example'],
    ['a..b@c.example', '"a..b"@c.example'],
    ['a b@c.example', '"a b"@c.example'],
    ['jörg@b.example', undefined],
    ['a', undefined],
    ['@b.example', undefined],
    ['a@', undefined],
    ['a@b c.example', undefined],
    ['a\0b@c.example', undefined],
    ['a\r\nBcc: x@c.example', undefined],
    ['=?utf-8?Q?x?=@c.example', undefined],
  ])('makes of %j: %s', (address, expected) => {
    expect(usableAddress(address)).toBe(expected);
  });
});

describe('cleanName', () => {
  it.each([
    ['Ann  Lee ', 'Ann Lee'],
    ['Ann\r\nBcc: x@y.example', 'Ann Bcc: x@y.example'],
    ['a\u202eb\u2066c', 'abc'],
    ['\0', ''],
    ['A\u200bn\u200en\u2060 \ufeffL\u00ade\u{e0061}e', 'Ann Lee'],
    ['Ann\u3164\uffa0\u115f\u1160\u2800', 'Ann'],
    ['👩\u200d👧 \u0646\u200c\u06cc', '👩\u200d👧 \u0646\u200c\u06cc'],
    ['山田\u3000太郎', '山田\u3000太郎'],
    [`Ann${'\u3000\u00a0'.repeat(20)}Lee\u2003`, 'Ann Lee'],
    ['\u00a0\u200b\ufeff', ''],
    [`${'a'.repeat(99)}\u00a0b`, 'a'.repeat(99)],
    ['👩'.repeat(150), '👩'.repeat(100)],
  ])('shows %j as %j', (name, expected) => {
    expect(cleanName(name)).toBe(expected);
  });
});

describe('usableMailboxes', () => {
  it('passes over what has no address', () => {
    const mailboxes = [
      { name: 'Ann', address: '' },
      { name: ' Bo\n', address: 'bo@b.example' },
    ];
    expect(usableMailboxes(mailboxes)[0]).toEqual({ name: 'Bo', address: 'bo@b.example' });
    expect(usableMailboxes([])).toEqual([]);
  });
});

describe('mailboxWords', () => {
  it.each([
    ['', ['a@b.example']],
    ['Ann', ['"Ann"', '<a@b.example>']],
    ['Lee, "Ann"', ['"Lee, \\"Ann\\""', '<a@b.example>']],
    ['Jörg', ['=?UTF-8?B?SsO2cmc=?=', '<a@b.example>']],
    ['=?x', ['=?UTF-8?B?PT94?=', '<a@b.example>']],
  ])('writes %j', (name, expected) => {
    expect(mailboxWords({ name, address: 'a@b.example' }, 6)).toEqual(expected);
  });
});

describe('listWords', () => {
  it('ends each mailbox but the last with a comma', () => {
    const mailboxes = [
      { name: 'Ann', address: 'a@b.example' },
      { name: '', address: 'c@d.example' },
    ];
    expect(listWords(mailboxes, 4)).toEqual(['"Ann"', '<a@b.example>,', 'c@d.example']);
  });
});
