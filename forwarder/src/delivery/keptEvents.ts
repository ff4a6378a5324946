import { type Milliseconds, milliseconds, plus, toSeconds } from '../../../schema/src/text/time.ts';
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
 */
export async function keepEvent(
  mail: IncomingMail,
  event: unknown,
  { events, ledger }: KeepPorts,
  now: Milliseconds,
): Promise<void> {
  try {
    await events.keepEvent(mail.messageId, event);
  } catch {
    await ledger.open([keptEvent(mail, event, toSeconds(now))]);
  }
}

export interface StoredObject {
  readonly messageId: string;
  readonly storedAt: Milliseconds;
}

export interface SweepPorts extends ReceivePorts {
  readonly events: {
    keptEvents(): AsyncIterable<StoredObject>;
    readEvent(messageId: string): Promise<unknown>;
    forgetEvent(messageId: string): Promise<void>;
  };
}

/** A destination that is not reached by then waits for its turn in the queue. */
const timeForOne = milliseconds(60_000);

/**
 * Takes the kept events in once more; one that is done is forgotten.
 *
 * @param until by the real clock: none is begun later
 * @param keep says that the work goes on; false when somebody else does it now
 */
export async function sweepEvents(
  ports: SweepPorts,
  options: Omit<ReceiveOptions, 'deadline'>,
  until: Milliseconds,
  keep: () => Promise<boolean>,
): Promise<number> {
  let swept = 0;
  for await (const { messageId } of ports.events.keptEvents()) {
    if (ports.clock() >= until || !(await keep())) break;
    try {
      const event = await ports.events.readEvent(messageId);
      const now = ports.clock();
      const deadline = milliseconds(Math.min(until, plus(now, timeForOne)));
      await receive(readEvent(event), event, ports, { ...options, deadline }, now);
      await ports.events.forgetEvent(messageId);
      swept += 1;
    } catch (error) {
      ports.telemetry.alarm('A kept event could not be taken in', { messageId, reason: nameOf(error) });
    }
  }
  return swept;
}
