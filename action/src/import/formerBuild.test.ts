import { expect, it } from 'vitest';
import type { Definition } from '../../../schema/src/records/records.ts';
import { formerStumbles } from './formerBuild.ts';

const one = (alias: string, destinations: readonly string[], more: Partial<Definition> = {}): Definition => {
  return { domain: 'example.com', alias, destinations, type: 'person', active: true, ...more };
};
const john = one('john', ['john@home.example']);
const old = one('old', ['old@home.example'], { active: false });
const away = one('away', ['away@home.example'], { expires: '2026-11-24' });

it.each<[string, readonly Definition[], readonly string[]]>([
  [
    'what builds there as here',
    [john, old, one('board', ['john', 'john@example.com', 'x@home.example'])],
    [],
  ],
  [
    'a reference to an inactive alias',
    [john, old, one('board', ['john', 'old'])],
    ['stops board@example.com: it refers to `old`, which is no active alias there'],
  ],
  [
    'the same, by its address',
    [old, one('board', ['old@example.com'])],
    ['stops board@example.com: it refers to `old@example.com`, which is no active alias there'],
  ],
  ['the same, from an alias that is off', [old, one('board', ['old'], { active: false })], []],
  [
    'a reference with a subaddress',
    [john, one('board', ['john+x'])],
    ['stops board@example.com: it refers to `john+x`, and subaddresses are not known there'],
  ],
  [
    'a reference with a subaddress that is defined',
    [one('john+x', ['x@home.example']), one('board', ['john+x'])],
    [],
  ],
  [
    'a domain that begins like its own',
    [one('bob', ['bob@example.com.au'])],
    ['stops bob@example.com: it refers to `bob@example.com.au`, which is no active alias there'],
  ],
  ['an alias of another domain', [john, one('info', ['john@example.com'], { domain: 'example.org' })], []],
  ['an expired alias', [away], ['revives away@example.com: it expired on 2026-11-24']],
  ['one that expires later', [{ ...away, expires: '2026-11-25' }], []],
  [
    'a reference to an expired alias',
    [away, one('board', ['away'])],
    ['revives away@example.com: it expired on 2026-11-24'],
  ],
  ['a catch-all', [john, one('*', ['john'])], ['dead *@example.com: there is no catch-all']],
  ['a catch-all that is off', [one('*', ['x@home.example'], { active: false })], []],
  [
    'a name that every object has',
    [one('board', ['constructor'])],
    ['stops board@example.com: it refers to `constructor`, which is no active alias there'],
  ],
  [
    'a circle',
    [one('a', ['b', 'x@home.example']), one('b', ['a'])],
    ['stops a@example.com: it leads back to itself', 'stops b@example.com: it leads back to itself'],
  ],
])('names %s', (_, definitions, expected) => {
  const found = formerStumbles(definitions, { today: '2026-11-24' });
  expect(found.map(({ address, kind, reason }) => `${kind} ${address}: ${reason}`)).toEqual(expected);
});
