import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Nobody } from '../delivery/ledger.ts';
import { applies } from './documents.ts';

/**
 * The Deliveries table for the function that judges: apart from the ledger, so that its bundle holds no other command. A
 * row that is there stays as it is.
 */
export function rejectionsTable(client: DynamoDBDocumentClient, table: string) {
  return {
    async add(row: Nobody): Promise<void> {
      const condition = { ConditionExpression: 'attribute_not_exists(messageId)' };
      await applies(client.send(new PutCommand({ TableName: table, Item: row, ...condition })));
    },
  };
}
