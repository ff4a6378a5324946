import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  type Definition,
  isBookkeeping,
  readDefinition,
  type Stored,
} from '../../../schema/src/records/records.ts';
import type { Clock } from './retry.ts';
import { scan } from './scan.ts';

/** All definitions as they stand, in the order of the table. */
export async function readDefinitionsTable(
  client: DynamoDBDocumentClient,
  table: string,
  clock: Clock,
): Promise<Stored<Definition>[]> {
  const rows: Stored<Definition>[] = [];
  for await (const item of scan(client, table, clock)) {
    const row = readDefinition(item);
    if (!isBookkeeping(row.key.domain)) rows.push(row);
  }
  return rows;
}
