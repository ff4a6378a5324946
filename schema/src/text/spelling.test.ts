import { describe, expect, it } from 'vitest';
import { asciiSpellings } from './spelling.ts';

describe('asciiSpellings', () => {
  it.each([
    ['søren', ['soeren', 'soren']],
    ['Müller', ['mueller', 'muller']],
    ['mu\u0308ller', ['mueller', 'muller']],
    ['Åse', ['aase', 'ase']],
    ['strauß', ['strauss']],
    ['zoë', ['zoe']],
    ['łukasz', ['lukasz']],
    ['þór', ['thor']],
    ['dvořák', ['dvorak']],
    ['ｊane', ['jane']],
  ])('of %s are %j', (name, spelt) => {
    expect(asciiSpellings(name)).toEqual(spelt);
  });

  it.each(['jane', 'jаne', 'иван', 'søren и', '山田', 'jane²', 'søren smith', 'ŋuyen', ''])(
    'offers nothing for %j',
    (name) => {
      expect(asciiSpellings(name)).toEqual([]);
    },
  );
});
