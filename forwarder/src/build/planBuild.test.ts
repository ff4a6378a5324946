import { expect, test } from 'vitest';
import type { Gate } from '../../../schema/src/records/gate.ts';
import {
  type AliasRow,
  type Definition,
  type DomainRecord,
  readDefinition,
  readDomain,
} from '../../../schema/src/records/records.ts';
import type { Address } from '../../../schema/src/text/address.ts';
import { seconds } from '../../../schema/src/text/time.ts';
import { type BuildInput, planBuild } from './planBuild.ts';
import { rebuild } from './rebuild.ts';
import { fakeTables } from './tables.fake.ts';

const now = seconds(Date.parse('2026-11-02T10:00:00Z') / 1_000);

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
    now: seconds(now),
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

const none = { subaddress: [], name: [], 'catch-all': [] };
const live = { inactive: [] };

test.each([
  {
    what: 'nothing of what is published already',
    domains: [{ domain: 'example.com', live }],
    publication: { withdrawn: [], held: [], comes: none, goes: none, last: [] },
  },
  {
    what: 'an alias domain with the filter and the marks of its main domain',
    domains: [
      { domain: 'example.com', filter: 'strict', live },
      { domain: 'example.net', aliasfor: 'example.com', filter: 'default' },
    ],
    off: 'a',
    publication: {
      comes: { ...none, name: [{ domain: 'example.com', live: { inactive: ['a'] } }] },
      last: [
        { domain: 'example.com', live: { filter: 'strict', inactive: ['a'] } },
        { domain: 'example.net', live: { aliasfor: 'example.com', filter: 'strict', inactive: ['a'] } },
      ],
    },
  },
  {
    what: 'first that a domain is moving, where it is led elsewhere',
    domains: [
      { domain: 'example.com', live },
      { domain: 'example.net', aliasfor: 'example.com', live },
    ],
    publication: {
      held: [{ domain: 'example.net', live: { inactive: [], moving: true } }],
      last: [{ domain: 'example.net', live: { aliasfor: 'example.com', inactive: [] } }],
    },
  },
  {
    what: 'no marks of a domain that a build left moving, until the end',
    domains: [{ domain: 'example.com', live: { inactive: ['old'], moving: true } }],
    off: 'a',
    publication: { held: [], comes: none, goes: none, last: [{ live: { inactive: ['a'] } }] },
  },
  {
    what: 'nothing of a row that mail does not read',
    domains: [{ domain: 'example.com' }, { domain: 'Example.com ', live: { inactive: ['old'] } }],
    publication: {
      withdrawn: ['Example.com '],
      comes: none,
      goes: none,
      last: [{ domain: 'example.com', live }],
    },
  },
  {
    what: 'no domain that is given up, and takes away what was',
    domains: [
      { domain: 'example.com', live },
      { domain: 'a.example', liveOnly: true, live },
      { domain: 'b.example', liveOnly: true },
      { domain: 'C.example' },
    ],
    publication: { withdrawn: ['a.example', 'b.example'], last: [{ domain: 'c.example' }] },
  },
])('publishes $what', ({ domains, off, publication }) => {
  const more = off === undefined ? [] : [define(off, ['a@home.example'], { active: false })];
  const build = planBuild(input({ definitions: [define('john', ['john@home.example']), ...more], domains }));
  expect(build.publication).toMatchObject(publication);
});

/** Aliases that are off, whose names take this many bytes, 4 more for each counted. */
function inactiveNames(bytes: number) {
  const full = Array.from({ length: Math.floor(bytes / 64) }, (_, n) => `${n}`.padStart(60, 'n'));
  const names = [...full, 'r'.repeat((bytes % 64) - 4)];
  return names.map((alias) => define(alias, ['x@home.example'], { active: false }));
}

test.each([
  {
    bytes: 300_000,
    refused: [],
    puts: 2,
    removes: 1,
    published: ['example.com', 'example.net', 'example.org'],
  },
  { bytes: 300_001, refused: ['example.com'], puts: 1, removes: 0, published: ['example.org'] },
])('leaves a domain alone whose inactive names would not fit on its row: $bytes bytes', (given) => {
  const definitions = [
    define('john', ['john@home.example']),
    { ...define('jane', ['jane@home.example']), domain: 'example.org' },
    ...inactiveNames(given.bytes),
  ];
  const domains = [{ domain: 'example.com' }, { domain: 'example.net', aliasfor: 'example.com' }];
  const rows = [row('gone@example.com', 'gone@home.example')];
  const build = planBuild(input({ definitions, domains, rows }));
  expect(build.refused).toEqual(given.refused);
  expect(build.puts).toHaveLength(given.puts);
  expect(build.removes).toHaveLength(given.removes);
  expect(build.publication.last.map(({ domain }) => domain)).toEqual(given.published);
});

