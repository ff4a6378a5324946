import { isAnswer, type Ledger, type LedgerRow, nobodyKey } from './ledger.ts';

/** Tries at a mail whose event came twice at the same time. */
const conflictLimit = 5;

/**
 * Rows that are there stay as they are: closed, or somebody's, or for `retryDeliveries` to take.
 *
 * @param seen the rows of the mail as they were read before; where others came since, they are read again
 */
export async function openRows(
  rows: readonly LedgerRow[],
  seen: readonly LedgerRow[],
  ledger: Ledger,
): Promise<{ readonly rows: readonly LedgerRow[]; readonly isRepeat: boolean }> {
  const [first] = rows;
  for (let attempt = 0; first !== undefined && attempt < conflictLimit; attempt += 1) {
    const known = attempt === 0 ? seen : await ledger.of(first.messageId);
    const isRepeat = known.length > 0;
    const added = rows.filter(
      (row) =>
        known.every(({ destination }) => destination !== row.destination) &&
        (row.destination !== nobodyKey || !isRepeat),
    );
    if (await ledger.open(added)) {
      const answer = rows.find(isAnswer);
      // An answer that was there may not name everybody yet.
      if (answer !== undefined && !added.includes(answer)) {
        await ledger.owe(answer, answer.refusals, answer.nextAttemptAt ?? 0);
      }
      return { rows: added, isRepeat };
    }
  }
  throw new Error('Others kept writing rows of a mail.');
}
