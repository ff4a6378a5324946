import type { Language } from '../../../schema/src/messages/message.ts';
import {
  type Milliseconds,
  plus,
  type Seconds,
  seconds,
  since,
  toMilliseconds,
} from '../../../schema/src/text/time.ts';
import { type BounceCause, type BounceReport, bounceReport } from '../mail/bounce.ts';
import { isAutomatic } from '../mail/judge.ts';
import { headroom, openMessage } from '../mail/message.ts';
import { classify, isRefused, isRetryable, nameOf } from './fault.ts';
import {
  backOff,
  type DueAnswer,
  type DueEntry,
  type Entry,
  isEntry,
  type Ledger,
  type LedgerRow,
  triesOf,
} from './ledger.ts';
import type { Telemetry } from './telemetry.ts';

/** Tells the sender of a mail, through SES, that some of its recipients did not get it. */
export interface Bouncer {
  /** Rejects with what `classify` sorts. SES takes one per second, within 24 hours of the receipt. */
  bounce(messageId: string, report: BounceReport): Promise<void>;
}

export interface AnswerPorts {
  readonly ledger: Pick<Ledger, 'take' | 'told' | 'note' | 'drop' | 'postpone'>;
  readonly bucket: { fetch(messageId: string, limit: number): Promise<{ readonly buffer: Buffer }> };
  readonly bouncer: Bouncer;
  /** What the group writes in. */
  readonly policy: { language(): Promise<Language> };
  /** Whether one more of this hour's answers about recipients that nobody knows may be given; counts it. */
  readonly answers: { allow(now: Seconds, limit: number): Promise<boolean> };
  readonly telemetry: Telemetry;
  readonly clock: () => Milliseconds;
}

/**
 * Answers in an hour about recipients that nobody knows. Who tries names by the thousand has others' addresses as senders,
 * and they have not asked.
 */
const answersAnHour = 200;

/** Others answer too, at one a second for all. */
const throttledWait = seconds(10);
/** SES's SendBounce takes a mail for this long after its receipt. */
const answerTime = seconds(24 * 3_600);

/**
 * Tells the sender what an answer has not told yet. After a transient fault it stays due; one that comes too late is
 * dropped.
 *
 * @param deadline by the real clock: what has not come to SES by then is left for later
 */
export async function giveAnswer(
  answer: DueAnswer,
  ports: AnswerPorts,
  now: Seconds,
  deadline: Milliseconds,
): Promise<void> {
  const { ledger, telemetry } = ports;
  if (since(answer.receivedAt, now) >= answerTime) return withhold(answer, 'too late', ports, now);
  const taken = await ledger.take(answer, plus(now, backOff(triesOf(answer) + 1)));
  if (taken === undefined) return;
  try {
    if (await isFromProgram(taken, ports)) return await withhold(taken, 'automatic', ports, now);
    const language = await ports.policy.language();
    if (!(await mayStillAnswer(taken, ports, now))) return await dropInFlood(taken, ports, now);
    if (ports.clock() > deadline) {
      const postponement = { until: now, reason: 'no time left', isTaken: true, isHeld: false };
      return await ledger.postpone(taken, postponement, now);
    }
    await report(taken, language, ports);
  } catch (error) {
    return await afterFault(taken, error, ports, now);
  }
  telemetry.count('answered');
  await ledger.told(taken, now);
}

/** In English alone where SES refuses other letters, which its documentation leaves open. */
async function report(answer: DueAnswer, language: Language, { bouncer }: AnswerPorts): Promise<void> {
  const refusals = answer.refusals.slice(answer.told);
  const reportIn = (chosen: Language) => bounceReport(refusals, toMilliseconds(answer.receivedAt), chosen);
  try {
    await bouncer.bounce(answer.messageId, reportIn(language));
  } catch (error) {
    if (language === 'en' || !isRefused(classify(error))) throw error;
    await bouncer.bounce(answer.messageId, reportIn('en'));
  }
}

async function withhold(
  answer: DueAnswer,
  reason: string,
  { ledger, telemetry }: AnswerPorts,
  now: Seconds,
): Promise<void> {
  telemetry.count('answer-withheld');
  await ledger.drop(answer, reason, now);
}

