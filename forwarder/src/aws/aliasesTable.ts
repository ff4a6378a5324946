import { setTimeout as pause } from 'node:timers/promises';
import {
  BatchWriteCommand,
  type DynamoDBDocumentClient,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { AliasRow } from '../../../schema/src/records/records.ts';
import type { Address } from '../../../schema/src/text/address.ts';
import type { AliasWrite } from '../build/rebuild.ts';
import { applies } from './conditions.ts';
import { type Item, queryAll, scanAll } from './pages.ts';

export type AliasKey = Pick<AliasRow, 'alias' | 'destination'>;

export interface AliasesTable {
  readAll(): Promise<AliasRow[]>;
  /** The rows of one alias, read consistently. */
  of(alias: Address): Promise<AliasRow[]>;
  /** Whether aliases at the domain have rows, from an index: one that was written a moment ago may be missing. */
  areAt(domain: string): Promise<boolean>;
  /** The rows that lead to a destination, from an index: a row written a moment ago may be missing. */
  leadingTo(destination: string): Promise<AliasRow[]>;
  /** Writes at most 25 rows, and goes on until the table has taken each. */
  write(batch: readonly AliasWrite[]): Promise<void>;
  /** Sets the count of a row that still has `before`; false when it has not, or is gone. */
  setBounces(key: AliasKey, before: number, after: number): Promise<boolean>;
}

/** The Aliases table, derived: a row a mailbox that an alias reaches. */
export function aliasesTable(client: DynamoDBDocumentClient, table: string): AliasesTable {
  return {
    readAll: async () => (await scanAll(client, table)).map(readRow),
    async of(alias) {
      const items = await queryAll(client, {
        TableName: table,
        KeyConditionExpression: '#alias = :alias',
        ExpressionAttributeNames: { '#alias': 'alias' },
        ExpressionAttributeValues: { ':alias': alias },
        ConsistentRead: true,
      });
      return items.map(readRow);
    },
    async areAt(domain) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'domainUpdatedAtIndex',
          KeyConditionExpression: '#domain = :domain',
          ExpressionAttributeNames: { '#domain': 'domain' },
          ExpressionAttributeValues: { ':domain': domain },
          Limit: 1,
        }),
      );
      return Items.length > 0;
    },
    async leadingTo(destination) {
      const items = await queryAll(client, {
        TableName: table,
        IndexName: 'destinationIndex',
        KeyConditionExpression: 'destination = :destination',
        ExpressionAttributeValues: { ':destination': destination },
      });
      return items.map(readRow);
    },
    async write(batch) {
      let left = batch.map(requestOf);
      for (let attempt = 0; left.length > 0; attempt += 1) {
        if (attempt > 0) await pause(backOff(attempt));
        const { UnprocessedItems } = await client.send(
          new BatchWriteCommand({ RequestItems: { [table]: left } }),
        );
        left = (UnprocessedItems?.[table] ?? []) as typeof left;
        if (attempt === attemptLimit && left.length > 0) {
          throw new Error(`DynamoDB left ${left.length} writes to the Aliases table undone.`);
        }
      }
    },
    setBounces: ({ alias, destination }, before, after) =>
      applies(
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: { alias, destination },
            UpdateExpression: 'SET bounces = :after',
            ConditionExpression:
              before === 0
                ? 'attribute_exists(alias) AND (attribute_not_exists(bounces) OR bounces = :before)'
                : 'bounces = :before',
            ExpressionAttributeValues: { ':before': before, ':after': after },
          }),
        ),
      ),
  };
}

const attemptLimit = 8;

/** Milliseconds, doubled with every attempt up to three seconds. */
function backOff(attempt: number): number {
  return Math.min(3_000, 50 * 2 ** attempt);
}

function requestOf(write: AliasWrite) {
  return 'put' in write
    ? { PutRequest: { Item: { ...write.put } as Record<string, unknown> } }
    : { DeleteRequest: { Key: { ...write.remove } as Record<string, unknown> } };
}

/** Keys stay as they are stored, so that a row written by hand can be matched, and removed. */
function readRow(item: Item): AliasRow {
  return {
    alias: String(item.alias) as Address,
    destination: String(item.destination) as Address,
    domain: typeof item.domain === 'string' ? item.domain : '',
    updatedAt: Number(item.updatedAt) || 0,
    bounces: Number(item.bounces) || 0,
    ...(typeof item.expires === 'string' ? { expires: item.expires } : {}),
  };
}
