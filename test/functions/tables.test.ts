import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { brakeRow } from '../../forwarder/src/aws/bounceRate.ts';
import { bouncesTable } from '../../forwarder/src/aws/bouncesTable.ts';
import { aliasesTable, domainsTable } from '../../forwarder/src/aws/buildTables.ts';
import { documents } from '../../forwarder/src/aws/documents.ts';
import { aliasRows, publishedDomains } from '../../forwarder/src/aws/routingTables.ts';
import { type FakeTables, fakeTables } from '../../forwarder/src/build/tables.fake.ts';
import { isLiveOnly, type Live } from '../../schema/src/records/live.ts';
import { domainItem } from '../../schema/src/records/records.ts';
import type { Address } from '../../schema/src/text/address.ts';
import { seconds } from '../../schema/src/text/time.ts';
import { startTables, type TablesServer } from '../tablesFixture.ts';

type Item = Readonly<Record<string, unknown>>;

let server: TablesServer;
beforeAll(async () => {
  server = await startTables();
});
afterAll(() => server.stop());

const bounce = {
  destination: 'a@x.example',
  createdAt: 1_762_000_000.5,
  validUntil: 9,
  type: 'bounce',
} as const;

test('keeps a bounce once for its report, and two reports of one millisecond', async () => {
  const table = bouncesTable(documents(server.client), server.names.BOUNCES_TABLE ?? '');
  const row = { ...bounce, feedbackId: 'f' };
  await table.add(row);
  await table.add(row);
  await table.add({ ...row, feedbackId: 'g' });
  const other = { ...row, createdAt: 1_762_000_000.501, feedbackId: 'g' };
  expect(await table.of('a@x.example')).toMatchObject([row, other]);
  await table.remove(row);
  expect(await table.readAll()).toMatchObject([other]);
  await table.remove(other);
});

test('reads a bounce that has milliseconds as what it means, and mends it by the next write', async () => {
  const client = documents(server.client);
  const table = bouncesTable(client, server.names.BOUNCES_TABLE ?? '');
  const keysOf = async () => (await table.readAll()).map(({ key }) => key.createdAt);
  const old = { ...bounce, createdAt: 1_762_000_000_500, feedbackId: 'f' };
  await client.send(new PutCommand({ TableName: server.names.BOUNCES_TABLE, Item: old }));
  expect(await table.of('a@x.example')).toMatchObject([{ ...bounce, key: { createdAt: old.createdAt } }]);
  // The same report once more, as SNS repeats it.
  await table.add({ ...bounce, feedbackId: 'f' });
  expect(await keysOf()).toEqual([1_762_000_000.5]);
  await client.send(new PutCommand({ TableName: server.names.BOUNCES_TABLE, Item: old }));
  await table.add({ ...bounce, feedbackId: 'g' });
  expect((await keysOf()).toSorted()).toEqual([1_762_000_000.5, 1_762_000_000.501]);
  for (const { key } of await table.readAll()) await table.remove(key);
});

test('removes a bounce by the key that it is stored under', async () => {
  const client = documents(server.client);
  const table = bouncesTable(client, server.names.BOUNCES_TABLE ?? '');
  const Item = { ...bounce, destination: 'A@X.example', createdAt: 1_762_000_000_500 };
  await client.send(new PutCommand({ TableName: server.names.BOUNCES_TABLE, Item }));
  const [row] = await table.readAll();
  expect(row).toMatchObject(bounce);
  if (row !== undefined) await table.remove(row.key);
  expect(await table.readAll()).toEqual([]);
});

test('writes, finds and counts alias rows', async () => {
  const table = aliasesTable(documents(server.client), server.names.ALIASES_TABLE ?? '');
  const read = aliasRows(documents(server.client), server.names.ALIASES_TABLE ?? '');
  const rows = Array.from({ length: 25 }, (_, place) => ({
    alias: `a${place % 2}@example.com` as Address,
    destination: `d${place}@x.example` as Address,
    domain: 'example.com',
    updatedAt: 7,
    bounces: 0,
  }));
  await table.write(rows.map((put) => ({ put })));
  expect(await read.of('a1@example.com' as Address)).toHaveLength(12);
  expect(await read.areAt('example.com')).toBe(true);
  expect(await read.areAt('example.org')).toBe(false);
  const [first] = await table.leadingTo('d3@x.example');
  expect(first).toEqual(rows[3]);
  if (first === undefined) return;
  expect(await table.setBounces(first, 0, 2)).toBe(true);
  expect(await table.setBounces(first, 0, 3)).toBe(false);
  await table.write([{ remove: { alias: first.alias, destination: first.destination } }]);
  expect(await table.setBounces(first, 2, 3)).toBe(false);
  expect(await table.readAll()).toHaveLength(24);
});

