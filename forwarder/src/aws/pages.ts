import { type DynamoDBDocumentClient, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';

export type Item = Readonly<Record<string, unknown>>;
type Scan = ConstructorParameters<typeof ScanCommand>[0];
type Query = ConstructorParameters<typeof QueryCommand>[0];

/** Every item of a table that the filter lets through, read consistently, all pages. */
export async function scanAll(
  client: DynamoDBDocumentClient,
  table: string,
  filter: Pick<Scan, 'FilterExpression' | 'ExpressionAttributeValues'> = {},
): Promise<Item[]> {
  const scan = { ...filter, TableName: table, ConsistentRead: true };
  return allPages((start) => client.send(new ScanCommand({ ...scan, ExclusiveStartKey: start })));
}

/** Every item that a query finds, all pages. */
export async function queryAll(client: DynamoDBDocumentClient, query: Query): Promise<Item[]> {
  return allPages((start) => client.send(new QueryCommand({ ...query, ExclusiveStartKey: start })));
}

interface Page {
  readonly Items?: Record<string, unknown>[] | undefined;
  readonly LastEvaluatedKey?: Record<string, unknown> | undefined;
}

async function allPages(
  read: (start: Record<string, unknown> | undefined) => Promise<Page>,
): Promise<Item[]> {
  const items: Item[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await read(start);
    // A page of a megabyte may hold 100,000 items: too many for the arguments of one call.
    for (const item of page.Items ?? []) items.push(item);
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}
