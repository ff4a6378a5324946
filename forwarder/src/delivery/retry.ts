import {
  type Milliseconds,
  milliseconds,
  plus,
  type Seconds,
  seconds,
  since,
  toMilliseconds,
  toSeconds,
} from '../../../schema/src/text/time.ts';
import { readEvent } from '../mail/event.ts';
import { inParallel } from '../routing/inParallel.ts';
import { closeDeliveries, giveAnswer } from './answer.ts';
import { accountWait } from './attempt.ts';
import { deliver } from './deliver.ts';
import { nameOf } from './fault.ts';
import { blockOn, brakedAmong } from './hold.ts';
import {
  backOff,
  type DueEntry,
  type DueEvent,
  isAnswer,
  isEntry,
  isKeptEvent,
  type Lane,
  type Task,
  triesOf,
  tryingTime,
} from './ledger.ts';
import type { Pace } from './pace.ts';
import { type ReceiveOptions, type ReceivePorts, receive } from './receive.ts';
import type { Telemetry } from './telemetry.ts';

export interface RetryOptions extends Omit<ReceiveOptions, 'deadline' | 'pace'> {
  /** The time of the event that asked for this: the clock may be later, and counts then. */
  readonly now: Seconds;
  /** By the real clock: no mail is begun later. */
  readonly until: Milliseconds;
  /** Mails a second that the account may send. */
  readonly rate: number;
  readonly pace: Pace;
  /** Says that the work goes on; false when somebody else does it now. */
  readonly keep: () => Promise<boolean>;
}

export interface Retried {
  readonly mails: number;
  readonly failed: number;
}

/** Rows that one look at the index brings. */
const pageSize = 100;
/** What a mail has at most, so that its lease outlasts its attempt. */
const timeForOne = milliseconds(240_000);
/** For how long a crowd is worked on before other mail is looked at again. */
const crowdTime = milliseconds(4_000);
/** Answers that are given between two looks at the mails: one where mails wait. */
const answersAtOnce = 5;
/** Rows that are taken at a time. */
const takesAtOnce = 10;

/**
 * Works off what is due until nothing is: mails to few, oldest attempt first; a part of a crowd; some answers; and again.
 * A mail that fails holds up no other.
 */
export async function retryDue(ports: ReceivePorts, options: RetryOptions): Promise<Retried> {
  const look = lookAt(ports, options);
  const count = { mails: 0, failed: 0 };
  const seenMails = new Set<string>();
  const work = async (rows: readonly Task[]): Promise<boolean> => {
    for (const [messageId, own] of Map.groupBy(rows, (row) => row.messageId)) {
      if (ports.clock() >= options.until || !(await options.keep())) return false;
      if (!seenMails.has(messageId)) count.mails += 1;
      seenMails.add(messageId);
      try {
        await retryMail(own, ports, options);
      } catch (error) {
        count.failed += 1;
        ports.telemetry.alarm('A mail could not be tried again', { messageId, reason: nameOf(error) });
      }
    }
    return true;
  };
  let crowd = Math.max(1, Math.min(pageSize, Math.floor((options.rate * crowdTime) / 1_000)));
  for (;;) {
    if (ports.clock() >= options.until) return count;
    const few = await look('due', pageSize);
    if (!(await work(few))) return count;
    const many = await look('bulk', crowd);
    const begun = ports.clock();
    if (!(await work(many))) return count;
    crowd = nextCrowd(crowd, many.length, since(begun, ports.clock()));
    const isBusy = few.length + many.length > 0;
    const answers = options.pace.isStopped ? [] : await look('answer', isBusy ? 1 : answersAtOnce);
    if (!(await work(answers))) return count;
    if (!isBusy && answers.length === 0) return count;
  }
}

/** Looks at a lane; the index may still show what was taken a moment ago. */
function lookAt({ ledger, clock }: ReceivePorts, options: RetryOptions) {
  const seen = new Set<string>();
  const keyOf = ({ messageId, destination, attempts, nextAttemptAt }: Task) =>
    `${messageId}\n${destination}\n${attempts}\n${nextAttemptAt}`;
  return async (lane: Lane, limit: number): Promise<Task[]> => {
    const fresh = (await ledger.due(lane, nowOf(clock, options), limit)).filter(
      (row) => !seen.has(keyOf(row)),
    );
    for (const row of fresh) seen.add(keyOf(row));
    return fresh;
  };
}

