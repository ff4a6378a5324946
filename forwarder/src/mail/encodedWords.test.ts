import { describe, expect, it } from 'vitest';
import {
  charsetsOf,
  decodeCharset,
  decodeUnlabelled,
  decodeWords,
  encodeWords,
  isCommonCharset,
} from './encodedWords.ts';

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

const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('decodeUnlabelled', () => {
  it.each([
    ['UTF-8', '\xc3\xa9', 'é'],
    ['windows-1252 where it is not', '\xe9\x80', 'é€'],
    ['a cut character as windows-1252', 'a\xc3', 'aÃ'],
  ])('reads %s', (_, text, expected) => {
    expect(decodeUnlabelled(bytes(text))).toBe(expected);
  });
});

describe('decodeCharset', () => {
  it.each([
    ['utf-8', '\xc3\xa9', 'é'],
    ['ISO-8859-2', '\xb1', 'ą'],
    ['cp850', '\x82\xd5', 'éı'],
    ['cp-850', '\x82', 'é'],
    ['IBM437', '\x9b', '¢'],
    ['cp858', '\xd5', '€'],
    ['shift_jis', '\x93\xfa', '日'],
    ['nobody-knows', '\xc3\xa9', 'é'],
    ['', '\xe9', 'é'],
  ])('reads %s', (charset, text, expected) => {
    expect(decodeCharset(bytes(text), charset)).toBe(expected);
  });

  it.each(['cp437', 'cp850', 'cp858'])('has a character for every byte of %s', (charset) => {
    const text = decodeCharset(
      Uint8Array.from({ length: 256 }, (_, byte) => byte),
      charset,
    );
    expect(new Set(text).size).toBe(256);
  });
});

describe('isCommonCharset', () => {
  it.each([
    ['utf-8', true],
    ['Latin1', true],
    ['cp-850', false],
    ['', false],
  ])('says of %j: %s', (charset, expected) => {
    expect(isCommonCharset(charset)).toBe(expected);
  });
});