test('hands mail a destination as an address, and builds the row as it is stored', async () => {
  const client = documents(server.client);
  const TableName = server.names.ALIASES_TABLE ?? '';
  const stored = { alias: 'hand@example.com', destination: 'Jane@Home.Example', domain: 'example.com' };
  await client.send(new PutCommand({ TableName, Item: stored }));
  expect(await aliasRows(client, TableName).of('hand@example.com' as Address)).toMatchObject([
    { destination: 'jane@home.example' },
  ]);
  expect(await aliasesTable(client, TableName).readAll()).toContainEqual(expect.objectContaining(stored));
  await aliasesTable(client, TableName).write([
    { remove: { alias: 'hand@example.com' as Address, destination: 'Jane@Home.Example' as Address } },
  ]);
});

test('keeps the brake on the bounce rate beside the rows of mails', async () => {
  const brake = brakeRow(documents(server.client), server.names.DELIVERIES_TABLE ?? '');
  expect(await brake.read()).toBeUndefined();
  await brake.write({ rate: 0.1, until: seconds(5) });
  expect(await brake.read()).toMatchObject({ rate: 0.1, until: 5 });
});

/** Builds and lookups over rows of Domains: what the table in memory does, and the real one. */
const kinds: readonly [string, () => Pick<FakeTables, 'domains'> & { put(item: Item): Promise<void> }][] = [
  [
    'the table',
    () => ({
      domains: {
        ...domainsTable(documents(server.client), server.names.DOMAINS_TABLE ?? ''),
        ...publishedDomains(documents(server.client), server.names.DOMAINS_TABLE ?? ''),
      },
      put: async (Item) => {
        const TableName = server.names.DOMAINS_TABLE;
        await documents(server.client).send(new PutCommand({ TableName, Item }));
      },
    }),
  ],
  [
    'the fake',
    () => {
      const tables = fakeTables();
      return { ...tables, put: async (item) => void tables.domainItems.set(String(item.domain), item) };
    },
  ],
];

describe.each(kinds)('%s', (_, create) => {
  const live: Live = { aliasfor: 'example.org', filter: { spf: 'drop' }, inactive: ['gone'] };

  test('publishes a domain on its own row, which stays as it is', async () => {
    const { domains, put } = create();
    await put(domainItem({ domain: 'own.example', filter: 'strict' }));
    await domains.publish('own.example', live);
    expect(await domains.live('own.example')).toEqual(live);
    const stored = (await domains.readAll()).find(({ key }) => key.domain === 'own.example');
    expect(stored).toMatchObject({ provenance: 'ours', record: { filter: 'strict' } });
    await domains.withdraw('own.example');
    expect(await domains.live('own.example')).toBeUndefined();
    expect((await domains.readAll()).map(({ key }) => key.domain)).toContain('own.example');
  });

  test('publishes a domain without a row on one that it takes away again', async () => {
    const { domains } = create();
    await domains.publish('none.example', { inactive: [], moving: true });
    await domains.publish('none.example', { inactive: [] });
    expect(await domains.live('none.example')).toEqual({ inactive: [] });
    const stored = (await domains.readAll()).find(({ key }) => key.domain === 'none.example');
    expect(stored !== undefined && isLiveOnly(stored.item)).toBe(true);
    await domains.withdraw('none.example');
    expect((await domains.readAll()).map(({ key }) => key.domain)).not.toContain('none.example');
    await domains.withdraw('none.example');
    expect(await domains.live('none.example')).toBeUndefined();
  });

  test('reads the gate, and whether the next build may publish a domain', async () => {
    const { domains, put } = create();
    await put({ domain: '#sync', state: 'open', number: 3, commit: 'abc', run: 'run', at: 7 });
    expect(await domains.gate()).toEqual({ state: 'open', number: 3, commit: 'abc', run: 'run', at: 7 });
    await put({ domain: '#build', builtAt: 7 });
    expect(await domains.awaitsBuild('new.example')).toBe(true);
    await put({ domain: '#build', builtAt: 7, number: 0 });
    expect(await domains.awaitsBuild('new.example')).toBe(false);
    await put(domainItem({ domain: 'ours.example' }));
    await put({ domain: 'theirs.example', aliasfor: 'ours.example' });
    expect(await domains.awaitsBuild('ours.example')).toBe(false);
    expect(await domains.awaitsBuild('theirs.example')).toBe(true);
    expect((await domains.readAll()).filter(({ key }) => key.domain.startsWith('#'))).toEqual([]);
  });
});