/** SES cuts the event's header at 10 KB: what says that a program wrote the mail may come after that. */
async function isFromProgram(answer: DueAnswer, { bucket }: AnswerPorts): Promise<boolean> {
  try {
    const { buffer } = await bucket.fetch(answer.messageId, 0);
    return isAutomatic({ source: answer.sender, headers: openMessage(buffer, headroom).fields });
  } catch (error) {
    // The mail is gone, and the event, which said that a person wrote, is all that there is.
    if (nameOf(error) === 'NoSuchKey') return false;
    throw error;
  }
}

async function mayStillAnswer(answer: DueAnswer, { answers }: AnswerPorts, now: Seconds): Promise<boolean> {
  if (answer.refusals.some(({ cause }) => cause !== 'unknown')) return true;
  return answers.allow(now, answersAnHour);
}

async function dropInFlood(
  answer: DueAnswer,
  { ledger, telemetry }: AnswerPorts,
  now: Seconds,
): Promise<void> {
  telemetry.count('answer-dropped');
  await ledger.drop(answer, 'too many', now);
}

async function afterFault(
  answer: DueAnswer,
  error: unknown,
  ports: AnswerPorts,
  now: Seconds,
): Promise<void> {
  const { ledger, telemetry } = ports;
  const fault = classify(error);
  const reason = nameOf(error);
  if (fault === 'throttled') {
    const until = plus(now, throttledWait);
    return ledger.postpone(answer, { until, reason, isTaken: true, isHeld: false }, now);
  }
  if (isRetryable(fault)) return ledger.note(answer, reason);
  if (fault === 'unknown') return;
  telemetry.alarm('SES refuses the answer to a sender', { messageId: answer.messageId, reason });
  return withhold(answer, reason, ports, now);
}

/**
 * The envelope recipients of whom nobody gets the mail: every destination of theirs bounced or was given up, or refused
 * the mail and got a notice without it.
 *
 * @param ending destinations that are about to be closed so
 */
export function undeliveredRecipients(
  rows: readonly LedgerRow[],
  ending: ReadonlySet<string> = new Set(),
): string[] {
  const entries = rows.filter(isEntry);
  const isLost = (entry: Entry) =>
    entry.state === 'bounced' ||
    entry.state === 'given-up' ||
    (entry.state === 'fallback' && entry.unattachable !== undefined) ||
    ending.has(entry.destination);
  const recipients = new Set(entries.flatMap((entry) => entry.recipients));
  return [...recipients].filter((recipient) =>
    entries.filter((entry) => entry.recipients.includes(recipient)).every(isLost),
  );
}

interface Closing {
  readonly state: 'bounced' | 'given-up';
  readonly cause: BounceCause;
  readonly reason: string;
}

/**
 * Closes destinations of one mail that will not get it, and owes the sender an answer for every recipient who has no
 * other. The answer comes first: cut short in between, the end is decided again, and an answer is owed once.
 */
export async function closeDeliveries(
  ledger: Pick<Ledger, 'of' | 'owe' | 'close'>,
  entries: readonly DueEntry[],
  closing: Closing,
  now: Seconds,
): Promise<void> {
  const [first] = entries;
  if (first === undefined) return;
  const ending = new Set<string>(entries.map(({ destination }) => destination));
  const told = await oweLost(ledger, first, ending, closing.cause, now);
  for (const entry of entries) {
    await ledger.close(entry, { state: closing.state, reason: closing.reason }, now);
  }
  // What bounced in between saw these alive, and left the answer to whoever comes last.
  const isLeft = entries.some(({ recipients }) => recipients.some((recipient) => !told.includes(recipient)));
  if (isLeft) await oweLost(ledger, first, new Set(), closing.cause, now);
}

/** Returns for whom there is an answer. */
async function oweLost(
  ledger: Pick<Ledger, 'of' | 'owe'>,
  mail: DueEntry,
  ending: ReadonlySet<string>,
  cause: BounceCause,
  now: Seconds,
): Promise<string[]> {
  const lost = undeliveredRecipients(await ledger.of(mail.messageId), ending);
  if (mail.answerable && lost.length > 0) {
    await ledger.owe(
      mail,
      lost.map((recipient) => ({ recipient, cause })),
      now,
    );
  }
  return lost;
}
