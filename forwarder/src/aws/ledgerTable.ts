import {
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { plus } from '../../../schema/src/text/time.ts';
import {
  firstAnswer,
  givenBack,
  grownAnswer,
  isAnswer,
  isEntry,
  keepTime,
  type Ledger,
  type LedgerRow,
  laneOf,
  newIn,
  type RowKey,
  reopened,
  takenUntil,
} from '../delivery/ledger.ts';
import { applies, appliesAll, eachItem, type Item, queryAll } from './documents.ts';
import { readRow } from './ledgerRows.ts';
import { reachedDestinations } from './reachedDestinations.ts';

/** Actions of a TransactWriteItems (AWS quota). */
const transactionLimit = 100;
/** Tries at a row that others change at the same time. */
const conflictLimit = 10;
const due = 'due';

/**
 * The Deliveries table, keyed by `messageId` and `destination`. Every write is conditional on the row as it was read, so
 * that of two invocations one goes on; an answer may grow until all of it is told.
 */
export function ledgerTable(client: DynamoDBDocumentClient, table: string): Ledger {
  const writer = rowWriter(client, table);
  const queries = ledgerQueries(client, table);
  const reaches = reachedDestinations(client, table);
  return {
    ...queries,
    reached: reaches.among,
    async open(rows) {
      const [only] = rows;
      if (only !== undefined && rows.length === 1) return writer.add(only);
      for (let start = 0; start < rows.length; start += transactionLimit) {
        if (!(await writer.addAll(rows.slice(start, start + transactionLimit)))) return false;
      }
      return true;
    },
    async take(row, until) {
      const isTaken = await writer.update(row, {
        set: 'SET attempts = :next, nextAttemptAt = :until REMOVE #reason',
        when: '#state = :due AND attempts = :attempts',
        values: { ':due': due, ':attempts': row.attempts, ':next': row.attempts + 1, ':until': until },
      });
      return isTaken ? takenUntil(row, until) : undefined;
    },
    async close(row, closing, now) {
      const { state, sesMessageId, reason } = { sesMessageId: undefined, reason: undefined, ...closing };
      const isClosing = writer.update(row, {
        set: `SET ${[
          '#state = :state, expiresAt = :expiry',
          ...(sesMessageId === undefined ? [] : ['sesMessageId = :ses']),
          ...(reason === undefined ? [] : ['#reason = :reason']),
        ].join(', ')} REMOVE #due, nextAttemptAt`,
        when: '#state = :due',
        values: {
          ':state': state,
          ':due': due,
          ':expiry': plus(now, keepTime),
          ...(sesMessageId === undefined ? {} : { ':ses': sesMessageId }),
          ...(reason === undefined ? {} : { ':reason': reason }),
        },
      });
      // What fails here makes the destination wait longer while the brake is engaged, and no more.
      const isNoted =
        state === 'sent' ? reaches.note(row.destination, now).catch(() => undefined) : undefined;
      const [isClosed] = await Promise.all([isClosing, isNoted]);
      return isClosed;
    },
    async note(row, reason) {
      await writer.update(row, {
        set: 'SET #reason = :reason',
        when: '#state = :due AND attempts = :attempts',
        values: { ':due': due, ':attempts': row.attempts, ':reason': reason },
      });
    },
    async postpone(row, postponement, now) {
      const { nextAttemptAt, reason, postponed, since } = givenBack(row, postponement, now);
      await writer.update(row, {
        set: `SET nextAttemptAt = :next, #reason = :reason, postponed = :postponed${since === undefined ? '' : ', since = :since'}`,
        when: '#state = :due AND attempts = :attempts',
        values: {
          ':due': due,
          ':attempts': row.attempts,
          ':next': nextAttemptAt,
          ':reason': reason,
          ':postponed': postponed,
          ...(since === undefined ? {} : { ':since': since }),
        },
      });
    },
    sendNotice: (row, why, now) =>
      writer.update(row, {
        set: 'SET #state = :due, #due = :due, nextAttemptAt = :now, unattachable = :why, #reason = :reason REMOVE expiresAt, sesMessageId',
        when: '#state = :sent AND sesMessageId = :ses',
        values: {
          ':due': due,
          ':now': now,
          ':why': why,
          ':reason': 'refused by its server',
          ':sent': 'sent',
          ':ses': row.sesMessageId,
        },
      }),
    async bounce(row, reason) {
      await writer.update(row, {
        set: 'SET #state = :bounced, #reason = :reason',
        when: '#state IN (:sent, :fallback)',
        values: { ':bounced': 'bounced', ':reason': reason, ':sent': 'sent', ':fallback': 'fallback' },
      });
      await reaches.forget(row.destination);
    },
    async owe(envelope, refusals, now) {
      for (let attempt = 0; attempt < conflictLimit; attempt += 1) {
        const first = firstAnswer(envelope, refusals, now);
        if (await writer.add(first)) return first;
        const present = (await queries.of(envelope.messageId)).find(isAnswer);
        if (present === undefined) continue;
        const added = newIn(present, refusals);
        if (added.length === 0) return present;
        const grown = grownAnswer(present, added, now);
        const isWritten = await writer.update(present, {
          set: 'SET refusals = list_append(refusals, :added), #state = :due, #due = :lane, nextAttemptAt = :next REMOVE expiresAt',
          when: 'size(refusals) = :size AND #state = :state AND attempts = :attempts',
          values: {
            ':added': added,
            ':due': due,
            ':lane': laneOf(grown),
            ':next': grown.nextAttemptAt,
            ':size': present.refusals.length,
            ':state': present.state,
            ':attempts': present.attempts,
          },
        });
        if (isWritten) return grown;
      }
      throw new Error('Others kept changing the answer to a mail.');
    },
    async told(row, now) {
      const values = { ':told': row.refusals.length };
      const isClosed = await writer.update(row, {
        set: 'SET told = :told, #state = :bounced, expiresAt = :expiry REMOVE #due, nextAttemptAt',
        when: 'size(refusals) = :told',
        values: { ...values, ':bounced': 'bounced', ':expiry': plus(now, keepTime) },
      });
      if (!isClosed)
        await writer.update(row, { set: 'SET told = :told', when: 'attribute_exists(messageId)', values });
    },
    async drop(row, reason, now) {
      const size = isAnswer(row) ? { ':size': row.refusals.length } : {};
      await writer.update(row, {
        set: 'SET #state = :dropped, #reason = :reason, expiresAt = :expiry REMOVE #due, nextAttemptAt',
        when: isAnswer(row) ? '#state = :due AND size(refusals) = :size' : '#state = :due',
        values: {
          ':dropped': 'dropped',
          ':due': due,
          ':reason': reason,
          ':expiry': plus(now, keepTime),
          ...size,
        },
      });
    },
    async reopen(row, now) {
      const fresh = reopened(row, now);
      await writer.replace(fresh);
      return fresh;
    },
  };
}

type Queries = Pick<Ledger, 'of' | 'due' | 'bySesMessage' | 'all'>;

function ledgerQueries(client: DynamoDBDocumentClient, table: string): Queries {
  return {
    async of(messageId) {
      const items = await queryAll(client, {
        TableName: table,
        KeyConditionExpression: 'messageId = :id',
        ExpressionAttributeValues: { ':id': messageId },
        ConsistentRead: true,
      });
      return readRows(items);
    },
    async due(lane, now, limit) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'dueIndex',
          KeyConditionExpression: '#due = :due AND nextAttemptAt <= :now',
          ExpressionAttributeNames: { '#due': 'due' },
          ExpressionAttributeValues: { ':due': lane, ':now': now },
          Limit: limit,
        }),
      );
      return readRows(Items).filter((row) => row.state === 'due');
    },
    async bySesMessage(sesMessageId) {
      const items = await queryAll(client, {
        TableName: table,
        IndexName: 'sesMessageIdIndex',
        KeyConditionExpression: 'sesMessageId = :id',
        ExpressionAttributeValues: { ':id': sesMessageId },
      });
      return readRows(items).find(isEntry);
    },
    async *all() {
      for await (const item of eachItem(client, table)) yield* readRows([item]);
    },
  };
}

