import { DeleteCommand, type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { BounceRow } from '../../../schema/src/records/blocks.ts';
import { applies, type Item, queryAll, scanAll } from './documents.ts';

export interface BouncesTable {
  readAll(): Promise<BounceRow[]>;
  /** The rows of one destination, expired ones that are still there included. */
  of(destination: string): Promise<BounceRow[]>;
  /** Adds a row, once for its `feedbackId`. */
  add(row: BounceRow): Promise<void>;
  remove(row: Pick<BounceRow, 'destination' | 'createdAt'>): Promise<void>;
}

/** The Bounces table, keyed by `destination` and `createdAt`. */
export function bouncesTable(client: DynamoDBDocumentClient, table: string): BouncesTable {
  return {
    readAll: async () => (await scanAll(client, table)).map(readBounce),
    async of(destination) {
      const items = await queryAll(client, {
        TableName: table,
        KeyConditionExpression: 'destination = :destination',
        ExpressionAttributeValues: { ':destination': destination },
        ConsistentRead: true,
      });
      return items.map(readBounce);
    },
    async add(row) {
      // Another report of the same millisecond is no repeat: it gets the next free one.
      for (let createdAt = row.createdAt; ; createdAt += 1) {
        const put = new PutCommand({
          TableName: table,
          Item: { ...row, createdAt },
          ConditionExpression: 'attribute_not_exists(destination) OR feedbackId = :feedbackId',
          ExpressionAttributeValues: { ':feedbackId': row.feedbackId ?? '' },
        });
        if (await applies(client.send(put))) return;
      }
    },
    async remove({ destination, createdAt }) {
      await client.send(new DeleteCommand({ TableName: table, Key: { destination, createdAt } }));
    },
  };
}

function readBounce(item: Item): BounceRow {
  const validUntil = Number(item.validUntil);
  return {
    ...(item as Partial<BounceRow>),
    destination: String(item.destination),
    createdAt: Number(item.createdAt),
    ...(item.validUntil === undefined || Number.isNaN(validUntil) ? {} : { validUntil }),
  };
}
