import { randomUUID } from 'node:crypto';
import { DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allowAll } from '../../action/src/guard/reason.ts';
import { type SyncPorts, type SyncRequest, sync } from '../../action/src/sync/sync.ts';
import { openTables } from '../../action/src/tables/open.ts';
import { startFaultProxy } from '../../forwarder/local/servers/faultProxy.ts';
import { defaultPolicy } from '../../schema/src/files/policy.ts';
import type { Gate } from '../../schema/src/records/gate.ts';
import { reasonCodes } from '../../schema/src/records/reasonCodes.ts';
import type { Definition, Records } from '../../schema/src/records/records.ts';
import { startTables, type TablesServer } from '../tablesFixture.ts';

const clock = {
  now: Date.now,
  sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
};
const stage = {
  tables: { definitions: 'definitions', domains: 'domains', bounces: 'bounces' },
  limits: { bounces: 0, softBounces: 3 },
};

let server: TablesServer;
beforeEach(async () => {
  server = await startTables();
});
afterEach(() => server.stop());

function portsOf(client = server.client): SyncPorts {
  const tables = openTables(client, stage, clock);
  // `later` comes after `first`, and nothing after anything else.
  const isDescendant = async (later: string, earlier: string) => later === 'later' && earlier === 'first';
  return {
    ...tables,
    clock,
    newToken: randomUUID,
    isDescendant,
    policyAt: async () => undefined,
    allowed: async () => ({ allowance: allowAll(reasonCodes.filter((code) => code !== 'rollback')) }),
  };
}

function aliases(count: number, mailbox = 'm'): Records {
  const definitions = Array.from(
    { length: count },
    (_, n): Definition => ({
      domain: 'example.com',
      alias: `a${n}`,
      destinations: [`${mailbox}${n}@mailbox.example`],
      type: 'person',
      active: true,
    }),
  );
  return { definitions, domains: [{ domain: 'example.com' }] };
}

function requestFor(desired: Records, commit?: string): SyncRequest {
  return {
    desired,
    policy: defaultPolicy,
    moment: { today: '2026-11-24', reserved: [] },
    pruneForeign: false,
    waitSeconds: 0,
    startedBy: 'Jane',
    at: 1,
    ...(commit === undefined ? {} : { source: { commit, run: commit } }),
  };
}

const gate = async (): Promise<Gate | undefined> => (await portsOf().read()).gate;

/** As a run that is killed: after so many transactions, nothing. */
function dyingAfter(ports: SyncPorts, writes: number): SyncPorts {
  const left = { writes };
  const orDie = <R>(write: () => Promise<R>): Promise<R> => {
    if (left.writes === 0) return Promise.reject(new Error('killed'));
    left.writes -= 1;
    return write();
  };
  return {
    ...ports,
    changes: { write: (...given) => orDie(() => ports.changes.write(...given)) },
  };
}

