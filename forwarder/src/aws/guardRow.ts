import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Guard, GuardPorts } from '../delivery/guard.ts';

const key = { messageId: '#account', destination: '#bounce-rate' };

/** The row of the Deliveries table that says whether the account bounces too much. */
export function guardRow(client: DynamoDBDocumentClient, table: string): GuardPorts['guard'] {
  return {
    async read() {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: key }));
      return Item as Guard | undefined;
    },
    async write({ rate, until }) {
      await client.send(new PutCommand({ TableName: table, Item: { ...key, rate, until } }));
    },
  };
}
