import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Change, Table } from '../plan/change.ts';
import type { ChangeWriter, Stop } from '../sync/apply.ts';
import { gateItem } from './gateItem.ts';
import { failedConditions } from './passing.ts';
import { type Clock, retry } from './retry.ts';
import { writeItem } from './writeItem.ts';

export interface ChangeTables extends Record<Table, string> {}

/** Writes changes by TransactWriteItems: up to 100 actions, all or none (AWS quota). The first is the gate's. */
export function changeWriter(
  client: DynamoDBDocumentClient,
  tables: ChangeTables,
  clock: Clock,
): ChangeWriter {
  return {
    async write(changes, gate, token) {
      const command = new TransactWriteCommand({
        ClientRequestToken: token,
        TransactItems: [
          gateItem(gate, tables.domains),
          ...changes.map((change) => writeItem(change, tables[change.table])),
        ],
      });
      try {
        await retry(() => client.send(command), clock);
        return undefined;
      } catch (error) {
        const stop = stopOf(failedConditions(error), changes);
        if (stop === undefined) throw error;
        return stop;
      }
    },
  };
}

function stopOf(failed: readonly number[], changes: readonly Change[]): Stop | undefined {
  if (failed.length === 0) return undefined;
  if (failed.includes(0)) return { reason: 'other-run' };
  return { reason: 'conflict', rows: failed.flatMap((place) => changes[place - 1] ?? []) };
}
