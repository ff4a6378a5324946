import { type Entry, isEntry, type LedgerRow } from './ledger.ts';

/**
 * The envelope recipients of whom nobody gets the mail: every destination of theirs bounced or was given up, or refused
 * the mail and got a notice without it.
 *
 * @param ending destinations that are about to be closed so
 */
export function lostRecipients(
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
