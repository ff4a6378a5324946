import { type BounceRow, blockOf } from '../routing/blocks.ts';
import { type AnswerPorts, giveAnswer } from './answer.ts';
import { backOff, tryingTime } from './backoff.ts';
import { type DeliverPorts, deliver } from './deliver.ts';
import { endDeliveries } from './end.ts';
import { nameOf } from './fault.ts';
import { type Answer, type Entry, isAnswer, isEntry, type Ledger } from './ledger.ts';

export interface RetryPorts extends DeliverPorts, AnswerPorts {
  readonly ledger: Ledger;
  readonly bucket: DeliverPorts['bucket'];
  readonly bounces: { of(destination: string): Promise<BounceRow[]> };
}

export interface RetryOptions {
  readonly senderLocalPart: string;
  readonly bounceLimit: number;
  readonly softBounceLimit: number;
  /** Epoch seconds: what is due by then is tried. */
  readonly now: number;
  /** Epoch milliseconds of the real clock: no mail is begun later. */
  readonly until: number;
}

export interface Retried {
  readonly mails: number;
  readonly failed: number;
}

/** Rows that one look at the index brings. */
const pageSize = 100;
/** Milliseconds a mail has at most, so that its lease outlasts its attempt. */
const timeForOne = 240_000;

/** Tries everything that is due, oldest attempt first. A mail that fails holds up no other. */
export async function retryDue(ports: RetryPorts, options: RetryOptions): Promise<Retried> {
  const seen = new Set<string>();
  const keyOf = ({ messageId, destination }: Entry | Answer) => `${messageId}\n${destination}`;
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

async function retryMail(
  rows: readonly (Entry | Answer)[],
  ports: RetryPorts,
  options: RetryOptions,
): Promise<void> {
  const entries = rows.filter(isEntry);
  const isLate = ({ since }: Entry) => options.now - since >= tryingTime;
  await giveUp(entries.filter(isLate), ports, options.now);
  const taken: Entry[] = [];
  for (const entry of entries.filter((row) => !isLate(row))) {
    const own = await takeUnblocked(entry, ports, options);
    if (own !== undefined) taken.push(own);
  }
  const deadline = Math.min(options.until, ports.clock() + timeForOne);
  await deliver(taken, ports, { senderLocalPart: options.senderLocalPart, deadline });
  for (const answer of rows.filter(isAnswer)) {
    await giveAnswer(answer, ports, options.now);
    // SES takes one a second.
    await ports.pause(1_000);
  }
}

async function giveUp(
  entries: readonly Entry[],
  { ledger, telemetry }: RetryPorts,
  now: number,
): Promise<void> {
  const [first] = entries;
  if (first === undefined) return;
  await endDeliveries(ledger, entries, { state: 'given-up', cause: 'expired', reason: 'too long' }, now);
  telemetry.count('expired', entries.length);
  telemetry.alarm('A mail was given up', { messageId: first.messageId, destinations: entries.length });
}

/** Takes a row; one whose destination is blocked waits on. */
async function takeUnblocked(
  entry: Entry,
  ports: RetryPorts,
  options: RetryOptions,
): Promise<Entry | undefined> {
  const { ledger, telemetry } = ports;
  const { now } = options;
  const taken = await ledger.take(entry, now + backOff(entry.attempts + 1));
  if (taken === undefined) return undefined;
  if (entry.reason === 'blocked') {
    const block = blockOf(await ports.bounces.of(entry.destination), now, options.softBounceLimit);
    if (block.count > options.bounceLimit) {
      await ledger.note(taken, 'blocked');
      return undefined;
    }
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
