import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { ChangeWriter } from '../apply/apply.ts';
import type { Change, Table } from '../plan/change.ts';
import { failedConditions } from './passing.ts';
import { type Clock, retry } from './retry.ts';
import { writeItem } from './writeItem.ts';

export interface ChangeTables extends Record<Table, string> {}

/** Writes changes by TransactWriteItems: up to 100 actions, all or none (AWS quota). */
export function changeWriter(
  client: DynamoDBDocumentClient,
  tables: ChangeTables,
  clock: Clock,
): ChangeWriter {
  return {
    async write(changes, token) {
      const command = new TransactWriteCommand({
        ClientRequestToken: token,
        TransactItems: changes.map((change) => writeItem(change, tables[change.table])),
      });
      try {
        await retry(() => client.send(command), clock);
        return [];
      } catch (error) {
        const conflicts = conflictsOf(error, changes);
        if (conflicts.length === 0) throw error;
        return conflicts;
      }
    },
  };
}

function conflictsOf(error: unknown, changes: readonly Change[]): Change[] {
  return failedConditions(error).flatMap((place) => changes[place] ?? []);
}
