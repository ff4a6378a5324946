import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { LiveRow, LiveRows } from '../apply/live.ts';
import type { Clock } from './retry.ts';
import { scan } from './scan.ts';

/** The derived rows that the forwarder looks mail up in. */
export function aliasesTable(client: DynamoDBDocumentClient, table: string, clock: Clock): LiveRows {
  return {
    async *rows(): AsyncGenerator<LiveRow> {
      for await (const { alias, destination } of scan(client, table, clock)) {
        if (typeof alias === 'string' && typeof destination === 'string') yield { alias, destination };
      }
    },
  };
}
