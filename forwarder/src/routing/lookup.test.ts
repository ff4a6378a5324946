import { expect, test } from 'vitest';
import type { Live } from '../../../schema/src/records/live.ts';
import type { AliasRow } from '../../../schema/src/records/records.ts';
import type { Address } from '../../../schema/src/text/address.ts';
import { day } from '../../../schema/src/text/time.ts';
import { lookup, NotPublished, type RoutingTables, readDomain } from './lookup.ts';

const today = day('2026-11-02');
const live: Live = { inactive: ['gone'] };

function row(alias: string, destination: string, expires?: string): AliasRow {
  const common = { domain: 'example.com', updatedAt: 0, bounces: 0 };
  const keys = { alias: alias as Address, destination: destination as Address };
  return expires === undefined ? { ...keys, ...common } : { ...keys, ...common, expires };
}

const rows = [
  row('john@example.com', 'john@home.example'),
  row('old@example.com', 'old@home.example', '2026-11-02'),
  row('term@example.com', 'today@home.example', '2026-11-03'),
  row('term@example.com', 'past@home.example', '2026-11-01'),
  row('*@example.com', 'all@home.example'),
];

/** Tables, and what a build writes when a read of this name is done: `live DOMAIN` or `rows ALIAS`. */
function tables(
  given: Readonly<{ rows?: readonly AliasRow[]; live?: Readonly<Record<string, Live>>; published?: boolean }>,
  after: Readonly<Record<string, () => Partial<typeof given>>> = {},
) {
  let state = {
    rows,
    live: { 'example.com': live, 'example.net': { ...live, aliasfor: 'example.com' } },
    ...given,
  };
  const reads: string[] = [];
  const read = <T>(name: string, value: () => T): T => {
    reads.push(name);
    const found = value();
    const write = after[name];
    if (write !== undefined) state = { ...state, ...write() };
    return found;
  };
  const ports: RoutingTables = {
    domains: {
      live: async (domain) => read(`live ${domain}`, () => (state.live as Record<string, Live>)[domain]),
      awaitsBuild: async () => given.published === false,
    },
    aliases: {
      areAt: async (domain) => state.rows.some((own) => own.domain === domain),
      of: async (alias) => read(`rows ${alias}`, () => state.rows.filter((own) => own.alias === alias)),
    },
  };
  return { ports, reads };
}

async function find(ports: RoutingTables, local: string, domain = 'example.com'): Promise<string> {
  const published = await readDomain(ports, domain);
  if (published === undefined) return 'unmanaged';
  const found = await lookup(ports, local, domain, published, today);
  return found.kind === 'rows'
    ? `${found.main}: ${found.rows.map(({ destination }) => destination)}`
    : found.kind;
}

test.each([
  { local: 'john', domain: 'example.com', found: 'example.com: john@home.example' },
  { local: 'john', domain: 'example.net', found: 'example.com: john@home.example' },
  { local: 'john+lists', domain: 'example.com', found: 'example.com: john@home.example' },
  { local: 'anybody', domain: 'example.net', found: 'example.com: all@home.example' },
  { local: 'term', domain: 'example.com', found: 'example.com: today@home.example' },
  { local: 'old', domain: 'example.com', found: 'inactive' },
  { local: 'old+x', domain: 'example.com', found: 'inactive' },
  { local: 'gone', domain: 'example.com', found: 'inactive' },
  { local: 'gone+x', domain: 'example.net', found: 'inactive' },
  { local: 'john', domain: 'example.org', found: 'unmanaged' },
])('finds $found for $local@$domain', async ({ local, domain, found }) => {
  expect(await find(tables({}).ports, local, domain)).toBe(found);
});

test('knows nobody where nothing is defined', async () => {
  expect(await find(tables({ rows: [], live: { 'example.com': { inactive: [] } } }).ports, 'john')).toBe(
    'unknown',
  );
});

test('reads a domain and an alias for a plain address', async () => {
  const { ports, reads } = tables({});
  await find(ports, 'john');
  expect(reads).toEqual(['live example.com', 'rows john@example.com']);
});

test('waits while a domain is led elsewhere, and while nothing was ever published', async () => {
  const moving = tables({ live: { 'example.com': { inactive: [], moving: true } } });
  await expect(find(moving.ports, 'john')).rejects.toThrow(NotPublished);
  await expect(find(tables({ published: false }).ports, 'john', 'example.org')).rejects.toThrow(NotPublished);
});

const added = row('new@example.com', 'new@home.example');
const changedCatchAll = row('*@example.com', 'others@home.example');

test.each([
  {
    what: 'an alias comes, and the catch-all changes, between two reads',
    after: { 'rows new@example.com': () => ({ rows: [added, changedCatchAll] }) },
    local: 'new',
    found: 'example.com: new@home.example',
  },
  {
    what: 'an alias is switched off, and the catch-all changes, between two reads',
    after: {
      'rows new@example.com': () => ({
        rows: [changedCatchAll],
        live: { 'example.com': { inactive: ['new'] } },
      }),
    },
    local: 'new',
    found: 'inactive',
  },
  {
    what: 'an alias is switched on between two reads',
    after: {
      'rows gone@example.com': () => ({
        rows: [row('gone@example.com', 'back@home.example')],
        live: { 'example.com': { inactive: [] } },
      }),
    },
    local: 'gone',
    found: 'example.com: back@home.example',
  },
  {
    what: 'another alias is switched off between two reads',
    after: { 'rows *@example.com': () => ({ live: { 'example.com': { inactive: ['other'] } } }) },
    local: 'nobody',
    found: 'example.com: all@home.example',
  },
  {
    what: 'a domain is given up between two reads',
    after: { 'rows nobody@example.com': () => ({ rows: [], live: {} }) },
    local: 'nobody',
    found: 'unmanaged',
  },
  {
    what: 'an alias domain is led elsewhere, and its former domain changes, between two reads',
    domain: 'example.net',
    after: {
      'live example.net': () => ({
        rows: [
          row('john@example.com', 'stranger@home.example'),
          row('john@example.org', 'other@home.example'),
        ],
        live: { 'example.net': { aliasfor: 'example.org', inactive: [] } },
      }),
    },
    local: 'john',
    found: 'example.org: other@home.example',
  },
])('answers as the build left it where $what', async ({ after, local, found, domain }) => {
  expect(await find(tables({}, after).ports, local, domain)).toBe(found);
});

test('waits where what was published of a domain with rows is gone', async () => {
  await expect(find(tables({ live: {} }).ports, 'john')).rejects.toThrow(NotPublished);
});

test('waits where an alias domain is held between two reads', async () => {
  const held = { 'example.net': { aliasfor: 'example.com', inactive: [], moving: true } as const };
  const { ports } = tables({}, { 'rows john@example.com': () => ({ live: held }) });
  await expect(find(ports, 'john', 'example.net')).rejects.toThrow(NotPublished);
});

test('waits where the answer changes with every look, after four', async () => {
  let isOff = false;
  const flip = () => {
    isOff = !isOff;
    return { live: { 'example.com': { inactive: isOff ? ['nobody'] : [] } } };
  };
  const { ports, reads } = tables({}, { 'live example.com': flip });
  await expect(find(ports, 'nobody')).rejects.toThrow('changes too fast');
  expect(reads.filter((name) => name === 'live example.com')).toHaveLength(5);
});
