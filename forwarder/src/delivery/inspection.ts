import { blockOf, unblockedBefore } from '../../../schema/src/records/blocks.ts';
import type { BounceRow } from '../../../schema/src/records/bounceRow.ts';
import {
  dayOf,
  type Milliseconds,
  milliseconds,
  type Seconds,
  seconds,
  since,
} from '../../../schema/src/text/time.ts';
import type { StoredObject } from './keptEvents.ts';
import { isEntry, type Ledger, type LedgerRow, lanes, type Task } from './ledger.ts';
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

/** By then `process` has written a row, kept the event, or died. */
const orphanAge = milliseconds(10 * 60_000);
/** Of a mail that is older, it is looked once an hour, for a day; the queue shows it as long as the bucket keeps it. */
const orphanNews = milliseconds(40 * 60_000);
const orphanWatch = milliseconds(24 * 3_600_000);
const hour = 3_600_000;
const fiveMinutes = 300_000;

/**
 * How old a mail may be to be looked at by the run of this time, one of twelve in an hour: a question about each mail of a
 * day in each run would cost more than all that is forwarded.
 */
export function orphanWatchAt(now: Milliseconds): Milliseconds {
  return now % hour < fiveMinutes ? orphanWatch : orphanNews;
}

/** The mails that nothing knows of: SES stored them, and `process` never wrote a row. */
export async function findOrphans(
  bucket: { list(): AsyncIterable<StoredObject>; keptEvents(): AsyncIterable<StoredObject> },
  ledger: { of(messageId: string): Promise<LedgerRow[]> },
  now: Milliseconds,
  watch: Milliseconds = orphanWatch,
): Promise<string[]> {
  const isUnknown = async (messageId: string) => (await ledger.of(messageId)).length === 0;
  const unknown: string[] = [];
  for await (const { messageId, storedAt } of bucket.list()) {
    const age = since(storedAt, now);
    if (age >= orphanAge && age <= watch && (await isUnknown(messageId))) unknown.push(messageId);
  }
  // A list has its price, and nearly always there is nothing to compare with it.
  if (unknown.length === 0) return [];
  const kept = new Set<string>();
  for await (const { messageId } of bucket.keptEvents()) kept.add(messageId);
  const orphans: string[] = [];
  for (const messageId of unknown) {
    // Its event may have been worked off in between.
    if (!kept.has(messageId) && (await isUnknown(messageId))) orphans.push(messageId);
  }
  return orphans;
}
