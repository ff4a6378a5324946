import { randomUUID } from 'node:crypto';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { allowAll } from '../../action/src/guard/reason.ts';
import { type SyncPorts, type SyncRequest, type SyncResult, sync } from '../../action/src/sync/sync.ts';
import { openTables } from '../../action/src/tables/open.ts';
import { defaultPolicy } from '../../schema/src/files/policy.ts';
import { reasonCodes } from '../../schema/src/records/reasonCodes.ts';
import type { Definition, Records } from '../../schema/src/records/records.ts';
import { startTables, type TablesServer } from '../tablesFixture.ts';

const moment = { today: '2026-11-24', reserved: [] };
const clock = {
  now: Date.now,
  sleep: (ms: number) => new Promise<void>((r) => setTimeout(r, ms)),
  random: Math.random,
};
const stage = {
  tables: { definitions: 'definitions', domains: 'domains', aliases: 'aliases', bounces: 'bounces' },
  limits: { bounces: 0, softBounces: 3 },
};

function one(alias: string, destinations: readonly string[], active = true): Definition {
  return { domain: 'example.com', alias, destinations, type: 'person', active };
}

/** 751 aliases, a third of them groups that refer to others. */
const numbers = Array.from({ length: 250 }, (_, index) => index);
const before: Records = {
  definitions: [
    one('*', ['all@mailbox.example']),
    ...numbers.map((n) => one(`p${n}`, [`p${n}@mailbox.example`], n % 5 !== 0)),
    ...numbers.map((n) => one(`g${n}`, n % 5 === 0 ? [`h${n}@mailbox.example`] : [`p${n}`])),
    ...numbers.map((n) => one(`gone${n}`, [`p${n}`, `x${n}@mailbox.example`])),
  ],
  domains: [{ domain: 'example.com' }, { domain: 'example.net', aliasfor: 'example.com' }],
};
/** Creates, updates that switch on, switch off and redirect, deletes, and an alias domain each that comes and goes. */
const after: Records = {
  definitions: [
    one('*', ['all@mailbox.example']),
    ...numbers.map((n) => one(`p${n}`, [n % 5 === 0 ? `p${n}@mailbox.example` : `new${n}`], n % 5 !== 1)),
    ...numbers.map((n) => one(`g${n}`, n % 5 === 1 ? [`new${n}`] : [`p${n}`, `new${n}`])),
    ...numbers.map((n) => one(`new${n}`, [`n${n}@mailbox.example`])),
  ],
  domains: [{ domain: 'example.com' }, { domain: 'example.org', aliasfor: 'example.com' }],
};
const request: Omit<SyncRequest, 'desired'> = {
  policy: defaultPolicy,
  moment,
  pruneForeign: false,
  waitSeconds: 0,
  startedBy: 'Jane',
  at: 1,
};

function portsOf(server: TablesServer, client = server.client): SyncPorts {
  const tables = openTables(client, stage, clock);
  return {
    ...tables,
    clock,
    newToken: randomUUID,
    isDescendant: async () => true,
    policyAt: async () => undefined,
    allowed: async () => ({ allowance: allowAll(reasonCodes) }),
  };
}

async function seeded(): Promise<TablesServer> {
  const server = await startTables();
  await sync({ ...request, desired: before }, portsOf(server));
  return server;
}

describe('a sync of 1,000 changes', () => {
  it('never overwrites a row that somebody writes between its plan and its write', async () => {
    const server = await seeded();
    const ports = portsOf(server);
    const racing: SyncPorts = {
      ...ports,
      async read() {
        const snapshot = await ports.read();
        const Item = {
          domain: { S: 'example.com' },
          alias: { S: 'p7' },
          destinations: { L: [{ S: 'z@mailbox.example' }] },
        };
        await server.client.send(new PutItemCommand({ TableName: 'definitions', Item }));
        return snapshot;
      },
    };
    const result: SyncResult = await sync({ ...request, desired: after }, racing);
    expect(result.stop).toMatchObject({ reason: 'conflict', rows: [{ key: { alias: 'p7' } }] });
    const row = (await ports.read()).rows.definitions.find(({ key }) => key.alias === 'p7');
    expect(row?.record.destinations).toEqual(['z@mailbox.example']);
    await server.stop();
  });

  it('is only slowed down by the throttling of half the requests', async () => {
    const server = await seeded();
    const proxy = await throttlingProxy(server.endpoint);
    const client = new DynamoDBClient({
      endpoint: proxy.endpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    });
    const result = await sync({ ...request, desired: after }, portsOf(server, client));
    expect(result.stop).toBeUndefined();
    expect(proxy.throttled()).toBeGreaterThan(5);
    const again = await sync({ ...request, desired: after }, portsOf(server));
    expect(again.review.plan.changes).toEqual([]);
    client.destroy();
    proxy.stop();
    await server.stop();
  });
});

/** Refuses every second request as DynamoDB does: half of those as throttled, half as a conflict of transactions. */
async function throttlingProxy(endpoint: string) {
  const count = { seen: 0, throttled: 0 };
  const proxy = createServer((from, to) => {
    count.seen += 1;
    if (count.seen % 2 === 0) {
      count.throttled += 1;
      from.resume();
      const isWrite = String(from.headers['x-amz-target']).includes('TransactWriteItems');
      const type = isWrite && count.seen % 4 === 0 ? 'TransactionCanceledException' : 'ThrottlingException';
      to.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
      to.end(
        JSON.stringify({
          __type: `com.amazonaws.dynamodb.v20120810#${type}`,
          message: 'busy',
          ...(type === 'TransactionCanceledException'
            ? { CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }] }
            : {}),
        }),
      );
      return;
    }
    const on = send(
      endpoint + (from.url ?? '/'),
      { method: from.method, headers: from.headers },
      (answer) => {
        to.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(to);
      },
    );
    from.pipe(on);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    throttled: () => count.throttled,
    stop: () => {
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}