describe('the gate of a sync', () => {
  it.each([
    ['the same commit', 'first', undefined],
    ['a commit that comes after it', 'later', undefined],
    ['nobody knows which commit', undefined, undefined],
    ['another commit', 'other', 'unsafe'],
  ])(
    'leaves the gate open, cut after any write, and the next run of %s ends it',
    async (_, next, refused) => {
      await sync(requestFor(aliases(350)), portsOf());
      for (let writes = 1; writes <= 3; writes += 1) {
        const of = (mailbox: string) => requestFor(aliases(350, `${mailbox}${writes}`), 'first');
        const cut = await sync(of('x'), dyingAfter(portsOf(), writes));
        expect(cut.stop?.reason).toBe('fault');
        const left = await gate();
        expect(left).toMatchObject({ state: 'open', commit: 'first' });
        const ended = await sync({ ...of('x'), ...requestFor(of('x').desired, next) }, portsOf());
        expect(ended.refused).toBe(refused);
        if (refused !== undefined) {
          expect(await gate()).toEqual(left);
          return;
        }
        expect(cut.written.length + ended.written.length).toBe(350);
        expect(await gate()).toMatchObject({ state: 'closed', number: (left?.number ?? 0) + 1 });
        const again = await sync(requestFor(of('x').desired, next), portsOf());
        expect(again).toMatchObject({ written: [] });
        expect(await gate()).toMatchObject({ number: (left?.number ?? 0) + 1 });
        // Back to where the next cut may begin with any commit.
        await server.client.send(
          new UpdateItemCommand({
            TableName: 'domains',
            Key: { domain: { S: '#sync' } },
            UpdateExpression: 'REMOVE #commit',
            ExpressionAttributeNames: { '#commit': 'commit' },
          }),
        );
      }
    },
  );

  it('writes nothing more once another run has opened the gate', async () => {
    const ports = portsOf();
    const transactions = { count: 0 };
    const slow: SyncPorts = {
      ...ports,
      changes: {
        async write(...given) {
          transactions.count += 1;
          if (transactions.count === 2) await sync(requestFor(aliases(300, 'theirs')), portsOf());
          return ports.changes.write(...given);
        },
      },
    };
    const mine = await sync(requestFor(aliases(300, 'mine')), slow);
    expect(mine.stop).toEqual({ reason: 'other-run' });
    expect(mine.written).toHaveLength(99);
    expect(transactions.count).toBe(2);
    const { rows } = await ports.read();
    expect(rows.definitions.every(({ record }) => record.destinations[0]?.startsWith('theirs'))).toBe(true);
    expect(await gate()).toMatchObject({ state: 'closed', number: 2 });
  });

  it('lets one of two runs on that say the same in the same second', async () => {
    const ends = await Promise.all(
      [1, 2].map(() => sync(requestFor(aliases(10), 'first'), { ...portsOf(), read: readTogether() })),
    );
    expect(ends.map(({ stop }) => stop?.reason).sort()).toEqual(['other-run', undefined]);
    expect(await gate()).toMatchObject({ state: 'closed', number: 1 });
  });

  it('opens, writes and closes once where each answer is lost', async () => {
    const proxy = await startFaultProxy(server.endpoint);
    const client = new DynamoDBClient({
      endpoint: proxy.endpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    });
    const seen = new Set<string>();
    proxy.decide((operation, body) => {
      const { ClientRequestToken: token = '' } = JSON.parse(body.toString()) as {
        ClientRequestToken?: string;
      };
      if (operation !== 'TransactWriteItems' || seen.has(token)) return undefined;
      seen.add(token);
      return 'after';
    });
    const result = await sync(requestFor(aliases(150), 'first'), portsOf(client));
    expect(result.stop).toBeUndefined();
    expect(result.written).toHaveLength(151);
    expect(proxy.count()).toBe(2);
    expect(await gate()).toMatchObject({ state: 'closed', number: 1, commit: 'first' });
    client.destroy();
    await proxy.stop();
  });

  it.each([
    ['done', 'closed'],
    ['started', 'open'],
  ])('goes on from a row of an earlier version that is %s', async (state, reads) => {
    const Item = {
      domain: { S: '#sync' },
      commit: { S: 'first' },
      state: { S: state },
      run: { S: 'r' },
      at: { N: '5' },
    };
    await server.client.send(new PutItemCommand({ TableName: 'domains', Item }));
    expect(await gate()).toMatchObject({ state: reads, number: 0 });
    expect((await sync(requestFor(aliases(3), 'later'), portsOf())).stop).toBeUndefined();
    expect(await gate()).toMatchObject({ state: 'closed', number: 1, commit: 'later' });
  });

  it('waits for the build that saw its number', async () => {
    const build = (number: number) =>
      server.client.send(
        new PutItemCommand({
          TableName: 'domains',
          Item: { domain: { S: '#build' }, number: { N: String(number) } },
        }),
      );
    await build(0);
    const sleeps = { count: 0 };
    const sleep = async () => {
      sleeps.count += 1;
      await build(sleeps.count === 3 ? 1 : 0);
    };
    const request = { ...requestFor(aliases(3)), waitSeconds: 60 };
    const result = await sync(request, { ...portsOf(), clock: { ...clock, sleep } });
    expect(result.stop).toBeUndefined();
    expect(result.liveAfterMs).not.toBeNull();
    expect(sleeps.count).toBe(3);
  });
});

