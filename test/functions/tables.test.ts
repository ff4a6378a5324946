import { afterAll, beforeAll, expect, test } from 'vitest';
import { aliasesTable } from '../../forwarder/src/ports/aliasesTable.ts';
import { bouncesTable } from '../../forwarder/src/ports/bouncesTable.ts';
import { documents } from '../../forwarder/src/ports/documents.ts';
import { guardRow } from '../../forwarder/src/ports/guardRow.ts';
import { misspeltRow } from '../../forwarder/src/ports/misspeltRow.ts';
import type { Address } from '../../schema/src/address.ts';
import { startTables, type TablesServer } from '../tablesFixture.ts';

let server: TablesServer;
beforeAll(async () => {
  server = await startTables();
});
afterAll(() => server.stop());

test('keeps a bounce once for its report, and two reports of one millisecond', async () => {
  const table = bouncesTable(documents(server.client), server.names.BOUNCES_TABLE ?? '');
  const row = {
    destination: 'a@x.example',
    createdAt: 5,
    validUntil: 9,
    type: 'bounce',
    feedbackId: 'f',
  } as const;
  await table.add(row);
  await table.add(row);
  await table.add({ ...row, feedbackId: 'g' });
  expect(await table.of('a@x.example')).toEqual([row, { ...row, createdAt: 6, feedbackId: 'g' }]);
  await table.remove(row);
  expect(await table.readAll()).toEqual([{ ...row, createdAt: 6, feedbackId: 'g' }]);
});

test('writes, finds and counts alias rows', async () => {
  const table = aliasesTable(documents(server.client), server.names.ALIASES_TABLE ?? '');
  const rows = Array.from({ length: 25 }, (_, place) => ({
    alias: `a${place % 2}@example.com` as Address,
    destination: `d${place}@x.example` as Address,
    domain: 'example.com',
    updatedAt: 7,
    bounces: 0,
  }));
  await table.write(rows.map((put) => ({ put })));
  expect(await table.of('a1@example.com' as Address)).toHaveLength(12);
  const [first] = await table.leadingTo('d3@x.example');
  expect(first).toEqual(rows[3]);
  if (first === undefined) return;
  expect(await table.setBounces(first, 0, 2)).toBe(true);
  expect(await table.setBounces(first, 0, 3)).toBe(false);
  await table.write([{ remove: { alias: first.alias, destination: first.destination } }]);
  expect(await table.setBounces(first, 2, 3)).toBe(false);
  expect(await table.readAll()).toHaveLength(24);
});

test('keeps the guard and the misspelt keys beside the rows of mails and domains', async () => {
  const guard = guardRow(documents(server.client), server.names.DELIVERIES_TABLE ?? '');
  expect(await guard.read()).toBeUndefined();
  await guard.write({ rate: 0.1, until: 5 });
  expect(await guard.read()).toMatchObject({ rate: 0.1, until: 5 });
  const misspelt = misspeltRow(documents(server.client), server.names.DOMAINS_TABLE ?? '');
  const keys = [{ domain: 'example.com', alias: 'john', stored: { domain: 'example.com', alias: 'John' } }];
  for (const rows of [[], keys, keys, []]) {
    await misspelt.write(rows);
    expect(await misspelt.read()).toEqual(rows);
  }
});
