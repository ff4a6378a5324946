import { describe, expect, it } from 'vitest';
import { meantProvider } from './providers.ts';
import { editDistance, suggest } from './suggest.ts';

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
