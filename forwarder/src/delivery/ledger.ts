import type { Address } from '../../../schema/src/text/address.ts';
import type { BouncedRecipient } from '../mail/bounce.ts';
import type { Verdicts } from '../mail/event.ts';
import type { Unattachable } from '../mail/notice.ts';

/**
 * `due`: to be sent, or being sent under a lease. The others are closed: `sent` (SES took it), `fallback` (SES took a
 * notice instead), `bounced` (it will not arrive, or, of an answer: the sender was told), `given-up` (after a day of
 * trying), `loop`, and `dropped` (nobody gets it, by policy).
 */
export type State = 'due' | 'sent' | 'fallback' | 'bounced' | 'given-up' | 'loop' | 'dropped';

/** What every row says about its mail, so that it can be tried again without the event. */
export interface Envelope {
  readonly messageId: string;
  /** Envelope sender, '' for the null sender. */
  readonly sender: string;
  /** Epoch seconds. */
  readonly receivedAt: number;
  readonly verdicts: Verdicts;
  /** Whether the sender may be told, the time limit aside. */
  readonly answerable: boolean;
}

interface Row extends Envelope {
  readonly state: State;
  /** Attempts begun. Whoever raises it has the row until `nextAttemptAt`. */
  readonly attempts: number;
  /** Epoch seconds; only while due. */
  readonly nextAttemptAt?: number;
  /** Epoch seconds; only when closed. */
  readonly expiresAt?: number;
  /** Why it ended as it did, or why the last attempt failed. An attempt without a trace may have been taken by SES. */
  readonly reason?: string;
}

/** A mail for one destination. */
export interface Entry extends Row {
  readonly destination: Address;
  /** In whose name it is sent. */
  readonly alias: Address;
  /** The envelope recipient that `alias` was made of. */
  readonly recipient: string;
  /** All envelope recipients that lead to the destination. */
  readonly recipients: readonly string[];
  /** SES's id of what it took. */
  readonly sesMessageId?: string;
  /** Why the destination's server refused the mail: it gets a notice without the mail. */
  readonly unattachable?: Unattachable;
  /** Epoch seconds: the day of trying is counted from here; the receipt, unless the mail was replayed. */
  readonly since: number;
}

/** The answer owed to the sender, one a mail: the row with this destination. */
export const answerKey = '#bounce';
/** The row of a mail that nobody gets. */
export const nobodyKey = '#none';

/** The row of an event that the bucket did not take. */
export const eventKey = '#event';

export interface Answer extends Row {
  readonly destination: typeof answerKey;
  readonly refusals: readonly BouncedRecipient[];
  /** How many of `refusals` the sender has been told. */
  readonly told: number;
}

/** A mail that nobody gets, and that nobody is told about. */
export interface Nobody extends Row {
  readonly destination: typeof nobodyKey;
}

/** An event that could be kept nowhere else. */
export interface KeptEvent extends Row {
  readonly destination: typeof eventKey;
  /** JSON. */
  readonly event: string;
}

export type LedgerRow = Entry | Answer | Nobody | KeptEvent;
/** What can be due. */
export type Task = Entry | Answer | KeptEvent;

export interface Closing {
  readonly state: Exclude<State, 'due'>;
  readonly sesMessageId?: string;
  readonly reason?: string;
}

/** What has become of every mail, a row a destination. Times are epoch seconds. */
export interface Ledger {
  /** All rows of a mail, read consistently. */
  of(messageId: string): Promise<LedgerRow[]>;
  /**
   * Adds rows of one mail, all or none; false when one of them is there. More than 100 are added a hundred at a time, in
   * order.
   */
  open(rows: readonly LedgerRow[]): Promise<boolean>;
  /** Counts an attempt and takes the row until `until`; undefined when somebody else did, or it is closed. */
  take<R extends Task>(row: R, until: number): Promise<R | undefined>;
  /** Closes a row that is due; false when it was closed already. */
  close(row: Entry | KeptEvent, closing: Closing, now: number): Promise<boolean>;
  /** Notes that the last attempt came to nothing for sure, and why. */
  note(row: Task, reason: string): Promise<void>;
  /**
   * Makes a row due at `now` again, for a notice of what the destination's server refused; false when its mail is not the
   * one that SES took under `row.sesMessageId` any more.
   */
  sendNotice(row: Entry, why: Unattachable, now: number): Promise<boolean>;
  /** Turns what SES took into `bounced`; also a row that is so already. */
  bounce(row: Entry, reason: string): Promise<void>;
  /** Adds what the sender is to be told, each recipient once, and makes the answer due. */
  owe(envelope: Envelope, refusals: readonly BouncedRecipient[], now: number): Promise<Answer>;
  /** Notes that the sender knows `row.refusals`; the answer stays due when there are more by now. */
  told(row: Answer, now: number): Promise<void>;
  /** Closes an answer that cannot be given. */
  drop(row: Answer, reason: string, now: number): Promise<void>;
  /** Rows whose next attempt is at `now` or before, oldest first; from an index, so some may be newer by now. */
  due(now: number, limit: number): Promise<Task[]>;
  /** The row of what SES took under this id; from an index. */
  bySesMessage(sesMessageId: string): Promise<Entry | undefined>;
  /** The rows of one alias, newest mail first; from an index. */
  byAlias(alias: string, limit: number): Promise<Entry[]>;
  /** Rows in which the address is the destination, the sender or a recipient: reads the whole table. */
  about(address: string): Promise<Entry[]>;
  /** Whether SES has taken a mail of this alias for the destination in the time that rows are kept. */
  hasReached(alias: string, destination: string): Promise<boolean>;
  /** Makes a row due at `now` again, counted as new: for a mail that is sent once more on purpose. */
  reopen(row: Entry, now: number): Promise<Entry>;
}

/** Closed rows are kept for 90 days: long enough to answer what happened to a mail. */
export const keepTime = 90 * 86_400;

export function isEntry(row: LedgerRow): row is Entry {
  return !row.destination.startsWith('#');
}

export function isAnswer(row: LedgerRow): row is Answer {
  return row.destination === answerKey;
}

export function isKeptEvent(row: LedgerRow): row is KeptEvent {
  return row.destination === eventKey;
}

export function envelopeOf(row: Envelope): Envelope {
  const { messageId, sender, receivedAt, verdicts, answerable } = row;
  return { messageId, sender, receivedAt, verdicts, answerable };
}

/** An answer that nobody has begun to give. */
export function firstAnswer(envelope: Envelope, refusals: readonly BouncedRecipient[], now: number): Answer {
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

/** What an answer does not say yet: a sender hears of a recipient once. */
export function newIn(answer: Answer, refusals: readonly BouncedRecipient[]): BouncedRecipient[] {
  return onceEach(refusals).filter(({ recipient }) =>
    answer.refusals.every((known) => known.recipient !== recipient),
  );
}

function onceEach(refusals: readonly BouncedRecipient[]): BouncedRecipient[] {
  return [
    ...new Map(refusals.toReversed().map((refusal) => [refusal.recipient, refusal])).values(),
  ].reverse();
}

/** Seconds. While an attempt may be under way nobody else begins one. */
export const leaseTime = 300;
const longest = 4 * 3_600;

/** Seconds until the next attempt after `attempts` of them: 5 minutes, doubled each time up to 4 hours. */
export function backOff(attempts: number): number {
  return Math.min(longest, leaseTime * 2 ** Math.max(0, attempts - 1));
}

/** Seconds. After a day less the time that an answer to the sender needs (SES takes one for 24 hours). */
export const tryingTime = 20 * 3_600;
