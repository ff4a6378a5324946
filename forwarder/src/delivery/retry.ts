import {
  type Milliseconds,
  milliseconds,
  plus,
  type Seconds,
  since,
  toMilliseconds,
} from '../../../schema/src/text/time.ts';
import { readEvent } from '../mail/event.ts';
import { closeDeliveries, giveAnswer } from './answer.ts';
import { deliver } from './deliver.ts';
import { nameOf } from './fault.ts';
import { holdOf } from './hold.ts';
import {
  backOff,
  type DueEntry,
  type DueEvent,
  isAnswer,
  isEntry,
  isKeptEvent,
  type Task,
  tryingTime,
} from './ledger.ts';
import { type ReceiveOptions, type ReceivePorts, receive } from './receive.ts';

export interface RetryOptions extends Omit<ReceiveOptions, 'deadline'> {
  /** What is due by then is tried. */
  readonly now: Seconds;
  /** By the real clock: no mail is begun later. */
  readonly until: Milliseconds;
}

export interface Retried {
  readonly mails: number;
  readonly failed: number;
}

/** Rows that one look at the index brings. */
const pageSize = 100;
/** What a mail has at most, so that its lease outlasts its attempt. */
const timeForOne = milliseconds(240_000);

/** Tries everything that is due, oldest attempt first. A mail that fails holds up no other. */
export async function retryDue(ports: ReceivePorts, options: RetryOptions): Promise<Retried> {
  const seen = new Set<string>();
  const keyOf = ({ messageId, destination }: Task) => `${messageId}\n${destination}`;
  let mails = 0;
  let failed = 0;
  while (ports.clock() < options.until) {
    const page = await ports.ledger.due(options.now, pageSize);
    // The index may still show what was taken a moment ago.
    const fresh = page.filter((row) => !seen.has(keyOf(row)));
    if (fresh.length === 0) break;
    for (const [messageId, rows] of Map.groupBy(fresh, (row) => row.messageId)) {
      if (ports.clock() >= options.until) break;
      for (const row of rows) seen.add(keyOf(row));
      mails += 1;
      try {
        await retryMail(rows, ports, options);
      } catch (error) {
        failed += 1;
        ports.telemetry.alarm('A mail could not be tried again', { messageId, reason: nameOf(error) });
      }
    }
  }
  return { mails, failed };
}

async function retryMail(rows: readonly Task[], ports: ReceivePorts, options: RetryOptions): Promise<void> {
  const entries = rows.filter(isEntry);
  const isLate = (entry: DueEntry) => since(entry.since, options.now) >= tryingTime;
  await giveUp(entries.filter(isLate), ports, options.now);
  const taken: DueEntry[] = [];
  for (const entry of entries.filter((row) => !isLate(row))) {
    const own = await takeUnblocked(entry, ports, options);
    if (own !== undefined) taken.push(own);
  }
  const deadline = deadlineOf(ports, options);
  await deliver(taken, ports, { senderLocalPart: options.senderLocalPart, deadline });
  for (const kept of rows.filter(isKeptEvent)) await takeIn(kept, ports, options);
  for (const answer of rows.filter(isAnswer)) {
    await giveAnswer(answer, ports, options.now);
    // SES takes one answer per second.
    await ports.pause(milliseconds(1_000));
  }
}

function deadlineOf({ clock }: ReceivePorts, { until }: RetryOptions): Milliseconds {
  return milliseconds(Math.min(until, plus(clock(), timeForOne)));
}

/** An event that only the ledger took. */
async function takeIn(kept: DueEvent, ports: ReceivePorts, options: RetryOptions): Promise<void> {
  const { ledger } = ports;
  const own = await ledger.take(kept, plus(options.now, backOff(kept.attempts + 1)));
  if (own === undefined) return;
  const deadline = deadlineOf(ports, options);
  const event: unknown = JSON.parse(own.event);
  await receive(readEvent(event), event, ports, { ...options, deadline }, toMilliseconds(options.now));
  await ledger.drop(own, 'taken in', options.now);
}

async function giveUp(
  entries: readonly DueEntry[],
  { ledger, telemetry }: ReceivePorts,
  now: Seconds,
): Promise<void> {
  const [first] = entries;
  if (first === undefined) return;
  await closeDeliveries(ledger, entries, { state: 'given-up', cause: 'expired', reason: 'too long' }, now);
  telemetry.count('expired', entries.length);
  telemetry.alarm('A mail was given up', { messageId: first.messageId, destinations: entries.length });
}

/** Takes a row; one whose destination is held back waits on, or ends where that lasts. */
async function takeUnblocked(
  entry: DueEntry,
  ports: ReceivePorts,
  options: RetryOptions,
): Promise<DueEntry | undefined> {
  const { ledger, telemetry } = ports;
  const { now } = options;
  const taken = await ledger.take(entry, plus(now, backOff(entry.attempts + 1)));
  if (taken === undefined) return undefined;
  const hold = await holdOf(entry, ports, options, now);
  if (hold?.lasts === true) {
    await closeDeliveries(ledger, [taken], { state: 'bounced', cause: 'blocked', reason: hold.reason }, now);
    return undefined;
  }
  if (hold !== undefined) {
    await ledger.note(taken, hold.reason);
    return undefined;
  }
  telemetry.count('retried');
  if (entry.attempts > 0 && entry.reason === undefined) {
    telemetry.count('duplicate');
    telemetry.alarm('A mail may be sent once more: its last attempt left no trace', {
      messageId: entry.messageId,
    });
  }
  return taken;
}
