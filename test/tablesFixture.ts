import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { onTestFinished } from 'vitest';
import { startDynamoDb } from '../forwarder/local/servers/dynamodb.ts';
import { createTables } from './functions/tables.ts';

export interface Exited {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface TablesServer {
  readonly endpoint: string;
  readonly client: DynamoDBClient;
  /** Names of the tables, by setting. */
  readonly names: Readonly<Record<string, string>>;
  /** What a process needs to reach the tables. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** A DynamoDB server of its own with empty tables. */
export async function startTables(): Promise<TablesServer> {
  const server = await startDynamoDb();
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: server.endpoint, region: 'eu-west-1', credentials });
  const names = await createTables(client);
  return {
    endpoint: server.endpoint,
    client,
    names,
    environment: {
      AWS_ENDPOINT_URL_DYNAMODB: server.endpoint,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      ...names,
    },
    stop: async () => {
      client.destroy();
      await server.stop();
    },
  };
}

/** Remembers the rows of these tables; what it gives puts them back. */
export async function rememberRows(
  { client, names }: TablesServer,
  settings: readonly string[],
): Promise<() => Promise<void>> {
  const documents = DynamoDBDocumentClient.from(client);
  const rowsOf = async (TableName: string | undefined) =>
    (await documents.send(new ScanCommand({ TableName, ConsistentRead: true }))).Items ?? [];
  const before = new Map<string, Record<string, unknown>[]>();
  for (const setting of settings) before.set(setting, await rowsOf(names[setting]));
  return async () => {
    for (const [setting, rows] of before) {
      const TableName = names[setting];
      for (const { domain, alias } of await rowsOf(TableName)) {
        const Key = alias === undefined ? { domain } : { domain, alias };
        await documents.send(new DeleteCommand({ TableName, Key }));
      }
      for (const Item of rows) await documents.send(new PutCommand({ TableName, Item }));
    }
  };
}

/** A folder of its own with these files, which goes with the test. */
export async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aliases-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

/** What of the run's environment every program gets, and a home without anybody's settings. */
function passedOn(): Record<string, string> {
  const names = ['PATH', 'TMPDIR', 'NODE_COMPILE_CACHE'];
  const given = Object.fromEntries(names.map((name) => [name, process.env[name] ?? '']));
  return { ...given, HOME: '/nonexistent' };
}

/** Runs a program of the repository to its end, with this environment and what the run passes on. */
export async function runNode(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Exited> {
  const child = spawn(process.execPath, words, {
    env: { ...passedOn(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const read = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    read.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    read.stderr += text;
  });
  const code = await new Promise<number | null>((done, fail) => child.on('close', done).on('error', fail));
  return { code, ...read };
}
