import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowAll } from '../../action/src/guard/reason.ts';
import { type SyncRequest, type SyncResult, sync } from '../../action/src/sync/sync.ts';
import { openTables } from '../../action/src/tables/open.ts';
import { bouncesTable } from '../../forwarder/src/aws/bouncesTable.ts';
import { aliasesTable, definitionsTable, domainsTable } from '../../forwarder/src/aws/buildTables.ts';
import { documents } from '../../forwarder/src/aws/documents.ts';
import { aliasRows, publishedDomains } from '../../forwarder/src/aws/routingTables.ts';
import { type BuildTables, type Rebuilt, rebuild } from '../../forwarder/src/build/rebuild.ts';
import {
  addresses,
  isAmong,
  lookUp,
  outcomeIn,
  revision,
  today,
} from '../../forwarder/src/build/revisions.arbitrary.ts';
import { fakeTables } from '../../forwarder/src/build/tables.fake.ts';
import { defaultPolicy } from '../../schema/src/files/policy.ts';
import { reasonCodes } from '../../schema/src/records/reasonCodes.ts';
import { type AliasRow, definitionItem, type Records } from '../../schema/src/records/records.ts';
import type { Address } from '../../schema/src/text/address.ts';
import { day, seconds } from '../../schema/src/text/time.ts';
import { startTables, type TablesServer } from '../tablesFixture.ts';

const now = Date.parse(`${today}T10:00:00Z`) / 1_000;
const clock = {
  now: Date.now,
  sleep: (ms: number) => new Promise<void>((done) => setTimeout(done, ms)),
  random: Math.random,
};
const stage = {
  tables: { definitions: 'definitions', domains: 'domains', aliases: 'aliases', bounces: 'bounces' },
  limits: { bounces: 0, softBounces: 3 },
};
const request: Omit<SyncRequest, 'desired'> = {
  policy: defaultPolicy,
  moment: { today, reserved: [] },
  pruneForeign: true,
  waitSeconds: 0,
  startedBy: 'Jane',
  at: now,
};
const history = {
  isDescendant: async () => true,
  policyAt: async () => undefined,
  allowed: async () => ({ allowance: allowAll(reasonCodes) }),
};
/** With these a sync has more changes than one transaction takes. */
const many = 250;

/** Aliases by the hundred, which the next revision leads elsewhere. */
function withMany(records: Records, mailbox: string): Records {
  const [{ domain } = { domain: '' }] = records.domains;
  const filler = Array.from({ length: many }, (_, n) => {
    const destinations = [`${mailbox}${n}@mail.example`];
    return { domain, alias: `f${n}`, destinations, type: 'person' as const, active: true };
  });
  return { ...records, definitions: [...records.definitions, ...filler] };
}

/** A client whose process dies: it sends so many writes, and nothing after. */
function dyingClient(server: TablesServer, writes: number, before: () => Promise<unknown>): DynamoDBClient {
  const client = new DynamoDBClient({
    endpoint: server.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  const left = { writes };
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (!/^(?:Transact|Put|Update|Delete)/.test(context.commandName ?? '')) return next(args);
      await before();
      if (left.writes === 0) throw new Error('killed');
      left.writes -= 1;
      return next(args);
    },
    { step: 'initialize' },
  );
  return client;
}

async function syncOf(
  server: TablesServer,
  desired: Records,
  writes = Number.POSITIVE_INFINITY,
  before: () => Promise<unknown> = async () => undefined,
): Promise<SyncResult> {
  const client = dyingClient(server, writes, before);
  try {
    const tables = openTables(client, stage, clock);
    const ports = { ...tables, ...history, clock, newToken: randomUUID };
    return await sync({ ...request, desired }, ports);
  } finally {
    client.destroy();
  }
}

function tablesOf(server: TablesServer) {
  const client = documents(server.client);
  return {
    definitions: definitionsTable(client, 'definitions'),
    domains: { ...domainsTable(client, 'domains'), ...publishedDomains(client, 'domains') },
    aliases: { ...aliasesTable(client, 'aliases'), ...aliasRows(client, 'aliases') },
    bounces: bouncesTable(client, 'bounces'),
  };
}

async function build(server: TablesServer, tables: BuildTables = tablesOf(server)): Promise<Rebuilt> {
  const rebuilt = await rebuild(tables, {
    now: seconds(now),
    softBounceLimit: 3,
    renew: async () => undefined,
  });
  if (rebuilt.kind === 'published') {
    const Item = { domain: '#build', number: rebuilt.number };
    await documents(server.client).send(new PutCommand({ TableName: 'domains', Item }));
  }
  return rebuilt;
}

/** Whether each address has exactly what these files say, in the tables as they stand. */
async function expectOutcomes(server: TablesServer, records: Records, when: string): Promise<void> {
  const tables = fakeTables();
  const client = documents(server.client);
  const { Items: domains = [] } = await client.send(new ScanCommand({ TableName: 'domains' }));
  for (const item of domains) tables.domainItems.set(item.domain, item);
  const { Items: rows = [] } = await client.send(new ScanCommand({ TableName: 'aliases' }));
  for (const row of rows) tables.aliasRows.set(`${row.alias} ${row.destination}`, row as AliasRow);
  const asked = [...addresses, `f0@${records.domains[0]?.domain}` as Address];
  for (const address of asked) {
    expect(await lookUp(tables, address), `${address} ${when}`).toEqual(outcomeIn(records, address));
  }
}

