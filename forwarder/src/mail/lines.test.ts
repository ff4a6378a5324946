import { describe, expect, it } from 'vitest';
import { fold, hasShortLines, isBlank, layOut, lineLimit, trimBlank, unfold } from './lines.ts';

describe('fold', () => {
  it.each([
    ['a short text', 'Subject: short', ['Subject: short']],
    ['a long one', `Subject: ${'x'.repeat(70)} y`, ['Subject:', ` ${'x'.repeat(70)} y`]],
    ['endless space', `a${' '.repeat(80)}b`, ['a b']],
    ['an endless word', `a ${'x'.repeat(1_000)}`, ['a', ` ${'x'.repeat(997)}`, ` ${'x'.repeat(3)}`]],
    ['nothing', '', ['']],
    ['other white space as text', `a\u200a${'x'.repeat(80)} \u3000`, [`a\u200a${'x'.repeat(80)}`, ' \u3000']],
  ])('lays out %s', (_, text, lines) => {
    expect(fold(text).split('\r\n')).toEqual(lines);
  });

  it('counts what stands on the line already', () => {
    expect(fold(' next', 75)).toBe('\r\n next');
    expect(fold(' next', 10)).toBe(' next');
  });

  it.each([1, 7, 75, 76, 77, 500, 998])('keeps words of %d characters, and the limit', (length) => {
    const text = Array.from({ length: 20 }, () => 'x'.repeat(length)).join(' ');
    const folded = fold(`X-Note: ${text}`);
    expect(folded.split('\r\n').filter((line) => line.length > lineLimit || line.trim() === '')).toEqual([]);
    expect(unfold(folded).replaceAll(' ', '')).toBe(`X-Note:${text}`.replaceAll(' ', ''));
  });
});

describe('layOut', () => {
  it('puts as many words on a line as fit', () => {
    const word = 'x'.repeat(30);
    expect(layOut('To', [word, word, word])).toBe(`To: ${word} ${word}\r\n ${word}`);
  });

  it('leaves the first word beside the name, however long', () => {
    const word = 'x'.repeat(100);
    expect(layOut('To', [word, 'y'])).toBe(`To: ${word}\r\n y`);
  });
});

describe('hasShortLines', () => {
  it.each([
    ['x'.repeat(998), true],
    ['x'.repeat(999), false],
    [`${'x'.repeat(998)}\r\n ${'x'.repeat(997)}`, true],
    [`x\r\n ${'x'.repeat(998)}`, false],
  ])('reads each line (%#)', (field, expected) => {
    expect(hasShortLines(field)).toBe(expected);
  });
});

describe('white space', () => {
  it.each([
    [' \ta b\t ', 'a b'],
    ['\u00a0a\u3000', '\u00a0a\u3000'],
    ['\va\n', '\va\n'],
    [' \t', ''],
    ['', ''],
  ])('is trimmed off %j: %j', (text, expected) => {
    expect(trimBlank(text)).toBe(expected);
  });

  it.each([
    ['', true],
    [' \r\n\t', true],
    ['\xa0', false],
    ['\u200a', false],
    ['\v', false],
  ])('is all of %j: %s', (text, expected) => {
    expect(isBlank(text)).toBe(expected);
  });
});
