import { describe, expect, it } from 'vitest';
import { isStrictAddress, isStrictAddressList } from './strictAddresses.ts';

describe('isStrictAddressList', () => {
  it.each([
    'a@b.example',
    ' a@b.example ,\r\n\t<c@d.example>',
    'Ann B. Lee <a@b.example>',
    '"Lee, \\"Ann\\"" <a@b.example>',
    'a@b.example (Ann)',
    '"a b"@c.example',
    'a@[127.0.0.1]',
    'Team: a@b.example, Ann <c@d.example>;',
    'undisclosed-recipients:;',
    '=?utf-8?Q?J=C3=B6rg?= <a@b.example>',
  ])('takes %s', (value) => {
    expect(isStrictAddressList(value)).toBe(true);
  });

  it.each([
    '',
    ' ',
    'a',
    'a@',
    '@b.example',
    'a@b.example,',
    ',a@b.example',
    'a@b.example,,c@d.example',
    'a@b.example; c@d.example',
    'a@b.example c@d.example',
    '<a@b.example> <c@d.example>',
    '<<a@b.example>>',
    '<@r.example:a@b.example>',
    '<a@b.example',
    '<>',
    'Ann <>',
    'a.@b.example',
    '.a@b.example',
    'a..c@b.example',
    'a@b..example',
    'a@b_c.example',
    'a@-b.example',
    'a b@c.example',
    'a@b.example (Ann',
    'a@b.example ((Ann))',
    'Lee, Ann <a@b.example>',
    'a@x.example <a@b.example>',
    '"Ann <a@b.example>',
    'Team: a@b.example',
    'Team: Team: a@b.example;;',
    '=?cp-850?Q?=82?= <a@b.example>',
    'J\xf6rg <a@b.example>',
  ])('does not take %j', (value) => {
    expect(isStrictAddressList(value)).toBe(false);
  });
});

describe('isStrictAddress', () => {
  it.each([
    ['a@b.example', true],
    ['a@b', true],
    ['a@b.example ', false],
    ['<a@b.example>', false],
    ['a@b.example,c@d.example', false],
    [`a@${'b'.repeat(63)}.example`, true],
    [`a@${'b'.repeat(64)}.example`, false],
  ])('reads %s as %s', (text, expected) => {
    expect(isStrictAddress(text)).toBe(expected);
  });

  it('takes 500 characters and no more', () => {
    expect(isStrictAddress(`${'a'.repeat(490)}@b.example`)).toBe(true);
    expect(isStrictAddress(`${'a'.repeat(491)}@b.example`)).toBe(false);
  });
});
