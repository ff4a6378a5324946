import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { Stack } from '../template/stack.ts';
import { startDynamoDb } from './dynamodb.ts';
import { type FaultProxy, startFaultProxy } from './faultProxy.ts';
import { startTogether } from './running.ts';
import { startS3 } from './s3.ts';

/** The servers that keep things, with the stack's tables and buckets in them. */
export interface Servers {
  readonly dynamodb: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
  readonly s3: S3Client;
  /** What stands between the functions and their servers. */
  readonly faults: { readonly dynamodb: FaultProxy; readonly s3: FaultProxy };
  /** Region, keys and endpoints, as the SDK reads them from the environment. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** `policies`: the buckets' policies by ARN. `owners`: the accounts of buckets that are others', by name. */
export function startServers(
  stack: Stack,
  policies: ReadonlyMap<string, string>,
  owners: ReadonlyMap<string, string>,
): Promise<Servers> {
  return startTogether(async (running) => {
    const { region } = stack.place;
    const dynamodbServer = running.add(await startDynamoDb());
    const s3Server = running.add(
      await startS3(
        (bucket) => policies.get(`arn:aws:s3:::${bucket}`),
        (bucket) => owners.get(bucket),
      ),
    );
    const { credentials } = s3Server;
    const dynamodb = new DynamoDBClient({ endpoint: dynamodbServer.endpoint, region, credentials });
    const s3 = new S3Client({ endpoint: s3Server.endpoint, region, credentials });
    // One after the other: where the tables fail, no bucket is written into a folder that is being removed.
    await createTables(dynamodb, stack);
    await createBuckets(s3, stack);
    const faults = {
      dynamodb: running.add(await startFaultProxy(dynamodbServer.endpoint)),
      s3: running.add(await startFaultProxy(s3Server.endpoint)),
    };
    return {
      dynamodb,
      streams: new DynamoDBStreamsClient({ endpoint: dynamodbServer.endpoint, region, credentials }),
      s3,
      faults,
      environment: {
        AWS_REGION: region,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_ENDPOINT_URL_DYNAMODB: dynamodbServer.endpoint,
        AWS_ENDPOINT_URL_S3: s3Server.endpoint,
      },
      stop: running.stop,
    };
  });
}

type TableProperties = Omit<CreateTableCommandInput, 'StreamSpecification'> & {
  /** A stream is on when this is there: CloudFormation has no switch of its own. */
  readonly StreamSpecification?: { readonly StreamViewType: 'NEW_AND_OLD_IMAGES' };
  readonly TimeToLiveSpecification?: { readonly AttributeName: string; readonly Enabled: boolean };
};

/** Creates the stack's tables with their indexes, streams and TTL settings. */
async function createTables(client: DynamoDBClient, stack: Stack): Promise<void> {
  const tables = stack.ofType<TableProperties>('AWS::DynamoDB::Table');
  await Promise.all(tables.map((table) => createTable(client, table.name, table.properties)));
}

async function createTable(client: DynamoDBClient, name: string, table: TableProperties): Promise<void> {
  const stream = table.StreamSpecification;
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: table.BillingMode ?? 'PAY_PER_REQUEST',
      AttributeDefinitions: table.AttributeDefinitions,
      KeySchema: table.KeySchema,
      GlobalSecondaryIndexes: table.GlobalSecondaryIndexes,
      LocalSecondaryIndexes: table.LocalSecondaryIndexes,
      StreamSpecification: stream && { StreamEnabled: true, StreamViewType: stream.StreamViewType },
    }),
  );
  if (table.TimeToLiveSpecification)
    await client.send(
      new UpdateTimeToLiveCommand({
        TableName: name,
        TimeToLiveSpecification: table.TimeToLiveSpecification,
      }),
    );
}

/** Creates the stack's buckets: those with a name, since the deployment's own, for the bundles, has none. */
async function createBuckets(client: S3Client, stack: Stack): Promise<void> {
  const buckets = stack
    .ofType<{ readonly BucketName?: string }>('AWS::S3::Bucket')
    .filter(({ properties }) => properties.BucketName !== undefined);
  await Promise.all(buckets.map(({ name }) => client.send(new CreateBucketCommand({ Bucket: name }))));
}
