import { type Milliseconds, milliseconds, toSeconds } from '../../../schema/src/text/time.ts';
import type { IncomingMail } from '../mail/event.ts';
import { type Fate, type RouteOptions, type RouteTables, routeMail } from '../routing/route.ts';
import { type AnswerPorts, giveAnswer } from './answer.ts';
import type { DeliverOptions } from './attempt.ts';
import type { Brake } from './bounceRateBrake.ts';
import { type DeliverPorts, deliver, type Tally } from './deliver.ts';
import { nameOf } from './fault.ts';
import { entriesFor, envelopeOfMail, type IntakeRow, rowsFor } from './intake.ts';
import {
  type DueEntry,
  isAnswer,
  isKeptEvent,
  type Ledger,
  type LedgerRow,
  laneOf,
  nobodyKey,
} from './ledger.ts';

interface WakePort {
  /** Has the queue worked off now, and not only when its time comes. */
  wake(): Promise<void>;
}

export interface ReceivePorts extends DeliverPorts, AnswerPorts {
  readonly ledger: Ledger;
  readonly bucket: DeliverPorts['bucket'];
  readonly tables: RouteTables;
  readonly brake: { read(): Promise<Brake | undefined> };
  readonly queue: WakePort;
}

export type ReceiveOptions = RouteOptions & DeliverOptions;

/** What is in the ledger before anything is sent. */
export interface Recorded {
  readonly messageId: string;
  readonly fates: readonly Fate[];
  /** What is taken, and to be sent now. */
  readonly taken: readonly DueEntry[];
  /** Whether more are due than are taken. */
  readonly hasCrowd: boolean;
  /** Whether the ledger knew the mail: SES repeats an event, and a kept one is read again. */
  readonly isRepeat: boolean;
  /** Whether the ledger has an answer to the sender, given or owed. */
  readonly mayOweAnswer: boolean;
}

export interface Received extends Tally, Pick<Recorded, 'fates' | 'isRepeat'> {}

/** The tables did not answer in the time that they have, and nothing is recorded. */
export class TablesTooSlow extends Error {
  override readonly name = 'TablesTooSlow';
}

/**
 * Takes one mail in: records it, then carries out what it recorded. Doing it again does only what was not done. Throws
 * when a table does not answer; what has a row by then is safe.
 *
 * @param event what SES called with, kept where its rows are more than one write takes
 */
export async function receive(
  mail: IncomingMail,
  event: unknown,
  ports: ReceivePorts,
  options: ReceiveOptions,
  now: Milliseconds,
): Promise<Received> {
  return carryOut(await record(mail, event, ports, options, options.deadline, now), ports, options, now);
}

/**
 * Decides for every recipient, and writes all that follows into the ledger at once; not after `deadline`, by which its
 * caller may have kept the event.
 */
export async function record(
  mail: IncomingMail,
  event: unknown,
  ports: Pick<ReceivePorts, 'tables' | 'brake' | 'ledger' | 'clock'>,
  options: RouteOptions,
  deadline: Milliseconds,
  now: Milliseconds,
): Promise<Recorded> {
  const { messageId } = mail;
  const time = toSeconds(now);
  // They do not depend on each other, and SES waits for all of them.
  const [fates, brake, known] = await Promise.all([
    routeMail(mail, ports.tables, options, now),
    ports.brake.read(),
    ports.ledger.of(messageId),
  ]);
  const entries = await entriesFor(envelopeOfMail(mail), fates, brake, ports.ledger, time);
  // An invocation that was frozen here goes on with the next one, long after its mail was taken in otherwise.
  if (ports.clock() > deadline) throw new TablesTooSlow();
  const wanted = rowsFor(mail, event, fates, entries, time);
  const { rows, isRepeat } = await openRows(wanted, known, ports.ledger);
  const taken = entries.ready.filter((entry) => rows.includes(entry));
  const hasCrowd = rows.some((row) => row.state === 'due' && laneOf(row) === 'bulk');
  return { messageId, fates, taken, hasCrowd, isRepeat, mayOweAnswer: [...wanted, ...known].some(isAnswer) };
}

/**
 * Sends what was recorded, and answers for who cannot get it.
 */
export async function carryOut(
  { messageId, fates, taken, hasCrowd, isRepeat, mayOweAnswer }: Recorded,
  ports: ReceivePorts,
  options: DeliverOptions,
  now: Milliseconds,
): Promise<Received> {
  if (hasCrowd) await wakeQueue(ports);
  const tally = await deliver(taken, ports, options);
  if (!hasCrowd && tally.due > 0) await wakeQueue(ports);
  const isPlain = tally.sent - tally.fallback === taken.length;
  if (isPlain && !mayOweAnswer) return { ...tally, fates, isRepeat };
  const answer = (await ports.ledger.of(messageId)).find(isAnswer);
  // A large mail takes seconds, and what it owes is due from its end.
  const end = toSeconds(milliseconds(Math.max(now, ports.clock())));
  const hasTime = ports.clock() <= options.deadline;
  if (answer?.state === 'due' && answer.nextAttemptAt <= end && hasTime) {
    await giveAnswer(answer, ports, end, options.deadline);
  }
  return { ...tally, fates, isRepeat };
}

/** Without it what waits is looked at in its time, some minutes later. */
async function wakeQueue({ queue, telemetry }: ReceivePorts): Promise<void> {
  try {
    await queue.wake();
  } catch (error) {
    telemetry.say('the queue was not woken', { reason: nameOf(error) });
  }
}

/** Tries at a mail whose event came twice at the same time. */
const conflictLimit = 5;

/**
 * Rows that are there stay as they are: closed, or somebody's, or for `retryDeliveries` to take.
 *
 * @param seen the rows of the mail as they were read before; where others came since, they are read again
 */
async function openRows(
  rows: readonly IntakeRow[],
  seen: readonly LedgerRow[],
  ledger: Ledger,
): Promise<{ readonly rows: readonly IntakeRow[]; readonly isRepeat: boolean }> {
  const [first] = rows;
  for (let attempt = 0; first !== undefined && attempt < conflictLimit; attempt += 1) {
    const known = attempt === 0 ? seen : await ledger.of(first.messageId);
    const isRepeat = known.length > 0;
    const added = rows.filter(
      (row) =>
        known.every(({ destination }) => destination !== row.destination) &&
        (row.destination !== nobodyKey || known.every(isKeptEvent)),
    );
    if (await ledger.open(added)) {
      const answer = rows.find(isAnswer);
      // An answer that was there may not name everybody yet.
      if (answer !== undefined && !added.includes(answer)) {
        await ledger.owe(answer, answer.refusals, answer.nextAttemptAt);
      }
      return { rows: added, isRepeat };
    }
  }
  throw new Error('Others kept writing rows of a mail.');
}
