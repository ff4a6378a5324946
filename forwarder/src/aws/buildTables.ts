import { setTimeout as pause } from 'node:timers/promises';
import {
  BatchWriteCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { gateKey, readGate } from '../../../schema/src/records/gate.ts';
import {
  type AliasRow,
  isBookkeeping,
  readDefinition,
  readDomain,
} from '../../../schema/src/records/records.ts';
import type { AliasWrite, BuildTables } from '../build/rebuild.ts';
import { applies, queryAll, scanAll } from './documents.ts';
import { readAliasRow } from './routingTables.ts';

/** The Definitions table: what the synced files say, keyed by `domain` and `alias`. Rows without either are left out. */
export function definitionsTable(client: DynamoDBDocumentClient, table: string): BuildTables['definitions'] {
  return {
    async readAll() {
      const rows = (await scanAll(client, table)).map(readDefinition);
      return rows.filter(
        ({ record }) => record.domain !== '' && record.alias !== '' && !isBookkeeping(record.domain),
      );
    },
  };
}

/** The Domains table: one row per managed domain, one with `aliasfor` per alias domain, and the rows of bookkeeping. */
export function domainsTable(client: DynamoDBDocumentClient, table: string): BuildTables['domains'] {
  const update = (domain: string, input: Omit<UpdateCommandInput, 'TableName' | 'Key'>) =>
    applies(client.send(new UpdateCommand({ TableName: table, Key: { domain }, ...input })));
  return {
    async readAll() {
      const rows = (await scanAll(client, table)).map(readDomain);
      return rows.filter(({ record }) => record.domain !== '' && !isBookkeeping(record.domain));
    },
    async gate() {
      const key = { domain: gateKey };
      const command = new GetCommand({ TableName: table, Key: key, ConsistentRead: true });
      return readGate((await client.send(command)).Item);
    },
    async publish(domain, live) {
      const values = { ':live': live };
      const onRow = () =>
        update(domain, {
          UpdateExpression: 'SET #live = :live',
          ConditionExpression: 'attribute_exists(#domain)',
          ExpressionAttributeNames: { '#domain': 'domain', '#live': 'live' },
          ExpressionAttributeValues: values,
        });
      const onNewRow = () =>
        update(domain, {
          UpdateExpression: 'SET #live = :live, liveOnly = :yes',
          ConditionExpression: 'attribute_not_exists(#domain)',
          ExpressionAttributeNames: { '#domain': 'domain', '#live': 'live' },
          ExpressionAttributeValues: { ...values, ':yes': true },
        });
      // A sync may add or delete the row in between.
      const isPublished = (await onRow()) || (await onNewRow()) || (await onRow());
      if (!isPublished) throw new Error('The row of a domain came and went: the next build publishes it.');
    },
    async withdraw(domain) {
      const isGone = await applies(
        client.send(
          new DeleteCommand({
            TableName: table,
            Key: { domain },
            ConditionExpression: 'liveOnly = :yes',
            ExpressionAttributeValues: { ':yes': true },
          }),
        ),
      );
      if (isGone) return;
      await update(domain, {
        UpdateExpression: 'REMOVE #live',
        ConditionExpression: 'attribute_exists(#domain)',
        ExpressionAttributeNames: { '#domain': 'domain', '#live': 'live' },
      });
    },
  };
}

export interface AliasesTable {
  readAll(): Promise<AliasRow[]>;
  /** The rows that lead to a destination, from an index: a row written a moment ago may be missing. */
  leadingTo(destination: string): Promise<AliasRow[]>;
  /** Writes at most 25 rows, and goes on until the table has taken each. */
  write(batch: readonly AliasWrite[]): Promise<void>;
  /** Sets the count of a row that still has `before`; false when it has not, or is gone. */
  setBounces(key: AliasKey, before: number, after: number): Promise<boolean>;
}

export type AliasKey = Pick<AliasRow, 'alias' | 'destination'>;

/** The Aliases table, derived by builds: one row per mailbox that an alias reaches. */
export function aliasesTable(client: DynamoDBDocumentClient, table: string): AliasesTable {
  return {
    readAll: async () => (await scanAll(client, table)).map(readAliasRow),
    async leadingTo(destination) {
      const items = await queryAll(client, {
        TableName: table,
        IndexName: 'destinationIndex',
        KeyConditionExpression: 'destination = :destination',
        ExpressionAttributeValues: { ':destination': destination },
      });
      return items.map(readAliasRow);
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
