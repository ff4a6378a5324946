import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runAliases } from '../forwarder/src/local/aliasesCli.ts';
import { type LocalSystem, startSystem } from '../forwarder/src/local/system.ts';
import { forwarderFolder } from './stack/template.ts';

// The order of steps of docs/taking-over.md, on tables that hold what another deployment and its web UI wrote.

/** As written by hand over the years: capitals, a stray space, a set, no `type`, no `active`. */
const rows = [
  { domain: 'example.com', alias: 'john.doe', destinations: ['john@home.example'], type: 'person' },
  { domain: 'Example.com', alias: 'Jane.Roe ', destinations: new Set(['Jane@Home.example']) },
  {
    domain: 'example.com',
    alias: 'board',
    destinations: ['john.doe', 'jane.roe'],
    type: 'group',
    active: true,
  },
  { domain: 'example.com', alias: 'old', destinations: ['old@home.example'], active: false },
];
const domains = [{ domain: 'example.net', aliasfor: 'example.com' }];

let system: LocalSystem;
let folder: string;
let documents: DynamoDBDocumentClient;
let aliases: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aliasops-takeover-'));
  aliases = join(folder, 'aliases');
  system = await startSystem({
    template: join(forwarderFolder, '.serverless/cloudformation-template-update-stack.json'),
    root: forwarderFolder,
    outbox: join(folder, 'outbox'),
    smtpPort: 0,
    log: () => {},
  });
  documents = DynamoDBDocumentClient.from(system.dynamodb);
  for (const Item of rows) await documents.send(new PutCommand({ TableName: table('DEFINITIONS'), Item }));
  for (const Item of domains) await documents.send(new PutCommand({ TableName: table('DOMAINS'), Item }));
});

afterAll(async () => {
  await system.stop();
  await rm(folder, { recursive: true, force: true });
});

function table(name: string): string {
  return system.environment[`${name}_TABLE`] ?? '';
}

async function definition(domain: string, alias: string) {
  const { Item } = await documents.send(
    new GetCommand({ TableName: table('DEFINITIONS'), Key: { domain, alias }, ConsistentRead: true }),
  );
  return Item;
}

async function plan() {
  const { code, stdout, stderr } = await runAliases(
    system.environment,
    'plan',
    '--to',
    aliases,
    '--format',
    'json',
  );
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as { effects: unknown[]; changes: { kind: string }[] };
}

it('takes a deployment over, step by step, and changes nobody’s mail', { timeout: 120_000 }, async () => {
  const imported = await runAliases(system.environment, 'import', 'tables', '--to', aliases);
  expect(imported.code, imported.stderr).toBe(0);

  const first = await plan();
  expect(first.effects).toEqual([]);
  expect(first.changes.filter(({ kind }) => kind === 'delete')).toEqual([]);

  const synced = await runAliases(system.environment, 'sync', '--dir', aliases);
  expect(synced.code, synced.stderr).toBe(0);
  expect((await plan()).changes).toEqual([]);

  // The misspelt row stays under its key, where the web UI finds it, and is ours by now.
  expect(await definition('Example.com', 'Jane.Roe ')).toMatchObject({ managedBy: 'aliasops' });
  const { Items: routed = [] } = await documents.send(
    new ScanCommand({ TableName: table('ALIASES'), ConsistentRead: true }),
  );
  expect(routed.map(({ alias, destination }) => `${alias} ${destination}`).sort()).toEqual([
    'board@example.com jane@home.example',
    'board@example.com john@home.example',
    'jane.roe@example.com jane@home.example',
    'john.doe@example.com john@home.example',
  ]);
});

it('overwrites nothing that the web UI goes on writing, until it is allowed by name', {
  timeout: 120_000,
}, async () => {
  const board = await definition('example.com', 'board');
  const edited = { ...board, destinations: ['john.doe'] };
  const added = { domain: 'example.com', alias: 'press', destinations: ['press@home.example'], active: true };
  for (const Item of [edited, added]) {
    await documents.send(new PutCommand({ TableName: table('DEFINITIONS'), Item }));
  }
  const refused = await runAliases(system.environment, 'sync', '--dir', aliases);
  expect(refused.code).toBe(1);
  expect(await definition('example.com', 'board')).toMatchObject({ destinations: ['john.doe'] });

  const allowed = await runAliases(system.environment, 'sync', '--dir', aliases, '--allow', 'edited-outside');
  expect(allowed.code, allowed.stderr).toBe(0);
  expect(await definition('example.com', 'board')).toMatchObject({ destinations: ['john.doe', 'jane.roe'] });
  expect(await definition('example.com', 'press')).toMatchObject(added);
});

it('leaves rows that the former deployment reads as ever', async () => {
  for (const { domain, alias, active } of rows) {
    const row = await definition(domain, alias);
    expect(row?.active).toBe(active ?? true);
    expect(Array.isArray(row?.destinations)).toBe(true);
  }
});
