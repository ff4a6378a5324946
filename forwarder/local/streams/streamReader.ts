import {
  type _Record,
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { Place } from '../template/resourceNames.ts';

/** Reads a table's stream from its beginning. */
export interface StreamReader {
  /** The records that came since the last call, in order. */
  read(): Promise<readonly _Record[]>;
}

/** `table` must have a stream. Shards are followed as they come: a child after its parent is read to the end. */
export async function openStream(client: DynamoDBStreamsClient, table: string): Promise<StreamReader> {
  const streamArn = await findStream(client, table);
  const iterators = new Map<string, string>();
  const finished = new Set<string>();

  const discover = async (): Promise<void> => {
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn: streamArn }));
    for (const { ShardId = '', ParentShardId: parent } of StreamDescription?.Shards ?? []) {
      const parentIsRead = parent === undefined || !iterators.has(parent);
      if (iterators.has(ShardId) || finished.has(ShardId) || !parentIsRead) continue;
      const { ShardIterator } = await client.send(
        new GetShardIteratorCommand({ StreamArn: streamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
      );
      if (ShardIterator) iterators.set(ShardId, ShardIterator);
    }
  };
  const advance = async (shard: string, iterator: string): Promise<readonly _Record[]> => {
    const page = await client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: 1000 }));
    if (page.NextShardIterator) {
      iterators.set(shard, page.NextShardIterator);
    } else {
      iterators.delete(shard);
      finished.add(shard);
    }
    return page.Records ?? [];
  };
  return {
    read: async () => {
      if (iterators.size === 0) await discover();
      const records: _Record[] = [];
      for (const [shard, iterator] of [...iterators]) records.push(...(await advance(shard, iterator)));
      return records;
    },
  };
}

async function findStream(client: DynamoDBStreamsClient, table: string): Promise<string> {
  const { Streams } = await client.send(new ListStreamsCommand({ TableName: table }));
  const arn = Streams?.[0]?.StreamArn;
  if (arn) return arn;
  throw new Error(`the table ${table} has no stream`);
}

/** A stream record as a Lambda function gets it. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: string;
  readonly eventVersion: string;
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly eventSourceARN: string;
  readonly dynamodb: Readonly<Record<string, unknown>> & { readonly SequenceNumber: string };
  readonly userIdentity?: { readonly type: string; readonly principalId: string };
}

/** Turns what the SDK reads from a stream into the JSON of a Lambda event: times in epoch seconds, bytes in base64. */
export function streamRecord(record: _Record, place: Place, table: string): StreamRecord {
  const { ApproximateCreationDateTime: at, SequenceNumber, ...images } = record.dynamodb ?? {};
  const identity = record.userIdentity;
  return {
    eventID: record.eventID ?? '',
    eventName: record.eventName ?? '',
    eventVersion: record.eventVersion ?? '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: place.region,
    eventSourceARN: `arn:aws:dynamodb:${place.region}:${place.account}:table/${table}/stream/local`,
    dynamodb: {
      ...(encodeBytes(images) as Record<string, unknown>),
      ...(at && { ApproximateCreationDateTime: Math.floor(at.getTime() / 1000) }),
      SequenceNumber: SequenceNumber ?? '',
    },
    ...(identity && {
      userIdentity: { type: identity.Type ?? '', principalId: identity.PrincipalId ?? '' },
    }),
  };
}

function encodeBytes(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(encodeBytes);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, encodeBytes(inner)]));
}
