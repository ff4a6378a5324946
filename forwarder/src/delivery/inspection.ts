import { blockOf, unblockedBefore } from '../../../schema/src/records/blocks.ts';
import type { BounceRow } from '../../../schema/src/records/bounceRow.ts';
import { dayOf, type Seconds, seconds, since } from '../../../schema/src/text/time.ts';
import { isEntry, type Ledger, lanes, type Task } from './ledger.ts';
import type { Telemetry } from './telemetry.ts';

export interface Blocked {
  readonly destination: string;
  readonly bounces: number;
  /** `YYYY-MM-DD`, or undefined where a row has no end. */
  readonly until?: string;
  /** The latest reason, in the words of the server that gave it. */
  readonly reason?: string;
  /** `YYYY-MM-DD`: it was unblocked then, and blocked itself again within a week. */
  readonly unblocked?: string;
}

/**
 * The destinations that get no mail, sorted.
 */
export function listBlocked(
  rows: readonly BounceRow[],
  limits: { readonly bounceLimit: number; readonly softBounceLimit: number },
  now: Seconds,
): Blocked[] {
  return [...Map.groupBy(rows, (row) => row.destination)]
    .flatMap(([destination, own]) => {
      const block = blockOf(own, now, limits.softBounceLimit);
      if (block.count <= limits.bounceLimit) return [];
      const before = unblockedBefore(own, now, limits.softBounceLimit);
      const again = before === undefined ? {} : { unblocked: dayOf(seconds(before)) };
      return { ...blockedOf(destination, own, block), ...again };
    })
    .sort((a, b) => (a.destination < b.destination ? -1 : 1));
}

function blockedOf(
  destination: string,
  rows: readonly BounceRow[],
  { count, until }: { readonly count: number; readonly until: number },
): Blocked {
  const latest = rows.toSorted((a, b) => b.createdAt - a.createdAt)[0];
  const reason = latest?.type === 'complaint' ? 'complaint' : latest?.diagnosticCode;
  return {
    destination,
    bounces: count,
    ...(Number.isFinite(until) ? { until: new Date(until * 1_000).toISOString().slice(0, 10) } : {}),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** Rows that are counted, and listed, at most: beyond that the exact number says no more. */
const queueLimit = 1_000;

/** Everything that waits, next attempt first. */
export async function readQueue(ledger: Pick<Ledger, 'due'>): Promise<Task[]> {
  const rows = await Promise.all(
    lanes.map((lane) => ledger.due(lane, seconds(Number.MAX_SAFE_INTEGER), queueLimit)),
  );
  return rows.flat().sort((a, b) => a.nextAttemptAt - b.nextAttemptAt);
}

/**
 * Measures how much waits, and for how long the oldest has.
 */
export async function measureQueue(
  ledger: Pick<Ledger, 'due'>,
  telemetry: Telemetry,
  now: Seconds,
): Promise<void> {
  const waiting = await readQueue(ledger);
  const ages = waiting.map((task) => since(isEntry(task) ? task.since : task.receivedAt, now));
  telemetry.gauge('queue-depth', waiting.length);
  telemetry.gauge('queue-age', Math.max(0, ...ages));
}
