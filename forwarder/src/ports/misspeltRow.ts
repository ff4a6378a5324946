import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { MisspeltKey } from '../routing/misspelt.ts';
import { applies } from './conditions.ts';

export interface MisspeltRow {
  read(): Promise<readonly MisspeltKey[]>;
  /** Writes only what differs. */
  write(keys: readonly MisspeltKey[]): Promise<void>;
}

/** The row `#misspelt` of the Domains table: what the last build found, so that a lookup finds it too. */
export function misspeltRow(client: DynamoDBDocumentClient, table: string): MisspeltRow {
  const Key = { domain: '#misspelt' };
  return {
    async read() {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      return Array.isArray(Item?.rows) ? (Item.rows as MisspeltKey[]) : [];
    },
    async write(keys) {
      await applies(
        client.send(
          new UpdateCommand({
            TableName: table,
            Key,
            UpdateExpression: 'SET #rows = :rows',
            ConditionExpression:
              keys.length === 0
                ? 'attribute_exists(#rows) AND #rows <> :rows'
                : 'attribute_not_exists(#rows) OR #rows <> :rows',
            ExpressionAttributeNames: { '#rows': 'rows' },
            ExpressionAttributeValues: { ':rows': keys },
          }),
        ),
      );
    },
  };
}
