import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { blockEnd } from './blockEnd.ts';
import { type Clock, retry } from './retry.ts';

/** Until when a mailbox gets no mail, in epoch seconds; undefined when nothing blocks it. */
export async function blockedUntil(
  client: DynamoDBDocumentClient,
  table: string,
  mailbox: string,
  nowSeconds: number,
  clock: Clock,
): Promise<number | undefined> {
  const { Items = [] } = await retry(
    () =>
      client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'destination = :mailbox',
          ExpressionAttributeValues: { ':mailbox': mailbox },
          ConsistentRead: true,
        }),
      ),
    clock,
  );
  return blockEnd(Items, nowSeconds);
}
