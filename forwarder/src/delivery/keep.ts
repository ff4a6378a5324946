import { mayAnswer } from '../mail/automatic.ts';
import type { IncomingMail } from '../mail/event.ts';
import { type Envelope, eventKey, type KeptEvent, type Ledger } from './ledger.ts';

export interface KeepPorts {
  readonly events: { keepEvent(messageId: string, event: unknown): Promise<void> };
  readonly ledger: Pick<Ledger, 'open'>;
}

/**
 * Keeps an event to be read again: in the bucket, or where that takes nothing, in the ledger. Throws when neither does.
 *
 * @param now epoch milliseconds
 */
export async function keepEvent(
  mail: IncomingMail,
  event: unknown,
  { events, ledger }: KeepPorts,
  now: number,
): Promise<void> {
  try {
    await events.keepEvent(mail.messageId, event);
  } catch {
    await ledger.open([keptEvent(mail, event, Math.floor(now / 1_000))]);
  }
}

/** The row of an event that is read again from `time` (epoch seconds) on. */
export function keptEvent(mail: IncomingMail, event: unknown, time: number): KeptEvent {
  return {
    ...envelopeOfMail(mail),
    destination: eventKey,
    state: 'due',
    attempts: 0,
    nextAttemptAt: time,
    event: JSON.stringify(event),
  };
}

export function envelopeOfMail(mail: IncomingMail): Envelope {
  return {
    messageId: mail.messageId,
    sender: mail.source,
    receivedAt: Math.floor(mail.receivedAt / 1_000),
    verdicts: mail.verdicts,
    // The time limit is looked at when the answer is given.
    answerable: mayAnswer(mail, mail.receivedAt),
  };
}
