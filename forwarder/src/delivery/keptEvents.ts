import { type IncomingMail, readEvent } from '../mail/event.ts';
import { nameOf } from './fault.ts';
import { keptEvent } from './intake.ts';
import type { Ledger } from './ledger.ts';
import { type ReceiveOptions, type ReceivePorts, receive } from './receive.ts';

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

export interface StoredObject {
  readonly messageId: string;
  /** Epoch milliseconds. */
  readonly storedAt: number;
}

export interface SweepPorts extends ReceivePorts {
  readonly events: {
    keptEvents(): AsyncIterable<StoredObject>;
    readEvent(messageId: string): Promise<unknown>;
    forgetEvent(messageId: string): Promise<void>;
  };
}

/**
 * Takes the kept events in once more; one that is done is forgotten.
 *
 * @param now epoch milliseconds
 * @param until epoch milliseconds of the real clock: none is begun later
 */
export async function sweepEvents(
  ports: SweepPorts,
  options: Omit<ReceiveOptions, 'deadline'>,
  now: number,
  until: number,
): Promise<number> {
  let swept = 0;
  for await (const { messageId } of ports.events.keptEvents()) {
    if (ports.clock() >= until) break;
    try {
      const event = await ports.events.readEvent(messageId);
      await receive(readEvent(event), event, ports, { ...options, deadline: until }, now);
      await ports.events.forgetEvent(messageId);
      swept += 1;
    } catch (error) {
      ports.telemetry.alarm('A kept event could not be taken in', { messageId, reason: nameOf(error) });
    }
  }
  return swept;
}