/** As many as take about `crowdTime`, by how long the last ones took: a large mail takes a second for each. */
function nextCrowd(crowd: number, done: number, time: Milliseconds): number {
  if (done === 0) return crowd;
  const wanted = Math.round((done * crowdTime) / Math.max(1, time));
  return Math.max(1, Math.min(pageSize, wanted, 2 * crowd));
}

/** An event may be late, and a schedule may count ahead of the clock. */
function nowOf(clock: () => Milliseconds, { now }: RetryOptions): Seconds {
  return seconds(Math.max(now, toSeconds(clock())));
}

async function retryMail(rows: readonly Task[], ports: ReceivePorts, options: RetryOptions): Promise<void> {
  const entries = rows.filter(isEntry);
  const now = nowOf(ports.clock, options);
  const isLate = (entry: DueEntry) => since(entry.since, now) >= tryingTime && hadItsTime(entry);
  if (options.pace.isStopped) return await wait(entries, 'quota', ports, now);
  await giveUp(entries.filter(isLate), ports, now);
  const braked = await brakedAmong(entries, ports, now);
  await wait([...braked], 'guard', ports, now);
  const { ledger } = ports;
  const taken: DueEntry[] = [];
  const ended: DueEntry[] = [];
  await inParallel(
    entries.filter((row) => !isLate(row) && !braked.has(row)),
    takesAtOnce,
    async (entry) => {
      const own = await ledger.take(entry, plus(now, backOff(triesOf(entry) + 1)));
      if (own === undefined) return;
      const block = await blockOn(entry, ports, options, now);
      if (block === undefined) taken.push(own);
      else if (block.lasts) ended.push(own);
      else await ledger.note(own, 'blocked');
    },
  );
  // All at once: each of two that share a recipient would leave the answer to the other.
  await closeDeliveries(ledger, ended, { state: 'bounced', cause: 'blocked', reason: 'blocked' }, now);
  for (const entry of entries) if (taken.some(isSame(entry))) countRetry(entry, ports.telemetry);
  // In the order of their rows, whichever was taken first.
  taken.sort((a, b) => entries.findIndex(isSame(a)) - entries.findIndex(isSame(b)));
  await deliver(taken, ports, { ...options, deadline: deadlineOf(ports, options) });
  for (const kept of rows.filter(isKeptEvent)) await takeIn(kept, ports, options, now);
  for (const answer of rows.filter(isAnswer)) {
    await giveAnswer(answer, ports, now, options.until);
    // SES takes one answer per second.
    await ports.pause(milliseconds(1_000));
  }
}

/** One of a crowd that was never tried is not given up, however long it had to wait for the others. */
function hadItsTime(entry: DueEntry): boolean {
  return entry.reason === 'blocked' || triesOf(entry) > 0;
}

function isSame({ destination }: DueEntry): (entry: DueEntry) => boolean {
  return (entry) => entry.destination === destination;
}

/** The account is at fault, and not the mail: nothing is tried, and the day of trying stands still. */
async function wait(
  entries: readonly DueEntry[],
  reason: 'quota' | 'guard',
  { ledger }: Pick<ReceivePorts, 'ledger'>,
  now: Seconds,
): Promise<void> {
  const postponement = { until: plus(now, accountWait), reason, isTaken: false, isHeld: true };
  await inParallel(entries, takesAtOnce, (entry) => ledger.postpone(entry, postponement, now));
}

function deadlineOf({ clock }: ReceivePorts, { until }: RetryOptions): Milliseconds {
  return milliseconds(Math.min(until, plus(clock(), timeForOne)));
}

/** An event that only the ledger took. */
async function takeIn(
  kept: DueEvent,
  ports: ReceivePorts,
  options: RetryOptions,
  now: Seconds,
): Promise<void> {
  const { ledger } = ports;
  const own = await ledger.take(kept, plus(now, backOff(triesOf(kept) + 1)));
  if (own === undefined) return;
  const deadline = deadlineOf(ports, options);
  const event: unknown = JSON.parse(own.event);
  await receive(readEvent(event), event, ports, { ...options, deadline }, toMilliseconds(now));
  await ledger.drop(own, 'taken in', now);
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

function countRetry({ messageId, attempts, reason }: DueEntry, telemetry: Telemetry): void {
  telemetry.count('retried');
  if (attempts === 0 || reason !== undefined) return;
  telemetry.count('duplicate');
  telemetry.alarm('A mail may be sent once more: its last attempt left no trace', { messageId });
}
