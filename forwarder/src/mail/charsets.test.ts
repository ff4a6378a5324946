import { describe, expect, it } from 'vitest';
import { decodeCharset, decodeUnlabelled, isCommonCharset } from './charsets.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('decodeUnlabelled', () => {
  it.each([
    ['UTF-8', '\xc3\xa9', 'é'],
    ['windows-1252 where it is not', '\xe9\x80', 'é€'],
    ['a cut character as windows-1252', 'a\xc3', 'aÃ'],
    ['a cut character after whole ones', 'J\xc3\xb6rg M\xc3', 'Jörg MÃ'],
    ['a stray byte between characters', '\xc3\xa9\xe9\xe2\x82\xac \x80', 'Ã©éâ‚¬ €'],
    ['a stray byte among more characters', '\xc3\xa9\xe9\xe2\x82\xac\xf0\x9f\x8e\x89 \x80', 'éé€🎉 €'],
    ['windows-1252 with a pair that could be UTF-8', '\x93CAF\xc9\x94', '“CAFÉ”'],
    ['what is too long for UTF-8 as windows-1252', '\xe0\x80\x80', 'à€€'],
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
    ['utf-7', 'a+AOk-b+AOk c+-d+', 'aébé c+d+'],
    ['unicode-1-1-utf-7', '+2D3cqQ-', '💩'],
    ['UTF7', '+AOkA', 'é'],
    ['hz-gb-2312', '~{<:Ky~}', undefined],
    ['ISO-2022-KR', '\x1b$)C', undefined],
    ['iso-2022-jp', '\x1b$BF|\x1b(B', '日'],
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