describe('a sync', () => {
  it('is one step for mail, killed after each of its writes while builds go on', async () => {
    await fc.assert(
      fc.asyncProperty(
        revision,
        revision,
        fc.boolean(),
        fc.infiniteStream(fc.boolean()),
        async (drawnBefore, drawnAfter, isLarge, coins) => {
          const before = isLarge ? withMany(drawnBefore, 'old') : drawnBefore;
          const after = isLarge ? withMany(drawnAfter, 'new') : drawnAfter;
          const server = await startTables();
          try {
            await syncOf(server, before);
            await build(server);
            await expectOutcomes(server, before, 'before the sync');
            const mayBuild = async () => coins.next().value && build(server);
            for (let cuts = 1; ; cuts += 1) {
              // The first run dies before its first write, the others after one each.
              const cut = await syncOf(server, after, Math.min(1, cuts - 1), mayBuild);
              if (cut.stop === undefined) break;
              await expectOutcomes(server, before, `after cut ${cuts}`);
              await build(server);
              await expectOutcomes(server, before, `after a build after cut ${cuts}`);
            }
            await expectOutcomes(server, before, 'when the gate is closed');
            const tables = tablesOf(server);
            const looks = addresses.map(async (address) => {
              const found = await lookUp(tables, address);
              const outcomes = [outcomeIn(before, address), outcomeIn(after, address)];
              const shown = `${address}: ${JSON.stringify(found)} of ${JSON.stringify(outcomes)}`;
              expect(found === 'waits' || isAmong(found, outcomes), shown).toBe(true);
            });
            await Promise.all([build(server), ...looks]);
            await expectOutcomes(server, after, 'after the build');
            const again = await syncOf(server, after);
            expect(again.review.plan.changes).toEqual([]);
            expect((await build(server)).kind).toBe('published');
            await expectOutcomes(server, after, 'after another build');
          } finally {
            await server.stop();
          }
        },
      ),
      // RUNS=300 takes some minutes: after a change of the order or of the gate, by hand.
      { numRuns: Number(process.env.RUNS ?? 12) },
    );
  }, 600_000);
});

/** As a sync leaves the gate that is killed after its first transaction. */
async function leaveOpen(server: TablesServer): Promise<void> {
  const TableName = 'domains';
  const client = documents(server.client);
  const Key = { domain: '#sync' };
  const { Item } = await client.send(new GetCommand({ TableName, Key }));
  await client.send(
    new PutCommand({ TableName, Item: { ...Item, state: 'open', number: Number(Item?.number) + 1 } }),
  );
}

describe('a build', () => {
  const files = (destination: string): Records => ({
    definitions: [
      { domain: 'one.example', alias: 'a', destinations: [destination], type: 'person', active: true },
    ],
    domains: [{ domain: 'one.example' }],
  });

  it('publishes nothing when a sync opened and ended during its scans, and the next one does', async () => {
    const server = await startTables();
    try {
      await syncOf(server, files('p@mail.example'));
      await build(server);
      const tables = tablesOf(server);
      const held: BuildTables = {
        ...tables,
        definitions: {
          async readAll() {
            const rows = await tables.definitions.readAll();
            await syncOf(server, files('q@mail.example'));
            return rows;
          },
        },
      };
      expect((await build(server, held)).kind).toBe('gated');
      await expectOutcomes(server, files('p@mail.example'), 'after the build that was overtaken');
      expect((await build(server)).kind).toBe('published');
      await expectOutcomes(server, files('q@mail.example'), 'after the next one');
    } finally {
      await server.stop();
    }
  });

  it('publishes what the web UI wrote while the gate was open only once it is closed', async () => {
    const server = await startTables();
    try {
      await syncOf(server, files('p@mail.example'));
      await build(server);
      await leaveOpen(server);
      const edited = files('s@mail.example').definitions[0];
      const Item = {
        ...(edited && definitionItem(edited)),
        alias: 'b',
        managedBy: undefined,
        sum: undefined,
      };
      const client = documents(server.client);
      await client.send(new PutCommand({ TableName: 'definitions', Item }));
      expect((await build(server)).kind).toBe('gated');
      await expectOutcomes(server, files('p@mail.example'), 'while the gate is open');
      const end = { ...request, desired: files('q@mail.example'), pruneForeign: false };
      const ports = { ...openTables(server.client, stage, clock), clock, newToken: randomUUID };
      expect((await sync(end, { ...ports, ...history })).stop).toBeUndefined();
      await build(server);
      const tables = tablesOf(server);
      expect(await lookUp(tables, 'a@one.example' as Address)).toEqual(['q@mail.example']);
      expect(await lookUp(tables, 'b@one.example' as Address)).toEqual(['s@mail.example']);
    } finally {
      await server.stop();
    }
  });

  it('counts blocks anew while the gate is open, and lets what expires expire', async () => {
    const server = await startTables();
    const [definition] = files('p@mail.example').definitions;
    const expiring = {
      ...files('p@mail.example'),
      definitions: definition === undefined ? [] : [{ ...definition, expires: '2026-11-25' }],
    };
    try {
      await syncOf(server, expiring);
      await build(server);
      await leaveOpen(server);
      await tablesOf(server).bounces.add({
        destination: 'p@mail.example',
        createdAt: now,
        validUntil: now + 1_000,
        type: 'bounce',
        bounceType: 'Permanent',
        feedbackId: 'f',
      });
      expect(await build(server)).toMatchObject({ kind: 'gated', recounts: [{ bounces: 1 }] });
      const address = 'a@one.example' as Address;
      expect((await tablesOf(server).aliases.of(address))[0]?.bounces).toBe(1);
      expect(await lookUp(tablesOf(server), address)).toEqual(['p@mail.example']);
      expect(await lookUp(tablesOf(server), address, day('2026-11-25'))).toBe('inactive');
    } finally {
      await server.stop();
    }
  });
});
