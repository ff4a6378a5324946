import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { blockOf, unblockedBefore } from '../../../schema/src/records/blocks.ts';
import { type BounceRow, readBounceRow } from '../../../schema/src/records/bounceRow.ts';
import type { BounceLimits } from '../../../schema/src/stage/stage.ts';
import { type Clock, retry } from '../sync/fault.ts';
import { scan } from './readTables.ts';

/** A mailbox that gets no mail, and until when, in epoch seconds; infinite where the row has no end. */
export interface Blocked {
  readonly mailbox: string;
  readonly until: number;
  /** When it was unblocked, in epoch seconds, where it blocked itself again within a week. */
  readonly unblocked?: number;
}

/** The Bounces table, as far as it says who gets no mail at a moment (epoch seconds). */
export interface BouncesTable {
  /** Until when a mailbox gets no mail; undefined when nothing blocks it. */
  blockedUntil(mailbox: string, now: number): Promise<number | undefined>;
  /** Every mailbox that gets no mail, sorted. */
  blocked(now: number): Promise<readonly Blocked[]>;
}

export function bouncesTable(
  client: DynamoDBDocumentClient,
  table: string,
  limits: BounceLimits,
  clock: Clock,
): BouncesTable {
  const endOf = (rows: readonly BounceRow[], now: number): number | undefined => {
    const { count, until } = blockOf(rows, now, limits.softBounces);
    return count > limits.bounces ? until : undefined;
  };
  return {
    async blockedUntil(mailbox, now) {
      const command = new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'destination = :mailbox',
        ExpressionAttributeValues: { ':mailbox': mailbox },
        ConsistentRead: true,
      });
      const { Items = [] } = await retry(() => client.send(command), clock);
      return endOf(Items.map(readBounceRow), now);
    },
    async blocked(now) {
      const rows: BounceRow[] = [];
      for await (const item of scan(client, table, clock)) rows.push(readBounceRow(item));
      return [...Map.groupBy(rows, ({ destination }) => destination)]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([mailbox, own]) => {
          const until = endOf(own, now);
          const unblocked = unblockedBefore(own, now, limits.softBounces);
          return until === undefined
            ? []
            : { mailbox, until, ...(unblocked === undefined ? {} : { unblocked }) };
        });
    },
  };
}
