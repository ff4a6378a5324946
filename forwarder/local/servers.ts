import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { S3Client } from '@aws-sdk/client-s3';
import { createBuckets } from './buckets.ts';
import { startDynamoDb } from './dynamodb.ts';
import { type FaultProxy, startFaultProxy } from './faultProxy.ts';
import { startS3 } from './s3.ts';
import { createTables } from './tables.ts';
import type { Stack } from './template/stack.ts';

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

/** `policies`: the buckets' policies by ARN. */
export async function startServers(stack: Stack, policies: ReadonlyMap<string, string>): Promise<Servers> {
  const { region } = stack.place;
  const [dynamodbServer, s3Server] = await Promise.all([
    startDynamoDb(),
    startS3((bucket) => policies.get(`arn:aws:s3:::${bucket}`)),
  ]);
  const { credentials } = s3Server;
  const dynamodb = new DynamoDBClient({ endpoint: dynamodbServer.endpoint, region, credentials });
  const s3 = new S3Client({ endpoint: s3Server.endpoint, region, credentials });
  await Promise.all([createTables(dynamodb, stack), createBuckets(s3, stack)]);
  const faults = {
    dynamodb: await startFaultProxy(dynamodbServer.endpoint),
    s3: await startFaultProxy(s3Server.endpoint),
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
    stop: async () => {
      await Promise.all([faults.dynamodb.stop(), faults.s3.stop()]);
      await Promise.all([dynamodbServer.stop(), s3Server.stop()]);
    },
  };
}
