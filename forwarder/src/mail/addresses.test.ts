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
    ['a bare comma in a name', 'Lee, Ann <a@b.example>', [['Lee, Ann', 'a@b.example']]],
    ['a bare comma after a space', 'Brand ,_ <a@b.example>', [['Brand ,_', 'a@b.example']]],
    ['a bare comma after a quoted part', '"Lee", Ann <a@b.example>', [['Lee, Ann', 'a@b.example']]],
    [
      'a bare comma after an encoded part',
      '=?utf-8?Q?L=C3=A9e?=, Ann <a@b.example>',
      [['Lée, Ann', 'a@b.example']],
    ],
    ['a name that ends with a comma', 'Lee, <a@b.example>', [['Lee', 'a@b.example']]],
    [
      'more commas than a name has',
      'a,b,c,d,e,f,g <x@y.example>',
      [
        ['a', ''],
        ['b', ''],
        ['c', ''],
        ['d', ''],
        ['e', ''],
        ['f,g', 'x@y.example'],
      ],
    ],
    [
      'bare commas in two names',
      'Lee, Ann <a@b.example>, Kim, Bo <c@d.example>',
      [
        ['Lee, Ann', 'a@b.example'],
        ['Kim, Bo', 'c@d.example'],
      ],
    ],
    [
      'a name and an address without an angle',
      'Lee, c@d.example',
      [
        ['Lee', ''],
        ['', 'c@d.example'],
      ],
    ],
    [
      'an empty element between',
      'Lee,, Ann <a@b.example>',
      [
        ['Lee', ''],
        ['Ann', 'a@b.example'],
      ],
    ],
    [
      'a comment in a part',
      'Lee (x), Ann <a@b.example>',
      [
        ['Lee', ''],
        ['Ann', 'a@b.example'],
      ],
    ],
    [
      'a bare comma in a group',
      'Team: Lee, Ann <a@b.example>; Bo',
      [
        ['Lee, Ann', 'a@b.example'],
        ['Bo', ''],
      ],
    ],
    [
      'words before a group',
      'Lee, Team: Ann <a@b.example>;',
      [
        ['Lee', ''],
        ['Ann', 'a@b.example'],
      ],
    ],
    [
      'words after a group',
      'Lee, Kim; Ann <a@b.example>',
      [
        ['Lee', ''],
        ['Kim', ''],
        ['Ann', 'a@b.example'],
      ],
    ],
  ])('reads %s', (_, text, expected) => {
    expect(readMailboxes(text).map(({ name, address }) => [name, address])).toEqual(expected);
  });
});

describe('quote', () => {
  it('escapes quotes and backslashes', () => {
    expect(quote('a"b\\c')).toBe('"a\\"b\\\\c"');
  });
});
