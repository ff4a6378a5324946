import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { keepTime, type Ledger } from '../delivery/ledger.ts';
import { ledgerAnswers } from './ledgerAnswers.ts';
import { ledgerQueries } from './ledgerQueries.ts';
import { due, ledgerWriter } from './ledgerWriter.ts';

/** Actions of a TransactWriteItems. */
const transactionLimit = 100;

/** The Deliveries table, keyed by `messageId` and `destination`. */
export function ledgerTable(client: DynamoDBDocumentClient, table: string): Ledger {
  const writer = ledgerWriter(client, table);
  const queries = ledgerQueries(client, table);
  return {
    ...queries,
    ...ledgerAnswers(writer, queries),
    async open(rows) {
      const [only] = rows;
      if (only !== undefined && rows.length === 1) return writer.add(only);
      for (let start = 0; start < rows.length; start += transactionLimit) {
        if (!(await writer.addAll(rows.slice(start, start + transactionLimit)))) return false;
      }
      return true;
    },
    async take(row, until) {
      const taken = await writer.update(row, {
        set: 'SET attempts = :next, nextAttemptAt = :until REMOVE #reason',
        when: '#state = :due AND attempts = :attempts',
        values: { ':due': due, ':attempts': row.attempts, ':next': row.attempts + 1, ':until': until },
      });
      if (!taken) return undefined;
      const { reason: _, ...rest } = row;
      return { ...rest, attempts: row.attempts + 1, nextAttemptAt: until } as unknown as typeof row;
    },
    close: (row, { state, sesMessageId, reason }, now) =>
      writer.update(row, {
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
      await writer.update(row, {
        set: 'SET #reason = :reason',
        when: '#state = :due AND attempts = :attempts',
        values: { ':due': due, ':attempts': row.attempts, ':reason': reason },
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
    },
    async reopen(row, now) {
      const { expiresAt: _, sesMessageId: __, reason: ___, unattachable: ____, ...rest } = row;
      const fresh = {
        ...rest,
        state: 'due',
        attempts: row.attempts + 1,
        nextAttemptAt: now,
        since: now,
      } as const;
      await writer.replace(fresh);
      return fresh;
    },
  };
}