test('refuses nothing where nothing was ever built and nothing is defined', () => {
  expect(planBuild(input({ definitions: [] })).refused).toEqual([]);
});

const options = { now, softBounceLimit: 3, renew: async () => undefined };
const john = {
  domain: 'example.com',
  alias: 'john',
  destinations: ['john@home.example'],
  type: 'person',
  active: true,
} as const;
const gate = (state: Gate['state'], number: number): Gate => ({ state, number, run: '', at: 0 });

test.each<{ what: string; gates: readonly (Gate | undefined)[]; result: object }>([
  { what: 'no sync has ever run', gates: [undefined, undefined], result: { kind: 'published', number: 0 } },
  {
    what: 'the gate stays closed',
    gates: [gate('closed', 3), gate('closed', 3)],
    result: { kind: 'published', number: 3 },
  },
  { what: 'a sync is writing', gates: [gate('open', 3), gate('closed', 3)], result: { kind: 'gated' } },
  { what: 'a sync begins', gates: [gate('closed', 3), gate('open', 4)], result: { kind: 'gated' } },
  {
    what: 'a sync of an earlier version begins',
    gates: [gate('closed', 0), gate('open', 0)],
    result: { kind: 'gated' },
  },
  {
    what: 'a sync begins and ends',
    gates: [gate('closed', 3), gate('closed', 4)],
    result: { kind: 'gated' },
  },
  {
    what: 'the first sync begins and ends',
    gates: [undefined, gate('closed', 1)],
    result: { kind: 'gated' },
  },
])('publishes what it read, or counts bounces alone, where $what', async ({ gates, result }) => {
  const tables = fakeTables();
  tables.hold({ definitions: [john], domains: [{ domain: 'example.com' }] });
  tables.aliasRows.set('old', row('old@example.com', 'old@home.example'));
  await tables.aliases.write([{ put: row('john@example.com', 'john@home.example', 2) }]);
  const left = [...gates];
  const domains = { ...tables.domains, gate: async () => left.shift() };
  expect(await rebuild({ ...tables, domains }, options)).toMatchObject(result);
  const isPublished = 'number' in result;
  expect(tables.domainItems.get('example.com')?.live).toEqual(isPublished ? live : undefined);
  expect([...tables.aliasRows.values()]).toContainEqual(row('john@example.com', 'john@home.example', 0));
});

test('writes nothing without its lease', async () => {
  const tables = fakeTables();
  tables.hold({ definitions: [john], domains: [{ domain: 'example.com' }] });
  tables.domainItems.set('example.org', { domain: 'example.org', liveOnly: true, live });
  const renew = async () => {
    throw new Error('lost');
  };
  await expect(rebuild(tables, { ...options, renew })).rejects.toThrow('lost');
  expect(tables.domainItems.get('example.org')).toBeDefined();
  expect(tables.domainItems.get('example.com')?.live).toBeUndefined();
});

test('writes what is more specific first, takes away the rest first, and lets who moves wait', async () => {
  const tables = fakeTables();
  const of = (domain: string, ...aliases: readonly string[]) =>
    aliases.map((alias) => ({ ...john, domain, alias }));
  const [one, two] = [{ domain: 'one.example' }, { domain: 'two.example' }];
  const net = (aliasfor: string) => ({ domain: 'net.example', aliasfor });
  tables.hold({
    definitions: [
      ...of('one.example', '*', 'a', 'a+x', 'b'),
      ...of('two.example', 'k'),
      ...of('old.example', 'o'),
    ],
    domains: [one, two, { domain: 'old.example' }, net('one.example')],
  });
  await rebuild(tables, options);
  tables.hold({
    definitions: [...of('one.example', 'b'), ...of('two.example', '*', 'k', 'n', 'n+y')],
    domains: [one, two, net('two.example')],
  });
  const log: string[] = [];
  await rebuild(
    {
      ...tables,
      domains: {
        ...tables.domains,
        withdraw: async (domain) => void log.push(`withdraw ${domain}`),
        publish: async (domain, { moving }) => void log.push(`${moving ? 'hold' : 'publish'} ${domain}`),
      },
      aliases: {
        ...tables.aliases,
        write: async (batch) =>
          void log.push(
            ...batch.map((own) => ('put' in own ? `put ${own.put.alias}` : `remove ${own.remove.alias}`)),
          ),
      },
    },
    options,
  );
  expect(log).toEqual([
    'withdraw old.example',
    'hold net.example',
    ...['put n+y@two.example', 'put n@two.example', 'put *@two.example'],
    ...['remove *@one.example', 'remove a@one.example', 'remove o@old.example', 'remove a+x@one.example'],
    'publish net.example',
  ]);
});
