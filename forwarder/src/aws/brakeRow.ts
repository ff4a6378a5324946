import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Brake, BrakePorts } from '../delivery/bounceRateBrake.ts';

const key = { messageId: '#account', destination: '#bounce-rate' };

/** The row of the Deliveries table that says whether the account bounces too much. */
export function brakeRow(client: DynamoDBDocumentClient, table: string): BrakePorts['brake'] {
  return {
    async read() {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: key }));
      return Item as Brake | undefined;
    },
    async write({ rate, until }) {
      await client.send(new PutCommand({ TableName: table, Item: { ...key, rate, until } }));
    },
  };
}
