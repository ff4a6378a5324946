import { firstAnswer, isAnswer, keepTime, type Ledger, newIn } from '../delivery/ledger.ts';
import { due, type LedgerWriter } from './ledgerWriter.ts';

/** Tries at a row that others change at the same time. */
const conflictLimit = 10;

/** The answers owed to senders: the rows with the destination `#bounce`, which may grow until all of it is told. */
export function ledgerAnswers(
  writer: LedgerWriter,
  queries: Pick<Ledger, 'of'>,
): Pick<Ledger, 'owe' | 'told' | 'drop'> {
  return {
    async owe(envelope, refusals, now) {
      for (let attempt = 0; attempt < conflictLimit; attempt += 1) {
        const first = firstAnswer(envelope, refusals, now);
        if (await writer.add(first)) return first;
        const present = (await queries.of(envelope.messageId)).find(isAnswer);
        if (present === undefined) continue;
        const added = newIn(present, refusals);
        if (added.length === 0) return present;
        // One that is due may be under way: its time stays, so that nobody gives it twice.
        const nextAttemptAt = present.state === 'due' ? present.nextAttemptAt : now;
        const grown = await writer.update(present, {
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
      const closed = await writer.update(row, {
        set: 'SET told = :told, #state = :bounced, expiresAt = :expiry REMOVE #due, nextAttemptAt',
        when: 'size(refusals) = :told',
        values: { ...values, ':bounced': 'bounced', ':expiry': now + keepTime },
      });
      if (!closed)
        await writer.update(row, { set: 'SET told = :told', when: 'attribute_exists(messageId)', values });
    },
    async drop(row, reason, now) {
      await writer.update(row, {
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
  };
}
