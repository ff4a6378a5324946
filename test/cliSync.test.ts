import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Exited, folderOf, runNode, startTables, type TablesServer } from './tablesFixture.ts';

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
      requests: { writes: 2 },
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
});
