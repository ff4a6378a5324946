import { randomUUID } from 'node:crypto';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { type Rows, recordsOf } from '../../action/src/plan/change.ts';
import { plan } from '../../action/src/plan/plan.ts';
import { type SyncPorts, type SyncRequest, type SyncResult, sync } from '../../action/src/sync/sync.ts';
import { openTables } from '../../action/src/tables/open.ts';
import { createDirectory, explain } from '../../schema/src/directory/resolve.ts';
import { defaultPolicy } from '../../schema/src/files/policy.ts';
import type { Definition, Records } from '../../schema/src/records/records.ts';
import { joinAddress } from '../../schema/src/text/address.ts';
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
  allow: new Set(['mass-removal', 'mass-redirect', 'domain-removed', 'edited-outside']),
  pruneForeign: false,
  waitSeconds: 0,
  at: 1,
};

function portsOf(server: TablesServer, client = server.client): SyncPorts {
  const tables = openTables(client, stage, clock);
  return { ...tables, clock, newToken: randomUUID, isDescendant: async () => true };
}

async function seeded(): Promise<TablesServer> {
  const server = await startTables();
  await sync({ ...request, desired: before }, portsOf(server));
  return server;
}

/** As a run that is killed: after so many writes nothing of it goes on. */
function dyingAfter(ports: SyncPorts, writes: number): SyncPorts {
  const left = { writes };
  return {
    ...ports,
    changes: {
      async write(changes, gate, token) {
        if (left.writes === 0) throw new Error('killed');
        left.writes -= 1;
        return ports.changes.write(changes, gate, token);
      },
    },
  };
}

function worse(rows: Rows): string[] {
  const was = createDirectory(before);
  const becomes = createDirectory(after);
  const is = createDirectory(recordsOf(rows));
  const names = [...before.definitions, ...after.definitions].map(({ alias }) => alias);
  const addresses = ['example.com', 'example.net', 'example.org'].flatMap((domain) =>
    [...new Set(names), 'p1+tag', 'unknown'].map((name) => joinAddress(name, domain)),
  );
  return addresses.filter(
    (address) =>
      [was, becomes].every((directory) => explain(directory, address, moment).destinations.length > 0) &&
      explain(is, address, moment).destinations.length === 0,
  );
}

describe('a sync of 1,000 changes', () => {
  it('leaves no address worse off, killed after any write, and its re-run converges', async () => {
    const made = plan({ definitions: [], domains: [] }, before, moment, { pruneForeign: false });
    expect(made.counts.create).toBe(753);
    for (let writes = 0; ; writes += 1) {
      const server = await seeded();
      try {
        const cut = await sync({ ...request, desired: after }, dyingAfter(portsOf(server), writes));
        expect(cut.review.plan.counts).toMatchObject({ create: 251, update: 500, delete: 251 });
        expect(worse((await portsOf(server).read()).rows)).toEqual([]);
        const again = await sync({ ...request, desired: after }, portsOf(server));
        expect(again.stop).toBeUndefined();
        expect(cut.written.length + again.written.length).toBe(cut.review.plan.changes.length);
        const third = await sync({ ...request, desired: after }, portsOf(server));
        expect(third.review.plan.changes).toEqual([]);
        if (cut.stop === undefined) return expect(writes).toBeGreaterThan(9);
      } finally {
        await server.stop();
      }
    }
  }, 240_000);

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
