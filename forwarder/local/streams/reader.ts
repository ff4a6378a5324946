import {
  type _Record,
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';

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
