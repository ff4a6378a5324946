import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { blockEnd } from './blockEnd.ts';
import { type Clock, retry } from './retry.ts';
import { type Item, scan } from './scan.ts';

/** A mailbox that gets no mail, and until when, in epoch seconds. */
export interface Blocked {
  readonly mailbox: string;
  readonly until: number;
}

/** The Bounces table, as far as it says who gets no mail at a moment (epoch seconds). */
export interface BouncesTable {
  /** Until when a mailbox gets no mail; undefined when nothing blocks it. */
  blockedUntil(mailbox: string, now: number): Promise<number | undefined>;
  /** Every mailbox that gets no mail, sorted. */
  blocked(now: number): Promise<readonly Blocked[]>;
}

export function bouncesTable(client: DynamoDBDocumentClient, table: string, clock: Clock): BouncesTable {
  return {
    async blockedUntil(mailbox, now) {
      const command = new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'destination = :mailbox',
        ExpressionAttributeValues: { ':mailbox': mailbox },
        ConsistentRead: true,
      });
      const { Items = [] } = await retry(() => client.send(command), clock);
      return blockEnd(Items, now);
    },
    async blocked(now) {
      const rows: Item[] = [];
      for await (const row of scan(client, table, clock)) rows.push(row);
      const byMailbox = Map.groupBy(rows, ({ destination }) => String(destination));
      return [...byMailbox]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([mailbox, own]) => {
          const until = blockEnd(own, now);
          return until === undefined ? [] : [{ mailbox, until }];
        });
    },
  };
}
