import type { BounceCause } from '../mail/bounce.ts';
import type { Entry, Ledger } from './ledger.ts';
import { lostRecipients } from './lost.ts';

/**
 * Closes destinations of one mail that will not get it, and owes the sender an answer for every recipient who has no
 * other. The answer comes first: cut short in between, the end is decided again, and an answer is owed once.
 *
 * @param now epoch seconds
 */
export async function endDeliveries(
  ledger: Pick<Ledger, 'of' | 'owe' | 'close'>,
  entries: readonly Entry[],
  closing: { readonly state: 'bounced' | 'given-up'; readonly cause: BounceCause; readonly reason: string },
  now: number,
): Promise<void> {
  const [first] = entries;
  if (first === undefined) return;
  const ending = new Set<string>(entries.map(({ destination }) => destination));
  const lost = lostRecipients(await ledger.of(first.messageId), ending);
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
