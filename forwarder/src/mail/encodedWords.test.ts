import { describe, expect, it } from 'vitest';
import { charsetsOf, decodeWords, encodeWords } from './encodedWords.ts';

describe('decodeWords', () => {
  it.each([
    ['plain', 'plain'],
    ['=?utf-8?Q?J=C3=B6rg?=', 'Jörg'],
    ['=?UTF-8?b?SsO2cmc=?=', 'Jörg'],
    ['=?iso-8859-1?q?J=F6rg_M?=', 'Jörg M'],
    ['=?iso-8859-2*pl?Q?=B1?=', 'ą'],
    ['=?utf-8?Q?a?= =?utf-8?Q?b?=', 'ab'],
    ['=?utf-8?Q?a?= and =?utf-8?Q?b?=', 'a and b'],
    ['=?utf-8?Q?J=C3?= =?utf-8?Q?=B6rg?=', 'Jörg'],
    ['=?utf-8?Q?a?= =?iso-8859-1?Q?=F6?=', 'aö'],
    ['=?utf-8?Q?with space?=', 'with space'],
    ['=?nobody-knows?Q?J=C3=B6rg?=', 'Jörg'],
    ['=?utf-7?Q?J+APY-rg_+-?=', 'Jörg +'],
    ['=?UTF-7?B?K0FQWS1yZyA=?= =?UTF-7?B?K0FQWQ==?=', 'örg ö'],
    [
      '=?iso-2022-kr?Q?=1B$)C=0E=30=0F?= =?iso-2022-kr?Q?a?=',
      '=?iso-2022-kr?Q?=1B$)C=0E=30=0F?= =?iso-2022-kr?Q?a?=',
    ],
    ['=?utf-8?X?a?=', '=?utf-8?X?a?='],
    ['=?utf-8?Q?open', '=?utf-8?Q?open'],
    ['=?utf-8?Q?=?=', '='],
    ['=?utf-8?Q??=', ''],
    ['=?utf-8?Q?a?=\u00a0=?utf-8?Q?b?=', 'a\u00a0b'],
    ['=?utf-8?Q?a?=\t =?utf-8?Q?b?=', 'ab'],
    ['=?\u212aoi8-r?Q?=C1?=', '=?\u212aoi8-r?Q?=C1?='],
    ['=?koi8-r?Q?=C1?=', '\u0430'],
    ['=?utf-8\u00a0?Q?a?=', '=?utf-8\u00a0?Q?a?='],
  ])('reads %s', (text, expected) => {
    expect(decodeWords(text)).toBe(expected);
  });
});

describe('charsetsOf', () => {
  it('names each, without its language', () => {
    expect(charsetsOf('=?CP-850?Q?a?= x =?utf-8*de?B?YQ==?=')).toEqual(['cp-850', 'utf-8']);
  });
});

describe('encodeWords', () => {
  const texts = [
    '',
    'a',
    'Jörg Müller',
    '日本語'.repeat(30),
    '👩‍👩‍👧'.repeat(20),
    'a=?b?=c',
    'x'.repeat(1_000),
  ];

  it.each(texts)('gives words of 75 characters at most that say %j', (text) => {
    const words = encodeWords(text, 30);
    expect(decodeWords(words.join(' '))).toBe(text);
    expect(words.filter((word) => word.length > 75)).toEqual([]);
  });

  it('leaves room for what stands on the first line', () => {
    const [first = ''] = encodeWords('x'.repeat(100), 30);
    expect(first.length).toBeLessThanOrEqual(45);
  });

  it.each(texts)('cuts no character of %j in two', (text) => {
    expect(encodeWords(text, 7).map(decodeWords).join('')).toBe(text);
  });

  it('replaces half a surrogate pair', () => {
    expect(decodeWords(encodeWords('a\ud800b', 0).join(' '))).toBe('a\ufffdb');
  });
});
