import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { type Clock, retry } from './retry.ts';

export type Item = Readonly<Record<string, unknown>>;

/** Every item of a table, read consistently over all its pages. */
export async function* scan(
  client: DynamoDBDocumentClient,
  table: string,
  clock: Clock,
): AsyncGenerator<Item> {
  let from: Record<string, unknown> | undefined;
  do {
    const page = await retry(
      () => client.send(new ScanCommand({ TableName: table, ConsistentRead: true, ExclusiveStartKey: from })),
      clock,
    );
    yield* page.Items ?? [];
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
}
