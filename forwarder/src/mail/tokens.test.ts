import { describe, expect, it } from 'vitest';
import { tokenize } from './tokens.ts';

const shown = (text: string) => [...tokenize(text)].map((token) => [token.kind, token.text]);

describe('tokenize', () => {
  it.each([
    ['a@b.example', [['word', 'a@b.example']]],
    ['', []],
    ['"a \\" b"', [['quoted', 'a " b']]],
    ['(a (b\\)) c)', [['comment', 'a (b)) c']]],
    ['[127.0.0.1]', [['literal', '[127.0.0.1]']]],
    ['"', [['word', '"']]],
    ['"a', [['word', '"a']]],
    ['(a', [['word', '(a']]],
    ['[a', [['word', '[a']]],
    ['=?utf-8?Q?a,b?=', [['word', '=?utf-8?Q?a,b?=']]],
    ['a\0b', [['word', 'a\0b']]],
    ['a\u00a0\u200a\u3000b\v\u2028', [['word', 'a\u00a0\u200a\u3000b\v\u2028']]],
    ['=?utf-8?Q?a\u200ab,c?=', [['word', '=?utf-8?Q?a\u200ab,c?=']]],
    [
      '=?utf\u200a-8?Q?a,b?=',
      [
        ['word', '=?utf\u200a-8?Q?a'],
        [',', ','],
        ['word', 'b?='],
      ],
    ],
  ])('cuts %j', (text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  it('gives each separator alone', () => {
    expect(shown('g:<a>,b;').map(([kind]) => kind)).toEqual([
      'word',
      ':',
      '<',
      'word',
      '>',
      ',',
      'word',
      ';',
    ]);
  });

  it('says what stands apart', () => {
    expect([...tokenize('a"b" \tc')].map(({ isApart }) => isApart)).toEqual([false, false, true]);
  });

  it('takes a closed quote after an open parenthesis', () => {
    expect(shown('( "a"')).toEqual([
      ['word', '('],
      ['quoted', 'a'],
    ]);
  });
});