/** Reads, but not before the other of two has read. */
const meeting = { waiting: [] as (() => void)[] };
function readTogether(): SyncPorts['read'] {
  const ports = portsOf();
  return async () => {
    const snapshot = await ports.read();
    await new Promise<void>((resolve) => {
      meeting.waiting.push(resolve);
      if (meeting.waiting.length === 2) for (const go of meeting.waiting) go();
    });
    return snapshot;
  };
}

describe('a domain that a build has published', () => {
  const key = { domain: { S: 'example.org' } };
  const live = { M: { inactive: { L: [] } } };
  const row = async () =>
    (await server.client.send(new GetItemCommand({ TableName: 'domains', Key: key, ConsistentRead: true })))
      .Item;
  const publish = () =>
    server.client.send(
      new UpdateItemCommand({
        TableName: 'domains',
        Key: key,
        UpdateExpression: 'SET live = :live',
        ExpressionAttributeValues: { ':live': live },
      }),
    );
  const without = aliases(3);
  const having = { ...without, domains: [...without.domains, { domain: 'example.org' }] };

  it('keeps what was published when it is given up, and when it comes again', async () => {
    await sync(requestFor(having), portsOf());
    await publish();
    const strict = { domain: 'example.org', filter: 'strict' } as const;
    await sync(requestFor({ ...without, domains: [...without.domains, strict] }), portsOf());
    expect(await row()).toMatchObject({ live, filter: { S: 'strict' } });
    const gone = await sync(requestFor(without), portsOf());
    expect(gone.stop).toBeUndefined();
    expect(await row()).toEqual({ ...key, live, liveOnly: { BOOL: true } });
    expect((await sync(requestFor(without), portsOf())).review.plan.changes).toEqual([]);
    const back = await sync(requestFor(having), portsOf());
    expect(back.stop).toBeUndefined();
    expect(await row()).toEqual({
      ...key,
      live,
      managedBy: { S: 'aliasops' },
      sum: { S: expect.any(String) },
    });
  });

  it('leaves nothing but its name where nothing was published of it', async () => {
    await sync(requestFor(having), portsOf());
    await sync(requestFor(without), portsOf());
    expect(await row()).toEqual({ ...key, liveOnly: { BOOL: true } });
    expect((await portsOf().read()).rows.domains.map((own) => own.key.domain)).toEqual(['example.com']);
  });

  it('keeps what is published between plan and delete', async () => {
    await sync(requestFor(having), portsOf());
    const ports = portsOf();
    const read = async () => {
      const snapshot = await ports.read();
      await publish();
      return snapshot;
    };
    expect((await sync(requestFor(without), { ...ports, read })).stop).toBeUndefined();
    expect(await row()).toEqual({ ...key, live, liveOnly: { BOOL: true } });
  });

  it('is not touched where somebody else writes its row between plan and create', async () => {
    await sync(requestFor(without), portsOf());
    const ports = portsOf();
    const read = async () => {
      const snapshot = await ports.read();
      await server.client.send(
        new PutItemCommand({ TableName: 'domains', Item: { ...key, note: { S: 'x' } } }),
      );
      return snapshot;
    };
    const result = await sync(requestFor(having), { ...ports, read });
    expect(result.stop).toMatchObject({ reason: 'conflict', rows: [{ key: { domain: 'example.org' } }] });
    expect(await row()).toEqual({ ...key, note: { S: 'x' } });
  });
});
