import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { milliseconds } from '../../../schema/src/text/time.ts';
import type { OrphanWatch } from '../delivery/orphans.ts';

export interface OrphanRow {
  read(): Promise<OrphanWatch | undefined>;
  write(watch: OrphanWatch): Promise<void>;
}

const key = { messageId: '#account', destination: '#orphans' };

/** The row of the Deliveries table that says which mails were looked for, and which of them nothing knew of. */
export function orphanRow(client: DynamoDBDocumentClient, table: string): OrphanRow {
  return {
    async read() {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: key }));
      if (Item === undefined) return undefined;
      const orphans: readonly { readonly messageId?: unknown; readonly foundAt?: unknown }[] = Array.isArray(
        Item.orphans,
      )
        ? Item.orphans
        : [];
      return {
        lookedTo: milliseconds(Number(Item.lookedTo) || 0),
        begunAt: milliseconds(Number(Item.begunAt) || 0),
        ...(typeof Item.after === 'string' ? { after: Item.after } : {}),
        mails: Number(Item.mails) || 0,
        orphans: orphans.map(({ messageId, foundAt }) => ({
          messageId: String(messageId),
          foundAt: milliseconds(Number(foundAt) || 0),
        })),
      };
    },
    async write(watch) {
      await client.send(new PutCommand({ TableName: table, Item: { ...key, ...watch } }));
    },
  };
}
