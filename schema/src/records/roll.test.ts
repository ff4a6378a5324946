import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Definition } from './records.ts';
import { isOnRoll, type RollChange, type Rolls, readRoll, rollChanges, rollItem } from './roll.ts';

const define = (domain: string, alias: string): Definition => {
  return { domain, alias, destinations: ['x@home.example'], type: 'person', active: true };
};
const none = new Set<string>();

/** The rolls after these changes, by way of the table. */
function written(rolls: Rolls, changes: readonly RollChange[]): Rolls {
  const after = new Map(rolls);
  for (const { domain, roll } of changes) {
    const read = roll && readRoll(rollItem(domain, roll));
    if (read === undefined) after.delete(domain);
    else after.set(...read);
  }
  return after;
}

it('knows after a round through the table what was there, and nothing else', () => {
  const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 64 }), { maxLength: 20 });
  fc.assert(
    fc.property(names, names, (there, others) => {
      const records = { definitions: there.map((alias) => define('a.example', alias)), domains: [] };
      const rolls = written(new Map(), rollChanges(new Map(), records, none));
      const roll = rolls.get('a.example') ?? new Set();
      for (const alias of there) expect(isOnRoll(roll, alias)).toBe(true);
      for (const alias of others) expect(isOnRoll(roll, alias)).toBe(there.includes(alias));
      expect(rollChanges(rolls, records, none)).toEqual([]);
    }),
  );
});

it('writes the rolls that differ, takes away those without a domain, and leaves those of domains that are kept', () => {
  const before = {
    definitions: ['same', 'other', 'gone', 'kept'].map((name) => define(`${name}.example`, 'a')),
    domains: [{ domain: 'alias.example', aliasfor: 'same.example' }],
  };
  const rolls = written(new Map(), rollChanges(new Map(), before, none));
  expect([...rolls.keys()].sort()).toEqual([
    'alias.example',
    'gone.example',
    'kept.example',
    'other.example',
    'same.example',
  ]);
  const after = {
    definitions: [define('same.example', 'a'), define('other.example', 'b'), define('new.example', 'a')],
    domains: before.domains,
  };
  const changes = rollChanges(rolls, after, new Set(['kept.example']));
  expect(changes.map(({ domain, roll }) => `${roll === undefined ? '-' : '+'} ${domain}`)).toEqual([
    '+ other.example',
    '+ new.example',
    '- gone.example',
  ]);
});

it.each([[{ domain: 'a.example', aliases: 'x' }], [{ domain: '#sync' }], [{ domain: 7 }], [{}]])(
  'takes %j for no roll',
  (item) => {
    expect(readRoll(item)).toBeUndefined();
  },
);

it('reads a roll that somebody emptied', () => {
  expect(readRoll({ domain: '#roll a.example', aliases: 5 })).toEqual(['a.example', new Set()]);
});
