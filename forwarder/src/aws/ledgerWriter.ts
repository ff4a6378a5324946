import {
  type DynamoDBDocumentClient,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { LedgerRow } from '../delivery/ledger.ts';
import { applies, appliesAll } from './conditions.ts';

/** One conditional update; an expression names the reserved words among our attributes with `#`. */
export interface Change {
  readonly set: string;
  readonly when: string;
  readonly values: Record<string, unknown>;
}

/** The conditional writes that all of the ledger's are made of; false when a condition does not hold. */
export interface LedgerWriter {
  update(row: Pick<LedgerRow, 'messageId' | 'destination'>, change: Change): Promise<boolean>;
  /** Adds a row that is not there. */
  add(row: LedgerRow): Promise<boolean>;
  /** Adds at most 100 rows, all or none. */
  addAll(rows: readonly LedgerRow[]): Promise<boolean>;
  /** Writes a row, whatever is there. */
  replace(row: LedgerRow): Promise<void>;
}

/** The constant hash key of `dueIndex`: a row without the attribute is not in it. */
export const due = 'due';

export function ledgerWriter(client: DynamoDBDocumentClient, table: string): LedgerWriter {
  const item = (row: LedgerRow) => (row.state === 'due' ? { ...row, due } : row);
  const addition = (row: LedgerRow) => ({
    TableName: table,
    Item: item(row),
    ConditionExpression: 'attribute_not_exists(messageId)',
  });
  return {
    update: ({ messageId, destination }, { set, when, values }) =>
      applies(
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: { messageId, destination },
            UpdateExpression: set,
            ConditionExpression: when,
            ExpressionAttributeNames: namesIn(set + when),
            ExpressionAttributeValues: values,
          }),
        ),
      ),
    add: (row) => applies(client.send(new PutCommand(addition(row)))),
    addAll: (rows) =>
      appliesAll(
        client.send(new TransactWriteCommand({ TransactItems: rows.map((row) => ({ Put: addition(row) })) })),
      ),
    async replace(row) {
      await client.send(new PutCommand({ TableName: table, Item: item(row) }));
    },
  };
}

const reservedNames = ['state', 'due', 'reason'];

/** DynamoDB refuses names that an expression does not use. */
function namesIn(expression: string): Record<string, string> | undefined {
  const used = reservedNames.filter((name) => expression.includes(`#${name}`));
  return used.length === 0 ? undefined : Object.fromEntries(used.map((name) => [`#${name}`, name]));
}
