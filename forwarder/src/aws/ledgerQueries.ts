import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type Entry, isEntry, type Ledger, type LedgerRow, type Task } from '../delivery/ledger.ts';
import { due } from './ledgerWriter.ts';
import { queryAll, scanAll } from './pages.ts';

type Queries = Pick<Ledger, 'of' | 'due' | 'bySesMessage' | 'byAlias' | 'about' | 'hasReached'>;

/** What the ledger is asked. A row is read as it was written: nobody but us writes the table. */
export function ledgerQueries(client: DynamoDBDocumentClient, table: string): Queries {
  return {
    async of(messageId) {
      const items = await queryAll(client, {
        TableName: table,
        KeyConditionExpression: 'messageId = :id',
        ExpressionAttributeValues: { ':id': messageId },
        ConsistentRead: true,
      });
      return items as unknown as LedgerRow[];
    },
    async due(now, limit) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'dueIndex',
          KeyConditionExpression: '#due = :due AND nextAttemptAt <= :now',
          ExpressionAttributeNames: { '#due': 'due' },
          ExpressionAttributeValues: { ':due': due, ':now': now },
          Limit: limit,
        }),
      );
      return Items as unknown as Task[];
    },
    async bySesMessage(sesMessageId) {
      const items = await queryAll(client, {
        TableName: table,
        IndexName: 'sesMessageIdIndex',
        KeyConditionExpression: 'sesMessageId = :id',
        ExpressionAttributeValues: { ':id': sesMessageId },
      });
      return items[0] as Entry | undefined;
    },
    async byAlias(alias, limit) {
      const { Items = [] } = await client.send(
        new QueryCommand({ ...ofAlias(table, alias), ScanIndexForward: false, Limit: limit }),
      );
      return Items as unknown as Entry[];
    },
    async about(address) {
      const items = await scanAll(client, table, {
        FilterExpression: 'destination = :address OR sender = :address OR contains(recipients, :address)',
        ExpressionAttributeValues: { ':address': address },
      });
      const rows = items as unknown as LedgerRow[];
      return rows.filter(isEntry).sort((a, b) => b.receivedAt - a.receivedAt);
    },
    async hasReached(alias, destination) {
      const rows = (await queryAll(client, ofAlias(table, alias))) as unknown as Entry[];
      return rows.some((row) => row.destination === destination && row.state === 'sent');
    },
  };
}

function ofAlias(table: string, alias: string) {
  return {
    TableName: table,
    IndexName: 'aliasIndex',
    KeyConditionExpression: '#alias = :alias',
    ExpressionAttributeNames: { '#alias': 'alias' },
    ExpressionAttributeValues: { ':alias': alias },
  };
}
