import {
  DescribeTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { QueueFacts, TableFacts } from './facts.ts';
import { orMissing } from './missing.ts';
import type { StackNames } from './names.ts';

export async function observeTables(dynamodb: DynamoDBClient, names: StackNames): Promise<TableFacts[]> {
  const wanted = [
    { name: names.definitions, needsStream: true },
    { name: names.domains, needsStream: true },
    { name: names.aliases, needsStream: false },
    { name: names.bounces, needsStream: true },
    { name: names.deliveries, needsStream: false },
  ];
  return Promise.all(
    wanted.map(async ({ name, needsStream }) => {
      const found = await orMissing(dynamodb.send(new DescribeTableCommand({ TableName: name })));
      const hasStream = found?.Table?.StreamSpecification?.StreamEnabled === true;
      return { name, needsStream, exists: found !== undefined, hasStream };
    }),
  );
}

/** `now` is epoch seconds. Undefined when there is no ledger. */
export async function observeQueue(
  dynamodb: DynamoDBClient,
  table: string,
  now: number,
): Promise<QueueFacts | undefined> {
  const found = await orMissing(
    dynamodb.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'dueIndex',
        KeyConditionExpression: '#due = :due',
        ExpressionAttributeNames: { '#due': 'due' },
        ExpressionAttributeValues: { ':due': { S: 'due' } },
        Limit: 1_000,
      }),
    ),
  );
  if (found === undefined) return undefined;
  const ages = (found.Items ?? []).map(({ receivedAt }) => now - Number(receivedAt?.N ?? now));
  return { depth: ages.length, age: Math.max(0, ...ages) };
}

/** Seconds since the last build of the Aliases rows ended, by the row `#build`; undefined when none has. */
export async function observeBuild(
  dynamodb: DynamoDBClient,
  table: string,
  now: number,
): Promise<number | undefined> {
  const row = new GetItemCommand({ TableName: table, Key: { domain: { S: '#build' } } });
  const builtAt = (await orMissing(dynamodb.send(row)))?.Item?.builtAt?.N;
  return builtAt === undefined ? undefined : now - Number(builtAt);
}
