import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { BounceLimits } from '../../../schema/src/stage/stage.ts';
import type { ChangeWriter } from '../sync/apply.ts';
import type { Clock } from '../sync/fault.ts';
import type { Snapshot, SyncPorts } from '../sync/sync.ts';
import { type BouncesTable, bouncesTable } from './bouncesTable.ts';
import { changeWriter } from './changeWriter.ts';
import { type BuildRow, buildRow, readDefinitionsTable, readDomainsTable } from './readTables.ts';

export interface Tables extends BouncesTable {
  read(): Promise<Snapshot>;
  readonly changes: ChangeWriter;
  readonly build: BuildRow;
  requests(): Requests;
}

/** Everything that a sync asks of the world but the history of the files. */
export interface OpenTables extends Tables, Pick<SyncPorts, 'newToken' | 'clock'> {}

/** Which tables, and what their stage says of bounces. */
export interface TablesOfStage {
  readonly tables: { readonly definitions: string; readonly domains: string; readonly bounces: string };
  readonly limits: BounceLimits;
}

/** The tables of a stage in AWS, with the machine's own clock. */
export function connect(stage: TablesOfStage & { readonly region: string | undefined }): OpenTables {
  const { region } = stage;
  const client = new DynamoDBClient({ maxAttempts: 1, ...(region === undefined ? {} : { region }) });
  return { ...openTables(client, stage, wallClock), newToken: randomUUID, clock: wallClock };
}

/** The machine's own time and chance. Everything else is handed a clock. */
const wallClock: Clock = {
  now: () => performance.now(),
  sleep: async (milliseconds) => {
    await sleep(milliseconds);
  },
  random: Math.random,
};

/**
 * The tables behind a client. Retries are ours alone (`retry`), so the client should have `maxAttempts: 1`: otherwise
 * each of ours would be several of its own.
 */
export function openTables(
  client: DynamoDBClient,
  { tables: names, limits }: TablesOfStage,
  clock: Clock,
): Tables {
  const requests = countRequests(client);
  const documents = DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true },
    // Rows of others may hold numbers of any size: they are only compared, never counted with.
    unmarshallOptions: { wrapNumbers: true },
  });
  return {
    async read() {
      const definitions = await readDefinitionsTable(documents, names.definitions, clock);
      const { domains, gate, published, rolls } = await readDomainsTable(documents, names.domains, clock);
      return { rows: { definitions, domains, rolls }, gate, published };
    },
    changes: changeWriter(documents, { definitions: names.definitions, domains: names.domains }, clock),
    build: buildRow(documents, names.domains, clock),
    ...bouncesTable(documents, names.bounces, limits, clock),
    requests,
  };
}

/** HTTP requests to DynamoDB so far, retries included. */
export interface Requests {
  readonly reads: number;
  readonly writes: number;
}

const writing: ReadonlySet<string> = new Set([
  'TransactWriteItemsCommand',
  'PutItemCommand',
  'UpdateItemCommand',
  'DeleteItemCommand',
  'BatchWriteItemCommand',
]);

/** Counts each request of a client, and gives the counts when asked. */
function countRequests(client: DynamoDBClient): () => Requests {
  const counts = { reads: 0, writes: 0 };
  client.middlewareStack.add(
    (next, context) => (args) => {
      counts[writing.has(context.commandName ?? '') ? 'writes' : 'reads'] += 1;
      return next(args);
    },
    { step: 'deserialize', priority: 'low' },
  );
  return () => ({ ...counts });
}
