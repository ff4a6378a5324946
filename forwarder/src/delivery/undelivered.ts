import type { Seconds } from '../../../schema/src/text/time.ts';
import type { BounceCause } from '../mail/bounce.ts';
import { type DueEntry, type Entry, isEntry, type Ledger, type LedgerRow } from './ledger.ts';

/**
 * The envelope recipients of whom nobody gets the mail: every destination of theirs bounced or was given up, or refused
 * the mail and got a notice without it.
 *
 * @param ending destinations that are about to be closed so
 */
export function undeliveredRecipients(
  rows: readonly LedgerRow[],
  ending: ReadonlySet<string> = new Set(),
): string[] {
  const entries = rows.filter(isEntry);
  const isLost = (entry: Entry) =>
    entry.state === 'bounced' ||
    entry.state === 'given-up' ||
    (entry.state === 'fallback' && entry.unattachable !== undefined) ||
    ending.has(entry.destination);
  const recipients = new Set(entries.flatMap((entry) => entry.recipients));
  return [...recipients].filter((recipient) =>
    entries.filter((entry) => entry.recipients.includes(recipient)).every(isLost),
  );
}

/**
 * Closes destinations of one mail that will not get it, and owes the sender an answer for every recipient who has no
 * other. The answer comes first: cut short in between, the end is decided again, and an answer is owed once.
 */
export async function closeDeliveries(
  ledger: Pick<Ledger, 'of' | 'owe' | 'close'>,
  entries: readonly DueEntry[],
  closing: { readonly state: 'bounced' | 'given-up'; readonly cause: BounceCause; readonly reason: string },
  now: Seconds,
): Promise<void> {
  const [first] = entries;
  if (first === undefined) return;
  const ending = new Set<string>(entries.map(({ destination }) => destination));
  const lost = undeliveredRecipients(await ledger.of(first.messageId), ending);
  if (first.answerable && lost.length > 0) {
    await ledger.owe(
      first,
      lost.map((recipient) => ({ recipient, cause: closing.cause })),
      now,
    );
  }
  for (const entry of entries) {
    await ledger.close(entry, { state: closing.state, reason: closing.reason }, now);
  }
}
