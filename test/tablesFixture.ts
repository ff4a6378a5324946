import { spawn } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
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

/** A folder of its own with these files. */
export async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aliases-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

/** Runs a program of the repository with this environment alone, to its end. */
export async function runNode(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Exited> {
  const child = spawn(process.execPath, words, {
    env: { PATH: process.env.PATH ?? '', ...environment },
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