function readRows(items: readonly Item[]): LedgerRow[] {
  return items.map(readRow).filter((row) => row !== undefined);
}

/** One conditional update; an expression names the reserved words among our attributes with `#`. */
interface Change {
  readonly set: string;
  readonly when: string;
  readonly values: Record<string, unknown>;
}

/** The conditional writes that all of the ledger's are made of; false when a condition does not hold. */
function rowWriter(client: DynamoDBDocumentClient, table: string) {
  const itemOf = (row: LedgerRow) => (row.state === 'due' ? { ...row, due: laneOf(row) } : row);
  const addition = (row: LedgerRow) => ({
    TableName: table,
    Item: itemOf(row),
    ConditionExpression: 'attribute_not_exists(messageId)',
  });
  return {
    update: ({ messageId, destination }: RowKey, { set, when, values }: Change) =>
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
    /** Adds a row that is not there. */
    add: (row: LedgerRow) => applies(client.send(new PutCommand(addition(row)))),
    /** Adds at most 100 rows, all or none. */
    addAll: (rows: readonly LedgerRow[]) =>
      appliesAll(
        client.send(new TransactWriteCommand({ TransactItems: rows.map((row) => ({ Put: addition(row) })) })),
      ),
    /** Writes a row, whatever is there. */
    async replace(row: LedgerRow) {
      await client.send(new PutCommand({ TableName: table, Item: itemOf(row) }));
    },
  };
}

const reservedNames = ['state', 'due', 'reason'];

/** DynamoDB refuses names that an expression does not use. */
function namesIn(expression: string): Record<string, string> | undefined {
  const used = reservedNames.filter((name) => expression.includes(`#${name}`));
  return used.length === 0 ? undefined : Object.fromEntries(used.map((name) => [`#${name}`, name]));
}
