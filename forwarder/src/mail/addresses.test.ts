import { describe, expect, it } from 'vitest';
import { quote, readMailboxes } from './addresses.ts';

describe('readMailboxes', () => {
  it.each([
    ['an address alone', 'a@b.example', [['', 'a@b.example']]],
    ['a name', 'Ann Lee <a@b.example>', [['Ann Lee', 'a@b.example']]],
    ['a quoted name', '"Lee, Ann" <a@b.example>', [['Lee, Ann', 'a@b.example']]],
    ['an encoded name', '=?utf-8?Q?J=C3=B6rg?= <a@b.example>', [['Jörg', 'a@b.example']]],
    ['a comment for a name', 'a@b.example (Ann)', [['Ann', 'a@b.example']]],
    [
      'two',
      'a@b.example, c@d.example',
      [
        ['', 'a@b.example'],
        ['', 'c@d.example'],
      ],
    ],
    ['empty elements', ',,a@b.example,', [['', 'a@b.example']]],
    [
      'a group',
      'Team: a@b.example, c@d.example;',
      [
        ['', 'a@b.example'],
        ['', 'c@d.example'],
      ],
    ],
    ['an empty group', 'undisclosed-recipients:;', []],
    ['a route', '<@r.example,@s.example:a@b.example>', [['', 'a@b.example']]],
    [
      'a semicolon for a comma',
      'a@b.example; c@d.example',
      [
        ['', 'a@b.example'],
        ['', 'c@d.example'],
      ],
    ],
    ['two angles', '<<a@b.example>>', [['', 'a@b.example']]],
    ['a name within the angle', '<Ann <a@b.example>>', [['Ann', 'a@b.example']]],
    ['an angle that nobody closes', 'Ann <a@b.example', [['Ann', 'a@b.example']]],
    ['an address in the name', '"x@y.example" <a@b.example>', [['x@y.example', 'a@b.example']]],
    ['an address beside a name', 'Ann a@b.example', [['Ann', 'a@b.example']]],
    ['a quoted local part', '"a b"@c.example', [['', '"a b"@c.example']]],
    ['spaces around the @', 'a @ b.example', [['', 'a@b.example']]],
    ['mailto', '<mailto:a@b.example>', [['', 'a@b.example']]],
    ['a name alone', 'Ann Lee', [['Ann Lee', '']]],
    [
      'no comma between',
      '<a@b.example> <c@d.example>',
      [
        ['', 'a@b.example'],
        ['', 'c@d.example'],
      ],
    ],
    ['nothing', ' ', []],
  ])('reads %s', (_, text, expected) => {
    expect(readMailboxes(text).map(({ name, address }) => [name, address])).toEqual(expected);
  });
});

describe('quote', () => {
  it('escapes quotes and backslashes', () => {
    expect(quote('a"b\\c')).toBe('"a\\"b\\\\c"');
  });
});
