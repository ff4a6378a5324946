import {
  DescribeTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { type LambdaClient, paginateListEventSourceMappings } from '@aws-sdk/client-lambda';
import { gateKey, isStale, readGate } from '../../../schema/src/records/gate.ts';
import type { StackNames } from '../../../schema/src/stage/stage.ts';
import type { GateFacts, QueueFacts, TableFacts } from './findings.ts';
import { orMissing } from './place.ts';

export async function observeTables(
  { dynamodb, lambda }: { readonly dynamodb: DynamoDBClient; readonly lambda: LambdaClient },
  names: StackNames,
): Promise<TableFacts[]> {
  const wanted: readonly Pick<TableFacts, 'name' | 'follower'>[] = [
    { name: names.definitions, follower: names.triggerBuild },
    { name: names.domains, follower: names.triggerBuild },
    { name: names.aliases },
    { name: names.bounces, follower: names.updateBounceCount },
    { name: names.deliveries },
  ];
  return Promise.all(
    wanted.map(async (table) => {
      const command = new DescribeTableCommand({ TableName: table.name });
      const found = (await orMissing(dynamodb.send(command)))?.Table;
      const hasStream = found?.StreamSpecification?.StreamEnabled === true;
      const stream = hasStream ? found.LatestStreamArn : undefined;
      const followers = stream === undefined ? [] : await observeFollowers(lambda, stream);
      const isBlind = found !== undefined && table.name === names.aliases && !countsBounces(found);
      const blind = isBlind ? { blindIndex: countIndex } : {};
      return { ...table, exists: found !== undefined, hasStream, followers, ...blind };
    }),
  );
}

/** What updateBounceCount finds the rows of a destination by. */
const countIndex = 'destinationIndex';

function countsBounces({ GlobalSecondaryIndexes = [] }: TableDescription): boolean {
  const projection = GlobalSecondaryIndexes.find(({ IndexName }) => IndexName === countIndex)?.Projection;
  return projection?.ProjectionType === 'ALL' || projection?.NonKeyAttributes?.includes('bounces') === true;
}

async function observeFollowers(lambda: LambdaClient, stream: string): Promise<TableFacts['followers']> {
  const followers = [];
  const pages = paginateListEventSourceMappings({ client: lambda }, { EventSourceArn: stream });
  for await (const { EventSourceMappings = [] } of pages) {
    for (const { FunctionArn = '', UUID = '', State = '' } of EventSourceMappings) {
      if (/^Disabl|^Delet/.test(State)) continue;
      followers.push({ functionName: FunctionArn.split(':')[6] ?? '', id: UUID });
    }
  }
  return followers;
}

/** The lines in which rows of the ledger wait: for few, for many, and answers. */
const lanes = ['due', 'bulk', 'answer'] as const;

/** `now` is epoch seconds. Undefined when there is no ledger. */
export async function observeQueue(
  dynamodb: DynamoDBClient,
  table: string,
  now: number,
): Promise<QueueFacts | undefined> {
  const query = (lane: string) =>
    new QueryCommand({
      TableName: table,
      IndexName: 'dueIndex',
      KeyConditionExpression: '#due = :due',
      ExpressionAttributeNames: { '#due': 'due' },
      ExpressionAttributeValues: { ':due': { S: lane } },
      Limit: 1_000,
    });
  const found = await Promise.all(lanes.map((lane) => orMissing(dynamodb.send(query(lane)))));
  if (found.includes(undefined)) return undefined;
  const ages = found
    .flatMap((page) => page?.Items ?? [])
    .map(({ receivedAt }) => now - Number(receivedAt?.N ?? now));
  return { depth: ages.length, age: Math.max(0, ...ages) };
}

/** The share of bounces for which mail to new destinations waits; undefined while none does. `now` is epoch seconds. */
export async function observeBrake(
  dynamodb: DynamoDBClient,
  table: string,
  now: number,
): Promise<number | undefined> {
  const Key = { messageId: { S: '#account' }, destination: { S: '#bounce-rate' } };
  const item = (await orMissing(dynamodb.send(new GetItemCommand({ TableName: table, Key }))))?.Item;
  return Number(item?.until?.N ?? 0) > now ? Number(item?.rate?.N ?? 0) : undefined;
}

/** The gate of the syncs, and for how many seconds it has been as it is; undefined when no sync has ever run. */
export async function observeGate(
  dynamodb: DynamoDBClient,
  table: string,
  now: number,
): Promise<GateFacts | undefined> {
  const row = new GetItemCommand({ TableName: table, Key: { domain: { S: gateKey } } });
  const item = (await orMissing(dynamodb.send(row)))?.Item;
  if (item === undefined) return undefined;
  const gate = readGate({ state: item.state?.S, at: item.at?.N });
  return { isStale: isStale(gate, now), age: now - (gate?.at ?? now) };
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
