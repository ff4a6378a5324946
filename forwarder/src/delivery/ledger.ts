import type { Address } from '../../../schema/src/text/address.ts';
import { plus, type Seconds, seconds, since } from '../../../schema/src/text/time.ts';
import type { BouncedRecipient } from '../mail/bounce.ts';
import type { Verdicts } from '../mail/event.ts';
import type { Unattachable } from '../mail/notice.ts';
import type { Fate } from '../routing/route.ts';

/** What every row says about its mail, so that it can be tried again without the event. */
export interface Envelope {
  readonly messageId: string;
  /** The mail's own Message-ID, without brackets: its sender knows it by that. */
  readonly headerMessageId?: string;
  /** Envelope sender, '' for the null sender. */
  readonly sender: string;
  readonly receivedAt: Seconds;
  readonly verdicts: Verdicts;
  /** Whether the sender may be told, the time limit aside. */
  readonly answerable: boolean;
}

interface Attempted extends Envelope {
  /** How often it was taken. Whoever raises it has the row until `nextAttemptAt`. */
  readonly attempts: number;
  /** How many of `attempts` were given back before anything was tried: they lengthen no wait. */
  readonly postponed?: number;
  /** Why it ended as it did, or why the last attempt failed. An attempt without a trace may have been taken by SES. */
  readonly reason?: string;
}

/** To be done, or being done under a lease. */
interface Due {
  readonly state: 'due';
  readonly nextAttemptAt: Seconds;
}

interface Closed<State extends string> {
  readonly state: State;
  readonly expiresAt: Seconds;
}

interface Delivery extends Attempted {
  readonly destination: Address;
  /** In whose name it is sent. */
  readonly alias: Address;
  /** The envelope recipient that `alias` was made of. */
  readonly recipient: string;
  /** Present where its alias leads to others too. */
  readonly isShared?: true;
  /** All envelope recipients that lead to the destination. */
  readonly recipients: readonly string[];
  /** Why the destination's server refused the mail: it gets a notice without the mail. */
  readonly unattachable?: Unattachable;
  /**
   * The day of trying is counted from here: the receipt, or the time of a replay, and as much later as the mail waited
   * for our account.
   */
  readonly since: Seconds;
  /** One of very many destinations of its mail: it lets other mail go first. */
  readonly isBulk?: true;
}

export interface DueEntry extends Delivery, Due {}

/** SES took the mail, or a notice in its place. */
export interface TakenEntry extends Delivery, Closed<'sent' | 'fallback'> {
  /** SES's id of what it took. */
  readonly sesMessageId: string;
}

/** `bounced`: it will not arrive. `given-up`: after a day of trying. */
export interface FailedEntry extends Delivery, Closed<'bounced' | 'given-up' | 'loop'> {
  /** SES's id, where SES took the mail before it bounced. */
  readonly sesMessageId?: string;
}

/** A mail for one destination. */
export type Entry = DueEntry | TakenEntry | FailedEntry;

/** Destinations of the rows that are about the whole mail: the answer, a mail that nobody gets, a kept event. */
export const answerKey = '#bounce';
export const nobodyKey = '#none';
export const eventKey = '#event';

/** An envelope recipient in whose name nothing is sent, and why. */
export type LeftOut = Exclude<Fate, { readonly kind: 'routed' }>;

interface Refusals extends Attempted {
  readonly destination: typeof answerKey;
  readonly refusals: readonly BouncedRecipient[];
  /** How many of `refusals` the sender has been told. */
  readonly told: number;
  /** As of the receipt of the mail. */
  readonly leftOut?: readonly LeftOut[];
}

export interface DueAnswer extends Refusals, Due {}

/** `bounced`: the sender was told. `dropped`: the sender cannot be told. */
export interface ClosedAnswer extends Refusals, Closed<'bounced' | 'dropped'> {}

/** The answer to the sender, one per mail. */
export type Answer = DueAnswer | ClosedAnswer;

/**
 * Recipients of a mail in whose name nothing is sent, where no answer names them. `bounced`: SES told the sender, by the
 * bounce action of a rule. `dropped`: nobody was told.
 */
export interface Nobody extends Attempted, Closed<'dropped' | 'bounced'> {
  readonly destination: typeof nobodyKey;
  readonly leftOut: readonly LeftOut[];
}

