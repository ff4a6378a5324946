import { GetSendStatisticsCommand, type SESClient } from '@aws-sdk/client-ses';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { milliseconds, seconds } from '../../../schema/src/text/time.ts';
import type { BrakePorts } from '../delivery/bounceRateBrake.ts';

/** SES's counts of the account's sends and bounces in the last two weeks, which the v1 API alone has. */
export function sendStatistics(client: SESClient): BrakePorts['statistics'] {
  return {
    async recent() {
      const { SendDataPoints = [] } = await client.send(new GetSendStatisticsCommand({}));
      return SendDataPoints.map(({ Timestamp, DeliveryAttempts = 0, Bounces = 0 }) => ({
        at: milliseconds(Timestamp?.getTime() ?? 0),
        attempts: DeliveryAttempts,
        bounces: Bounces,
      }));
    },
  };
}

const key = { messageId: '#account', destination: '#bounce-rate' };

/** The row of the Deliveries table that says whether the account bounces too much. */
export function brakeRow(client: DynamoDBDocumentClient, table: string): BrakePorts['brake'] {
  return {
    async read() {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: key }));
      if (Item === undefined) return undefined;
      const releasedAt = Number(Item.releasedAt) || 0;
      return {
        rate: Number(Item.rate) || 0,
        until: seconds(Number(Item.until) || 0),
        ...(releasedAt === 0 ? {} : { releasedAt: seconds(releasedAt) }),
      };
    },
    async write(brake) {
      await client.send(new PutCommand({ TableName: table, Item: { ...key, ...brake } }));
    },
  };
}
