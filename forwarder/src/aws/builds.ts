import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { buildKey } from '../../../schema/src/records/gate.ts';
import type { BuildLease } from '../build/lease.ts';
import { applies } from './documents.ts';
import { leaseRow } from './leaseRow.ts';

/**
 * The row `#build` of the Domains table: `holder`, `until` and `again`; `number`, the state of the gate that the last
 * build published; and `builtAt`, when a build ended last. Times are epoch seconds.
 */
export function buildLease(client: DynamoDBDocumentClient, table: string): BuildLease {
  const row = { TableName: table, Key: { domain: buildKey } };
  return {
    ...leaseRow(client, row, 'builtAt'),
    publish: (holder, number) =>
      applies(
        client.send(
          new UpdateCommand({
            ...row,
            UpdateExpression: 'SET #number = :number',
            ConditionExpression: 'holder = :holder',
            ExpressionAttributeNames: { '#number': 'number' },
            ExpressionAttributeValues: { ':holder': holder, ':number': number },
          }),
        ),
      ),
  };
}