interface Event extends Attempted {
  readonly destination: typeof eventKey;
  /** JSON. */
  readonly event: string;
}

export interface DueEvent extends Event, Due {}

/** An event that the bucket did not take, or whose rows are more than one transaction takes. */
export type KeptEvent = DueEvent | (Event & Closed<'dropped'>);

export type LedgerRow = Entry | Answer | Nobody | KeptEvent;
/** What is to be done. */
export type Task = DueEntry | DueAnswer | DueEvent;
export type RowKey = Pick<LedgerRow, 'messageId' | 'destination'>;

/** What is due stands in three lines, so that a crowd in one holds up nothing in another. */
export const lanes = ['due', 'bulk', 'answer'] as const;
export type Lane = (typeof lanes)[number];

/** Why a row waits without an attempt, and until when. */
export interface Postponement {
  readonly until: Seconds;
  readonly reason: string;
  /** Whether the row was taken for the attempt that is not made. */
  readonly isTaken: boolean;
  /** Whether the mail waits for our account, so that the day of trying stands still. */
  readonly isHeld: boolean;
}

export type Closing =
  | Pick<TakenEntry, 'state' | 'sesMessageId'>
  | { readonly state: FailedEntry['state']; readonly reason?: string };

/** What has become of every mail, one row per destination. */
export interface Ledger {
  /** All rows of a mail, read consistently. */
  of(messageId: string): Promise<LedgerRow[]>;
  /**
   * Adds rows of one mail, all or none; false when one of them is there. More than 100 are added a hundred at a time, in
   * order.
   */
  open(rows: readonly LedgerRow[]): Promise<boolean>;
  /** Counts an attempt and takes the row until `until`; undefined when somebody else did, or it is closed. */
  take<Row extends Task>(row: Row, until: Seconds): Promise<Row | undefined>;
  /** Closes an entry that is due; false when it was closed already. */
  close(row: DueEntry, closing: Closing, now: Seconds): Promise<boolean>;
  /** Notes that the last attempt surely failed, and why. */
  note(row: Task, reason: string): Promise<void>;
  /** Gives a row back that is not tried now; nothing where somebody else took it, or it is closed. */
  postpone(row: Task, postponement: Postponement, now: Seconds): Promise<void>;
  /**
   * Makes a row due at `now` again, for a notice of what the destination's server refused; false when its mail is not the
   * one that SES took under `row.sesMessageId` any more.
   */
  sendNotice(
    row: RowKey & Pick<TakenEntry, 'sesMessageId'>,
    why: Unattachable,
    now: Seconds,
  ): Promise<boolean>;
  /** Turns what SES took into `bounced`; a row that is `bounced` already stays as it is. */
  bounce(row: RowKey, reason: string): Promise<void>;
  /** Adds what the sender is to be told, each recipient once, and makes the answer due. */
  owe(envelope: Envelope, refusals: readonly BouncedRecipient[], now: Seconds): Promise<Answer>;
  /** Notes that the sender knows `row.refusals`; the answer stays due when there are more by now. */
  told(row: Answer, now: Seconds): Promise<void>;
  /** Closes an answer that cannot be given, unless it has grown meanwhile, or an event that was taken in. */
  drop(row: Answer | DueEvent, reason: string, now: Seconds): Promise<void>;
  /** Rows of a lane whose next attempt is at `now` or before, oldest first; from an index, so some may be newer by now. */
  due(lane: Lane, now: Seconds, limit: number): Promise<Task[]>;
  /** The row of what SES took under this id; from an index. */
  bySesMessage(sesMessageId: string): Promise<Entry | undefined>;
  /** Every row, in no order: reads the whole table. */
  all(): AsyncIterable<LedgerRow>;
  /** Those of the destinations for which SES took a mail in the time that rows are kept, and that did not bounce last. */
  reached(destinations: readonly Address[], now: Seconds): Promise<ReadonlySet<Address>>;
  /** Makes a row due at `now` again, counted as new: for a mail that is sent once more on purpose. */
  reopen(row: Entry, now: Seconds): Promise<DueEntry>;
}

/** Closed rows are kept for 90 days: long enough to answer what happened to a mail. */
export const keepTime = seconds(90 * 86_400);
/** While an attempt may be under way nobody else begins one. */
export const leaseTime = seconds(300);
const longestWait = 4 * 3_600;

