import { isEntry, type Ledger, type Task } from './ledger.ts';
import type { Telemetry } from './telemetry.ts';

/** Rows that are counted, and listed, at most: beyond that the exact number says no more. */
const most = 1_000;

/** Everything that waits, next attempt first. */
export async function readQueue(ledger: Pick<Ledger, 'due'>): Promise<Task[]> {
  return ledger.due(Number.MAX_SAFE_INTEGER, most);
}

/**
 * Measures how much waits, and for how long the oldest has.
 *
 * @param now epoch seconds
 */
export async function measureQueue(
  ledger: Pick<Ledger, 'due'>,
  telemetry: Telemetry,
  now: number,
): Promise<void> {
  const waiting = await readQueue(ledger);
  const ages = waiting.map((task) => now - (isEntry(task) ? task.since : task.receivedAt));
  telemetry.gauge('queue-depth', waiting.length);
  telemetry.gauge('queue-age', Math.max(0, ...ages));
}
