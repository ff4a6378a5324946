import { describe, expect, it } from 'vitest';
import { editDistance, meantList, meantProvider, suggest } from './suggest.ts';

describe('suggest', () => {
  it.each([
    ['jnae', ['jane', 'john'], 'jane'],
    ['bord', ['board', 'info'], 'board'],
    ['tresurer', ['treasurer'], 'treasurer'],
    ['x', ['board'], undefined],
    ['info', ['board'], undefined],
  ])('%s among %j is %s', (word, candidates, meant) => {
    expect(suggest(word, candidates)).toBe(meant);
  });

  it('counts a swap of neighbours as one', () => {
    expect(editDistance('gmial', 'gmail')).toBe(1);
  });
});

describe('meantProvider', () => {
  it.each([
    ['gmial.com', 'gmail.com'],
    ['gmail.con', 'gmail.com'],
    ['gnail.co', 'gmail.com'],
    ['hotmial.fr', 'hotmail.fr'],
    ['outlok.com', 'outlook.com'],
    ['gmail.com', undefined],
    ['mail.com', undefined],
    ['ymail.com', undefined],
    ['example.org', undefined],
  ])('%s means %s', (domain, meant) => {
    expect(meantProvider(domain)).toBe(meant);
  });
});

describe('meantList', () => {
  it.each([
    ['jane john@gmail.com', ['jane', 'john@gmail.com']],
    ['jane@gmail.com;john', ['jane@gmail.com', 'john']],
    ['-jane -john@gmail.com', ['jane', 'john@gmail.com']],
    ['\u2022 jane@gmail.com', ['jane@gmail.com']],
    ['\u201cjane\u201d', ['jane']],
    ['(jane)', ['jane']],
    ['[jane]', ['jane']],
  ])('reads %j as %j', (text, parts) => {
    expect(meantList(text)).toEqual(parts);
  });

  it.each(['', 'jane @gmail.com', 'm\u00fcller jane', '-'])('guesses nothing from %j', (text) => {
    expect(meantList(text)).toBeUndefined();
  });
});
