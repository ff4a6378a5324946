import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  QueryCommand,
  ScanCommand,
  type TranslateConfig,
} from '@aws-sdk/lib-dynamodb';

/**
 * Numbers are read as JavaScript numbers, whatever their size: the default throws on a long one, so that a single row
 * written by hand would stop every scan of its table.
 */
const translation: TranslateConfig = {
  marshallOptions: { removeUndefinedValues: true },
  unmarshallOptions: { wrapNumbers: Number },
};

export function documents(client: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, translation);
}

export type Item = Readonly<Record<string, unknown>>;
type Query = ConstructorParameters<typeof QueryCommand>[0];

/** Every item of a table, read consistently, all pages. */
export async function scanAll(client: DynamoDBDocumentClient, table: string): Promise<Item[]> {
  return allPages(scanOf(client, table));
}

/** The same, a page at a time: for a table that may be larger than memory. */
export async function* eachItem(client: DynamoDBDocumentClient, table: string): AsyncGenerator<Item> {
  for await (const page of pages(scanOf(client, table))) yield* page;
}

function scanOf(client: DynamoDBDocumentClient, table: string): ReadPage {
  return (start) =>
    client.send(new ScanCommand({ TableName: table, ConsistentRead: true, ExclusiveStartKey: start }));
}

/** Every item that a query finds, all pages. */
export async function queryAll(client: DynamoDBDocumentClient, query: Query): Promise<Item[]> {
  return allPages((start) => client.send(new QueryCommand({ ...query, ExclusiveStartKey: start })));
}

interface Page {
  readonly Items?: Record<string, unknown>[] | undefined;
  readonly LastEvaluatedKey?: Record<string, unknown> | undefined;
}

type ReadPage = (start: Record<string, unknown> | undefined) => Promise<Page>;

async function allPages(read: ReadPage): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages(read)) {
    // A page of a megabyte may hold 100,000 items: too many for the arguments of one call.
    for (const item of page) items.push(item);
  }
  return items;
}

async function* pages(read: ReadPage): AsyncGenerator<readonly Item[]> {
  let start: Record<string, unknown> | undefined;
  do {
    const page = await read(start);
    yield page.Items ?? [];
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}

/** Runs a conditional write; false when the condition does not hold because somebody else was first. */
export async function applies(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** The same for a transaction; a fault other than a failed condition is thrown. */
export async function appliesAll(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
    if (reasons.some(({ Code }) => Code === 'ConditionalCheckFailed')) return false;
    throw error;
  }
}
