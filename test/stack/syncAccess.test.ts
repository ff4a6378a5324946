import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openTables } from '../../action/src/tables/open.ts';
import { runAliases } from '../../forwarder/local/aliasesCli.ts';
import { type FaultProxy, startFaultProxy } from '../../forwarder/local/servers/faultProxy.ts';
import type { LocalSystem } from '../../forwarder/local/system.ts';
import { startLocal } from '../localSystem.ts';
import { folderOf } from '../tablesFixture.ts';
import { grantedBy, identityStatements } from './statements.ts';
import { readTemplate } from './template.ts';

// What the action asks of DynamoDB, call by call, against what the roles grant that its workflows take.

const statements = identityStatements(readTemplate());

let system: LocalSystem;
let proxy: FaultProxy;
const used = new Map<string, Set<string>>();

beforeAll(async () => {
  system = await startLocal();
  proxy = await startFaultProxy(system.environment.AWS_ENDPOINT_URL_DYNAMODB ?? '');
  proxy.decide((operation, body) => {
    note(operation, JSON.parse(body.toString()));
    return undefined;
  });
});

afterAll(async () => {
  await proxy.stop();
  await system.stop();
});

beforeEach(() => used.clear());

const clock = { now: () => performance.now(), sleep: async () => {}, random: () => 0 };

interface Call {
  readonly TableName?: string;
  /** Each `{Put: {TableName}}`, or of another kind. */
  readonly TransactItems?: readonly Readonly<Record<string, { readonly TableName: string }>>[];
}

const transacted: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

function note(operation: string, { TableName, TransactItems = [] }: Call): void {
  if (TableName !== undefined) add(TableName, operation);
  for (const [kind, { TableName: table }] of TransactItems.flatMap((item) => Object.entries(item)))
    add(table, transacted[kind] ?? kind);
}

function add(table: string, operation: string): void {
  const name = table.split('-').at(-1) ?? '';
  used.set(name, (used.get(name) ?? new Set()).add(`dynamodb:${operation}`));
}

const sorted = () => Object.fromEntries([...used].map(([table, actions]) => [table, [...actions].sort()]));

/** Syncs a file of these lines. */
async function sync(...lines: readonly string[]): Promise<void> {
  const folder = await folderOf({ 'example.com.yml': `${lines.join('\n')}\n` });
  const environment = { ...system.environment, AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint };
  const options = ['--commit', 'a'.repeat(40), '--allow', 'domain-removed,mass-removal,mass-redirect'];
  const { code, stderr } = await runAliases(environment, 'sync', '--dir', folder, ...options);
  expect(code, stderr).toBe(0);
}

it('the sync role grants what syncs do, and nothing else', async () => {
  await sync(
    'domain: example.com',
    'aliasDomains: [example.net, example.org]',
    'aliases:',
    '  ann: { destinations: [ann@home.example] }',
    // So many that there is a transaction between the one that opens the gate and the one that closes it.
    ...Array.from({ length: 200 }, (_, n) => `  bob${n}: { destinations: [bob@home.example] }`),
  );
  await sync(
    'domain: example.com',
    'filter: strict',
    'aliasDomains: [example.net]',
    'aliases:',
    '  ann: { destinations: [ann@home.example, eve@home.example] }',
  );
  expect(sorted()).toEqual(grantedBy(statements, 'GithubSyncRole'));
});

it('the read role grants what comments and the drift report read, and nothing else', async () => {
  const { AWS_REGION: region = '', AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = system.environment;
  const client = new DynamoDBClient({
    region,
    endpoint: proxy.endpoint,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
  });
  const name = (table: string) => system.environment[`${table}_TABLE`] ?? '';
  const tables = {
    definitions: name('DEFINITIONS'),
    domains: name('DOMAINS'),
    aliases: name('ALIASES'),
    bounces: name('BOUNCES'),
  };
  const opened = openTables(client, { tables, limits: { bounces: 0, softBounces: 3 } }, clock);
  await opened.read();
  await opened.blockedUntil('ann@home.example', 0);
  await opened.blocked(0);
  client.destroy();
  expect(sorted()).toEqual(grantedBy(statements, 'GithubReadRole'));
});
