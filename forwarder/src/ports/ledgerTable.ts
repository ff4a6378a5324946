import {
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import {
  type Entry,
  isAnswer,
  keepTime,
  type Ledger,
  type LedgerRow,
  type Task,
} from '../delivery/ledger.ts';
import { firstAnswer, newIn } from '../delivery/refusals.ts';
import { applies, appliesAll } from './conditions.ts';
import { queryAll } from './pages.ts';

/** The constant hash key of `dueIndex`: a row without the attribute is not in it. */
const due = 'due';

/** The Deliveries table, keyed by `messageId` and `destination`. */
export function ledgerTable(client: DynamoDBDocumentClient, table: string): Ledger {
  const update = (row: Pick<LedgerRow, 'messageId' | 'destination'>, change: Change) =>
    applies(
      client.send(
        new UpdateCommand({
          TableName: table,
          Key: { messageId: row.messageId, destination: row.destination },
          UpdateExpression: change.set,
          ConditionExpression: change.when,
          ExpressionAttributeNames: namesIn(change.set + change.when),
          ExpressionAttributeValues: change.values,
        }),
      ),
    );
  const putOf = (row: LedgerRow) => ({
    TableName: table,
    Item: row.state === 'due' ? { ...row, due } : row,
    ConditionExpression: 'attribute_not_exists(messageId)',
  });
  const put = (row: LedgerRow) => applies(client.send(new PutCommand(putOf(row))));
  const putAll = (rows: readonly LedgerRow[]) =>
    appliesAll(
      client.send(new TransactWriteCommand({ TransactItems: rows.map((row) => ({ Put: putOf(row) })) })),
    );
  const of = async (messageId: string) =>
    (await queryAll(client, {
      TableName: table,
      KeyConditionExpression: 'messageId = :id',
      ExpressionAttributeValues: { ':id': messageId },
      ConsistentRead: true,
    })) as unknown as LedgerRow[];

  return {
    of,
    async open(rows) {
      const [only] = rows;
      if (only !== undefined && rows.length === 1) return put(only);
      for (let start = 0; start < rows.length; start += transactionLimit) {
        if (!(await putAll(rows.slice(start, start + transactionLimit)))) return false;
      }
      return true;
    },
    async take(row, until) {
      const taken = await update(row, {
        set: 'SET attempts = :next, nextAttemptAt = :until REMOVE #reason',
        when: '#state = :due AND attempts = :attempts',
        values: { ':due': due, ':attempts': row.attempts, ':next': row.attempts + 1, ':until': until },
      });
      if (!taken) return undefined;
      const { reason: _, ...rest } = row;
      return { ...rest, attempts: row.attempts + 1, nextAttemptAt: until } as unknown as typeof row;
    },
    close: (row, { state, sesMessageId, reason }, now) =>
      update(row, {
        set: `SET ${[
          '#state = :state, expiresAt = :expiry',
          ...(sesMessageId === undefined ? [] : ['sesMessageId = :ses']),
          ...(reason === undefined ? [] : ['#reason = :reason']),
        ].join(', ')} REMOVE #due, nextAttemptAt`,
        when: '#state = :due',
        values: {
          ':state': state,
          ':due': due,
          ':expiry': now + keepTime,
          ...(sesMessageId === undefined ? {} : { ':ses': sesMessageId }),
          ...(reason === undefined ? {} : { ':reason': reason }),
        },
      }),
    async note(row, reason) {
      await update(row, {
        set: 'SET #reason = :reason',
        when: '#state = :due AND attempts = :attempts',
        values: { ':due': due, ':attempts': row.attempts, ':reason': reason },
      });
    },
    async bounce(row, reason) {
      await update(row, {
        set: 'SET #state = :bounced, #reason = :reason',
        when: '#state IN (:sent, :fallback)',
        values: { ':bounced': 'bounced', ':reason': reason, ':sent': 'sent', ':fallback': 'fallback' },
      });
    },
    async owe(envelope, refusals, now) {
      for (let attempt = 0; attempt < conflictLimit; attempt += 1) {
        const first = firstAnswer(envelope, refusals, now);
        if (await put(first)) return first;
        const present = (await of(envelope.messageId)).find(isAnswer);
        if (present === undefined) continue;
        const added = newIn(present, refusals);
        if (added.length === 0) return present;
        // One that is due may be under way: its time stays, so that nobody gives it twice.
        const nextAttemptAt = present.state === 'due' ? present.nextAttemptAt : now;
        const grown = await update(present, {
          set: 'SET refusals = list_append(refusals, :added), #state = :due, #due = :due, nextAttemptAt = :next REMOVE expiresAt',
          when: 'size(refusals) = :size AND #state = :state AND attempts = :attempts',
          values: {
            ':added': added,
            ':due': due,
            ':next': nextAttemptAt,
            ':size': present.refusals.length,
            ':state': present.state,
            ':attempts': present.attempts,
          },
        });
        if (!grown) continue;
        const { expiresAt: _, ...rest } = present;
        return {
          ...rest,
          state: 'due',
          nextAttemptAt: nextAttemptAt ?? now,
          refusals: [...present.refusals, ...added],
        };
      }
      throw new Error('Others kept changing the answer to a mail.');
    },
    async told(row, now) {
      const values = { ':told': row.refusals.length };
      const closed = await update(row, {
        set: 'SET told = :told, #state = :bounced, expiresAt = :expiry REMOVE #due, nextAttemptAt',
        when: 'size(refusals) = :told',
        values: { ...values, ':bounced': 'bounced', ':expiry': now + keepTime },
      });
      if (!closed)
        await update(row, { set: 'SET told = :told', when: 'attribute_exists(messageId)', values });
    },
    async drop(row, reason, now) {
      await update(row, {
        set: 'SET #state = :dropped, #reason = :reason, expiresAt = :expiry REMOVE #due, nextAttemptAt',
        when: '#state = :due AND size(refusals) = :size',
        values: {
          ':dropped': 'dropped',
          ':due': due,
          ':reason': reason,
          ':expiry': now + keepTime,
          ':size': row.refusals.length,
        },
      });
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
    async hasReached(alias, destination) {
      const rows = (await queryAll(client, ofAlias(table, alias))) as unknown as Entry[];
      return rows.some((row) => row.destination === destination && row.state === 'sent');
    },
    async reopen(row, now) {
      const { expiresAt: _, sesMessageId: __, reason: ___, ...rest } = row;
      const fresh = {
        ...rest,
        state: 'due',
        attempts: row.attempts + 1,
        nextAttemptAt: now,
        since: now,
      } as const;
      await client.send(new PutCommand({ TableName: table, Item: { ...fresh, due } }));
      return fresh;
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

/** Actions of a TransactWriteItems. */
const transactionLimit = 100;
/** Tries at a row that others change at the same time. */
const conflictLimit = 10;

interface Change {
  readonly set: string;
  readonly when: string;
  readonly values: Record<string, unknown>;
}

/** The reserved words among our attributes; DynamoDB refuses names that an expression does not use. */
const reservedNames = ['state', 'due', 'reason'];

function namesIn(expression: string): Record<string, string> | undefined {
  const used = reservedNames.filter((name) => expression.includes(`#${name}`));
  return used.length === 0 ? undefined : Object.fromEntries(used.map((name) => [`#${name}`, name]));
}
