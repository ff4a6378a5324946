import { GetItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Exited, folderOf, runNode, startTables, type TablesServer } from '../tablesFixture.ts';

let server: TablesServer;
beforeAll(async () => {
  server = await startTables();
});
afterAll(() => server.stop());

const files = {
  'example.com.yml': `domain: example.com
aliasDomains: [example.net]
aliases:
  a: { destinations: [a@mailbox.example] }
  b: { destinations: [b@mailbox.example] }
  c: { type: group, destinations: [a, b] }
  d: { destinations: [d@mailbox.example] }
`,
};

const cli = (...words: string[]): Promise<Exited> =>
  runNode(['action/src/cli.ts', ...words], server.environment);

describe('the command line against tables', () => {
  it('plans, syncs, and then has nothing to write', async () => {
    const folder = await folderOf(files);
    const planned = await cli('plan', '--to', folder, '--format', 'json', '--detailed-exitcode');
    expect(planned.code).toBe(3);
    const plan = JSON.parse(planned.stdout);
    expect(plan.counts).toEqual({ create: 6, update: 0, delete: 0, unchanged: 0 });
    expect(plan.unsafe).toEqual([]);
    const first = await cli('sync', '--dir', folder, '--wait-seconds', '0', '--format', 'json');
    expect(first.stderr).toMatch(/6 rows written/);
    expect(first.code).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({
      fingerprint: plan.fingerprint,
      applied: 6,
      liveAfterMs: null,
      // One transaction, and the gate in it.
      requests: { writes: 1 },
      held: [],
    });
    const second = await cli('sync', '--dir', folder, '--wait-seconds', '0', '--format', 'json');
    expect(JSON.parse(second.stdout)).toMatchObject({ applied: 0, requests: { writes: 0 } });
    expect(second.code).toBe(0);
  });

  it('refuses to delete two of four aliases, and does it when that is allowed', async () => {
    const text = files['example.com.yml'].replace(/ {2}(b|d):.*\n/g, '').replace('[a, b]', '[a]');
    const folder = await folderOf({ 'example.com.yml': text });
    const refused = await cli('sync', '--dir', folder, '--wait-seconds', '0', '--format', 'json');
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({
      applied: 0,
      unsafe: [{ code: 'mass-removal', override: 'mass-removal' }],
    });
    const planned = await cli('plan', '--to', folder);
    expect(planned.code).toBe(1);
    const allowed = await cli('sync', '--dir', folder, '--wait-seconds', '0', '--allow', 'mass-removal');
    expect(allowed.stderr + allowed.stdout).toMatch(/3 rows written/);
    expect(allowed.code).toBe(0);
  });

  it('reports a row edited outside and does not overwrite it', async () => {
    const folder = await folderOf(files);
    const before = await cli('sync', '--dir', folder, '--wait-seconds', '0');
    expect(before.code).toBe(0);
    const { Items = [] } = await server.client.send(new ScanCommand({ TableName: 'definitions' }));
    const row = Items.find((item) => item.alias?.S === 'a');
    await server.client.send(
      new PutItemCommand({
        TableName: 'definitions',
        Item: { ...row, destinations: { L: [{ S: 'x@mailbox.example' }] } },
      }),
    );
    const refused = await cli('sync', '--dir', folder, '--wait-seconds', '0', '--format', 'json');
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout).unsafe).toEqual([
      {
        code: 'edited-outside',
        override: 'edited-outside',
        message: expect.stringContaining('a@example.com'),
      },
    ]);
  });

  it('syncs the other domains where a file has errors, names the one that it held, and fails', async () => {
    const org = 'domain: example.org\naliases:\n  o: { destinations: [o@mailbox.example] }\n';
    const both = await folderOf({ ...files, 'example.org.yml': org });
    const allow = ['--allow', 'edited-outside'];
    expect((await cli('sync', '--dir', both, '--wait-seconds', '0', ...allow)).code).toBe(0);
    const folder = await folderOf({
      'example.com.yml': files['example.com.yml'].replace('d@mailbox', 'new@mailbox'),
      'example.org.yml': org.replace('[o@mailbox.example]', '[o@mailbox.example'),
    });
    const synced = await cli('sync', '--dir', folder, '--wait-seconds', '0', '--format', 'json');
    expect(synced.code).toBe(1);
    expect(JSON.parse(synced.stdout)).toMatchObject({
      applied: 1,
      changes: [{ kind: 'update', key: { domain: 'example.com', alias: 'd' } }],
      held: [{ domain: 'example.org', reason: expect.stringMatching(/example\.org\.yml has an error$/) }],
    });
    expect(synced.stderr).toMatch(/\.yml:3:\d+: error: /);
    expect(synced.stderr).toContain('example.org was not synced and keeps what the tables have:');
    const kept = await server.client.send(
      new GetItemCommand({
        TableName: 'definitions',
        Key: { domain: { S: 'example.org' }, alias: { S: 'o' } },
      }),
    );
    expect(kept.Item?.destinations).toEqual({ L: [{ S: 'o@mailbox.example' }] });
    const planned = await cli('plan', '--to', folder, '--format', 'json');
    expect(planned.code).toBe(1);
    expect(JSON.parse(planned.stdout).ok).toBe(false);
    const shared = await folderOf({ ...files, '_shared.yml': 'aliases: [' });
    const stopped = await cli('sync', '--dir', shared, '--wait-seconds', '0', '--format', 'json');
    expect(stopped.code).toBe(1);
    expect(JSON.parse(stopped.stdout)).toMatchObject({ ok: false });
  });

  it('says in a plan that a sync was cut short, with the command that mends it, until one ends', async () => {
    const folder = await folderOf(files);
    const allow = ['--allow', 'domain-removed'];
    await cli('sync', '--dir', folder, '--wait-seconds', '0', ...allow);
    const open = (minutesAgo: number) => {
      const at = Math.floor(Date.now() / 1000) - minutesAgo * 60;
      const Item = {
        domain: { S: '#sync' },
        state: { S: 'open' },
        number: { N: '9' },
        at: { N: String(at) },
      };
      return server.client.send(new PutItemCommand({ TableName: 'domains', Item }));
    };
    await open(10);
    expect((await cli('plan', '--to', folder)).stdout).not.toContain('cut short');
    await open(20);
    const { stdout } = await cli('plan', '--to', folder);
    expect(stdout).toMatch(/A sync was cut short at .*Run it again: npm run -s aliases -- sync\n/);
    const json = await cli('plan', '--to', folder, '--format', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({ changes: [], gate: { state: 'open' } });
    const mended = await cli('sync', '--dir', folder, '--wait-seconds', '0', '--format', 'json');
    expect(JSON.parse(mended.stdout)).toMatchObject({ applied: 0, requests: { writes: 1 } });
    expect((await cli('plan', '--to', folder)).stdout).not.toContain('cut short');
  });
});
