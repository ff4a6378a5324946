import type { Seconds } from '../../../schema/src/text/time.ts';
import { isEntry, isKeptEvent, type Ledger, type LedgerRow, type LeftOut } from './ledger.ts';

/** A mail with the recipients that it was turned away for. */
export interface Rejected {
  readonly messageId: string;
  readonly sender: string;
  readonly receivedAt: Seconds;
  readonly recipients: readonly LeftOut[];
}

export interface RejectedList {
  /** All since `since`. */
  readonly count: number;
  /** The last of them, newest first. */
  readonly mails: readonly Rejected[];
}

/** The last mails that some recipient did not get by policy, or for want of an alias in force: reads every row. */
export async function listRejected(
  ledger: Pick<Ledger, 'all'>,
  since: Seconds,
  limit: number,
): Promise<RejectedList> {
  const found: Rejected[] = [];
  for await (const row of ledger.all()) {
    const recipients = turnedAway(row);
    if (recipients.length === 0 || row.receivedAt < since) continue;
    const { messageId, sender, receivedAt } = row;
    found.push({ messageId, sender, receivedAt, recipients });
  }
  found.sort((a, b) => b.receivedAt - a.receivedAt || (a.messageId < b.messageId ? -1 : 1));
  return { count: found.length, mails: found.slice(0, limit) };
}

/** Mail to others' domains, and what programs write to our own sender, is nobody's loss. */
function turnedAway(row: LedgerRow): readonly LeftOut[] {
  if (isEntry(row) || isKeptEvent(row)) return [];
  return (row.leftOut ?? []).filter(({ kind }) => kind !== 'unmanaged' && kind !== 'reserved');
}
