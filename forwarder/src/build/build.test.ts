import { expect, test } from 'vitest';
import {
  type AliasRow,
  type Definition,
  type DomainRecord,
  readDefinition,
  readDomain,
} from '../../../schema/src/records/records.ts';
import type { Address } from '../../../schema/src/text/address.ts';
import { type BuildInput, planBuild } from './build.ts';

const now = Date.parse('2026-11-02T10:00:00Z') / 1_000;

interface Given {
  readonly definitions: readonly Record<string, unknown>[];
  readonly domains?: readonly Record<string, unknown>[];
  readonly rows?: readonly AliasRow[];
  readonly blocks?: Readonly<Record<string, number>>;
}

function input({ definitions, domains = [], rows = [], blocks = {} }: Given): BuildInput {
  return {
    definitions: definitions.map(readDefinition),
    domains: domains.map(readDomain),
    rows,
    blocks: new Map(Object.entries(blocks)),
    now,
  };
}

const define = (alias: string, destinations: readonly string[], more: Partial<Definition> = {}) => ({
  domain: 'example.com',
  alias,
  destinations,
  ...more,
});
const row = (alias: string, destination: string, bounces = 0): AliasRow => ({
  alias: alias as Address,
  destination: destination as Address,
  domain: alias.slice(alias.indexOf('@') + 1),
  updatedAt: 1,
  bounces,
});
const leads = (rows: readonly Pick<AliasRow, 'alias' | 'destination'>[]) =>
  rows.map(({ alias, destination }) => `${alias} ${destination}`);

test('writes a row a mailbox, with the bounces that it has', () => {
  const build = planBuild(
    input({
      definitions: [define('board', ['john', 'jane@home.example']), define('john', ['john@home.example'])],
      blocks: { 'john@home.example': 2 },
    }),
  );
  expect(build.puts).toEqual([
    { ...row('board@example.com', 'john@home.example', 2), updatedAt: now },
    { ...row('board@example.com', 'jane@home.example'), updatedAt: now },
    { ...row('john@example.com', 'john@home.example', 2), updatedAt: now },
  ]);
});

test('writes nothing twice, and takes away what nobody defines', () => {
  const definitions = [define('john', ['john@home.example'])];
  const rows = [row('john@example.com', 'john@home.example'), row('gone@example.com', 'gone@home.example')];
  const build = planBuild(input({ definitions, rows }));
  expect(build.puts).toEqual([]);
  expect(leads(build.removes)).toEqual(['gone@example.com gone@home.example']);
});

test.each([
  { what: 'a reference to nobody', destinations: ['nobody'] },
  { what: 'a reference to itself', destinations: ['team'] },
  { what: 'something that is no address', destinations: ['a b@'] },
])('keeps the last rows of an alias that has only $what', ({ destinations }) => {
  const rows = [row('team@example.com', 'last@home.example')];
  const build = planBuild(input({ definitions: [define('team', destinations)], rows }));
  expect(build).toMatchObject({ puts: [], removes: [], skipped: 1, kept: ['team@example.com'] });
});

test('skips a reference that leads nowhere, and serves the rest of the alias and of the domain', () => {
  const definitions = [define('team', ['nobody', 'jane@home.example']), define('ok', ['ok@home.example'])];
  const build = planBuild(input({ definitions }));
  expect(leads(build.puts)).toEqual(['team@example.com jane@home.example', 'ok@example.com ok@home.example']);
});

test('takes away the rows of what is switched off or expired, and of what they alone gave', () => {
  const definitions = [
    define('off', ['off@home.example'], { active: false }),
    define('old', ['old@home.example'], { expires: '2026-11-02' }),
    define('all', ['off', 'old']),
    define('ok', ['ok@home.example']),
  ];
  const rows = ['off', 'old', 'all'].map((alias) => row(`${alias}@example.com`, 'x@home.example'));
  expect(planBuild(input({ definitions, rows })).removes).toHaveLength(3);
});

test('writes nothing when there is no definition', () => {
  const build = planBuild(input({ definitions: [], rows: [row('john@example.com', 'john@home.example')] }));
  expect(build).toMatchObject({ puts: [], removes: [], recounts: [], refused: 'all' });
});

test('survives rows that were written by hand', () => {
  const definitions = [
    { domain: 'example.com', alias: 'odd', destinations: 'x@home.example', active: 'yes', type: 7 },
    { domain: 'example.com', alias: 'null', destinations: [null, 3, {}, 'ok@home.example'] },
    { domain: ' Example.com ', alias: ' JOHN ', destinations: ['John@Home.example '] },
    { domain: 'example.com', alias: '__proto__', destinations: ['proto@home.example'], expires: 'soon' },
  ];
  const build = planBuild(input({ definitions, domains: [{ domain: 'example.net', aliasfor: 5 }] }));
  expect(leads(build.puts).toSorted()).toEqual([
    '__proto__@example.com proto@home.example',
    'john@example.com john@home.example',
    'null@example.com ok@home.example',
  ]);
});

test('prefers the row that is stored under its own key, whatever the order', () => {
  const exact = define('john', ['exact@home.example']);
  const misspelt = { ...define('john', ['misspelt@home.example']), alias: 'John' };
  for (const definitions of [
    [exact, misspelt],
    [misspelt, exact],
  ]) {
    expect(leads(planBuild(input({ definitions })).puts)).toEqual(['john@example.com exact@home.example']);
  }
});

test('recounts a row whose bounces are other than it says', () => {
  const rows = [row('john@example.com', 'john@home.example', 2)];
  const build = planBuild(input({ definitions: [define('john', ['john@home.example'])], rows }));
  expect(build.recounts).toEqual([{ row: rows[0], bounces: 0 }]);
});

test('follows references across domains and alias domains', () => {
  const domains: DomainRecord[] = [
    { domain: 'example.com' },
    { domain: 'example.org' },
    { domain: 'example.net', aliasfor: 'example.com' },
  ];
  const definitions = [
    define('john', ['john@home.example']),
    { ...define('info', ['john@example.net']), domain: 'example.org' },
  ];
  expect(
    leads(planBuild(input({ definitions, domains: domains.map((domain) => ({ ...domain })) })).puts),
  ).toContain('info@example.org john@home.example');
});

test.each<{
  what: string;
  found: Partial<AliasRow>;
  more: Partial<Definition>;
  put: Partial<AliasRow> | undefined;
}>([
  { what: 'is as it should be', found: {}, more: {}, put: undefined },
  { what: 'stands under another domain', found: { domain: 'example.org' }, more: {}, put: {} },
  {
    what: 'has no day of its expiry',
    found: {},
    more: { expires: '2026-12-01' },
    put: { expires: '2026-12-01' },
  },
  { what: 'has a day of expiry that is gone', found: { expires: '2026-12-01' }, more: {}, put: {} },
])('writes a row anew, or not, that $what', ({ found, more, put }) => {
  const john = row('john@example.com', 'john@home.example');
  const definitions = [define('john', ['john@home.example'], more)];
  const build = planBuild(input({ definitions, rows: [{ ...john, ...found }] }));
  expect(build.puts).toEqual(put === undefined ? [] : [{ ...john, updatedAt: now, ...put }]);
  expect(build.removes).toEqual([]);
});
