import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { TableNames } from '../review/tableNames.ts';
import type { ChangeWriter } from '../sync/apply.ts';
import type { Snapshot } from '../sync/sync.ts';
import { type BounceLimits, type BouncesTable, bouncesTable } from './bouncesTable.ts';
import { type BuildRow, buildRow } from './buildRow.ts';
import { changeWriter } from './changeWriter.ts';
import { readDefinitionsTable } from './definitionsTable.ts';
import { readDomainsTable } from './domainsTable.ts';
import { countRequests, type Requests } from './requests.ts';
import type { Clock } from './retry.ts';

export interface Tables extends BouncesTable {
  read(): Promise<Snapshot>;
  readonly changes: ChangeWriter;
  readonly build: BuildRow;
  requests(): Requests;
}

/** Which tables, and what their stage says of bounces. */
export interface OpenedTables {
  readonly tables: TableNames;
  readonly limits: BounceLimits;
}

/**
 * The tables behind a client. Repeats are ours alone (`retry`), so the client should have `maxAttempts: 1`: otherwise
 * each of ours would be several of its own.
 */
export function openTables(
  client: DynamoDBClient,
  { tables: names, limits }: OpenedTables,
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
      const { domains, gate, published } = await readDomainsTable(documents, names.domains, clock);
      return { rows: { definitions, domains }, gate, published };
    },
    changes: changeWriter(documents, { definitions: names.definitions, domains: names.domains }, clock),
    build: buildRow(documents, names.domains, clock),
    ...bouncesTable(documents, names.bounces, limits, clock),
    requests,
  };
}