/** How often a row was tried. */
export function triesOf({ attempts, postponed = 0 }: Pick<Task, 'attempts' | 'postponed'>): number {
  return attempts - postponed;
}

/** Time until the next attempt after `attempts` of them: 5 minutes, doubled each time up to 4 hours. */
export function backOff(attempts: number): Seconds {
  return seconds(Math.min(longestWait, leaseTime * 2 ** Math.max(0, attempts - 1)));
}

/** Time from `since`: a day less the time that an answer to the sender needs (SES takes one for 24 hours). */
export const tryingTime = seconds(20 * 3_600);

export function isEntry<Row extends LedgerRow>(row: Row): row is Extract<Row, { readonly since: Seconds }> {
  return !row.destination.startsWith('#');
}

export function isAnswer<Row extends LedgerRow>(row: Row): row is Extract<Row, { readonly told: number }> {
  return row.destination === answerKey;
}

export function isKeptEvent<Row extends LedgerRow>(
  row: Row,
): row is Extract<Row, { readonly event: string }> {
  return row.destination === eventKey;
}

export function envelopeOf(row: Envelope): Envelope {
  const { messageId, headerMessageId, sender, receivedAt, verdicts, answerable } = row;
  const id = headerMessageId === undefined ? {} : { headerMessageId };
  return { messageId, ...id, sender, receivedAt, verdicts, answerable };
}

/** The row as whoever took it has it. */
export function takenUntil<Row extends Task>(row: Row, until: Seconds): Row {
  const taken: Row & { reason?: string } = { ...row, attempts: row.attempts + 1, nextAttemptAt: until };
  delete taken.reason;
  return taken;
}

export function laneOf(row: LedgerRow): Lane {
  if (isAnswer(row)) return 'answer';
  return isEntry(row) && row.isBulk === true ? 'bulk' : 'due';
}

/** What changes in a row that is given back; `since` where its day of trying stands still. */
export function givenBack(row: Task, { until, reason, isTaken, isHeld }: Postponement, now: Seconds) {
  return {
    nextAttemptAt: until,
    reason,
    postponed: (row.postponed ?? 0) + (isTaken ? 1 : 0),
    ...(isHeld && isEntry(row) ? { since: plus(row.since, since(now, until)) } : {}),
  };
}

/** The row of a mail that is sent once more on purpose, from `now` on. */
export function reopened(row: Entry, now: Seconds): DueEntry {
  const { destination, alias, recipient, recipients, attempts } = row;
  const delivery = { ...envelopeOf(row), destination, alias, recipient, recipients };
  return { ...delivery, state: 'due', attempts: attempts + 1, nextAttemptAt: now, since: now };
}

/** An answer that nobody has begun to give. */
export function firstAnswer(
  envelope: Envelope,
  refusals: readonly BouncedRecipient[],
  now: Seconds,
): DueAnswer {
  return {
    ...envelopeOf(envelope),
    destination: answerKey,
    state: 'due',
    attempts: 0,
    nextAttemptAt: now,
    refusals: onceEach(refusals),
    told: 0,
  };
}

/** What an answer says besides: one that is due may be under way, and keeps its time. */
export function grownAnswer(present: Answer, added: readonly BouncedRecipient[], now: Seconds): DueAnswer {
  const { destination, attempts, told, leftOut } = present;
  const nextAttemptAt = present.state === 'due' ? present.nextAttemptAt : now;
  const refusals = [...present.refusals, ...added];
  const grown = { ...envelopeOf(present), destination, attempts, told, refusals };
  return { ...grown, ...(leftOut === undefined ? {} : { leftOut }), state: 'due', nextAttemptAt };
}

/** What an answer does not say yet: a sender hears of a recipient once. */
export function newIn(answer: Answer, refusals: readonly BouncedRecipient[]): BouncedRecipient[] {
  return onceEach(refusals).filter(({ recipient }) =>
    answer.refusals.every((known) => known.recipient !== recipient),
  );
}

/** The first refusal of each recipient. */
function onceEach(refusals: readonly BouncedRecipient[]): BouncedRecipient[] {
  return [
    ...new Map(refusals.toReversed().map((refusal) => [refusal.recipient, refusal])).values(),
  ].reverse();
}
