import { readEvent } from '../mail/event.ts';
import { nameOf } from './fault.ts';
import type { LedgerRow } from './ledger.ts';
import { type ReceiveOptions, type ReceivePorts, receive } from './receive.ts';

interface Stored {
  readonly messageId: string;
  /** Epoch milliseconds. */
  readonly storedAt: number;
}

export interface SweepPorts extends ReceivePorts {
  readonly events: {
    keptEvents(): AsyncIterable<Stored>;
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

/** Milliseconds: by then `process` has written a row, kept the event, or died. */
const orphanAge = 10 * 60_000;
/** Milliseconds an orphan is looked for; the queue shows it as long as the bucket keeps it. */
const orphanWatch = 24 * 3_600_000;

/** The mails that nothing knows of: SES stored them, and `process` never wrote a row. */
export async function findOrphans(
  bucket: { list(): AsyncIterable<Stored>; keptEvents(): AsyncIterable<Stored> },
  ledger: { of(messageId: string): Promise<LedgerRow[]> },
  now: number,
  watch: number = orphanWatch,
): Promise<string[]> {
  const kept = new Set<string>();
  for await (const { messageId } of bucket.keptEvents()) kept.add(messageId);
  const orphans: string[] = [];
  for await (const { messageId, storedAt } of bucket.list()) {
    const age = now - storedAt;
    if (age < orphanAge || age > watch || kept.has(messageId)) continue;
    if ((await ledger.of(messageId)).length === 0) orphans.push(messageId);
  }
  return orphans;
}
