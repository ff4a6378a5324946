import { DeleteCommand, type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import {
  type BounceKey,
  type BounceRow,
  readBounceRow,
  type StoredBounce,
} from '../../../schema/src/records/bounceRow.ts';
import { applies, type Item, queryAll, scanAll } from './documents.ts';

interface BouncesTable {
  readAll(): Promise<StoredBounce[]>;
  /** The rows of one destination, expired ones that are still there included. */
  of(destination: string): Promise<StoredBounce[]>;
  /** Adds a row, once for its `feedbackId`, and mends the destination's rows that have milliseconds. */
  add(row: BounceRow): Promise<void>;
  remove(key: BounceKey): Promise<void>;
}

/** The Bounces table, keyed by `destination` and `createdAt`. */
export function bouncesTable(client: DynamoDBDocumentClient, table: string): BouncesTable {
  const itemsOf = (destination: string) =>
    queryAll(client, {
      TableName: table,
      KeyConditionExpression: 'destination = :destination',
      ExpressionAttributeValues: { ':destination': destination },
      ConsistentRead: true,
    });
  const put = async (item: Item): Promise<void> => {
    // Another report of the same millisecond is no repeat: it gets the next free one.
    for (let createdAt = Number(item.createdAt); ; createdAt = nextMillisecond(createdAt)) {
      const command = new PutCommand({
        TableName: table,
        Item: { ...item, createdAt },
        ConditionExpression: 'attribute_not_exists(destination) OR feedbackId = :feedbackId',
        ExpressionAttributeValues: { ':feedbackId': item.feedbackId ?? '' },
      });
      if (await applies(client.send(command))) return;
    }
  };
  const remove = async ({ destination, createdAt }: BounceKey): Promise<void> => {
    await client.send(new DeleteCommand({ TableName: table, Key: { destination, createdAt } }));
  };
  return {
    readAll: async () => (await scanAll(client, table)).map(readBounceRow),
    of: async (destination) => (await itemsOf(destination)).map(readBounceRow),
    async add(row) {
      for (const item of await itemsOf(row.destination)) {
        const { createdAt, key } = readBounceRow(item);
        if (createdAt === key.createdAt) continue;
        // Cut short in between, the row counts twice until the next bounce.
        await put({ ...item, createdAt });
        await remove(key);
      }
      await put({ ...row });
    },
    remove,
  };
}

/** The next one in seconds, by whole milliseconds: sums of 0.001 drift. */
function nextMillisecond(time: number): number {
  return (Math.round(time * 1_000) + 1) / 1_000;
}
