import { expect, test } from 'vitest';
import type { Address } from '../../../schema/src/address.ts';
import type { AliasRow, Definition } from '../../../schema/src/records.ts';
import { lookup, type RoutingTables } from './lookup.ts';

const define = (alias: string, more: Partial<Definition> = {}): Definition => ({
  domain: 'example.com',
  alias,
  destinations: [],
  type: 'person',
  active: true,
  ...more,
});

function tables(definitions: readonly Definition[], built: readonly string[]): RoutingTables {
  return {
    domains: { read: async () => undefined },
    definitions: {
      read: async (_, alias) => definitions.find((definition) => definition.alias === alias),
      hasDomain: async () => true,
    },
    aliases: {
      of: async (alias) =>
        built.includes(alias)
          ? [
              {
                alias,
                destination: `to-${alias}` as Address,
                domain: 'example.com',
                updatedAt: 0,
                bounces: 0,
              },
            ]
          : [],
    },
  };
}

const definitions = [
  define('john'),
  define('gone', { active: false }),
  define('old', { expires: '2026-11-02' }),
  define('new'),
  define('*'),
];
const built = ['john@example.com', '*@example.com'];

test.each([
  { local: 'john', found: 'john@example.com' },
  { local: 'john+lists', found: 'john@example.com' },
  { local: 'anybody', found: '*@example.com' },
])('finds the rows of $found for $local', async ({ local, found }) => {
  const result = await lookup(tables(definitions, built), local, 'example.com', '2026-11-02');
  expect(result.kind === 'rows' && result.rows.map(({ alias }: AliasRow) => alias)).toEqual([found]);
});

test.each([
  { local: 'gone', kind: 'inactive' },
  { local: 'gone+x', kind: 'inactive' },
  { local: 'old', kind: 'inactive' },
  { local: 'new', kind: 'pending' },
  { local: 'new+x', kind: 'pending' },
])('answers $kind for $local, and does not fall through to the catch-all', async ({ local, kind }) => {
  expect(await lookup(tables(definitions, built), local, 'example.com', '2026-11-02')).toEqual({ kind });
});

test('knows nobody where nothing is defined', async () => {
  expect(await lookup(tables([], []), 'john', 'example.com', '2026-11-02')).toEqual({ kind: 'unknown' });
});
