import { type ContentFault, contentFault, isOutOfOffice } from '../../../schema/src/records/blocks.ts';
import type { BounceRow } from '../../../schema/src/records/bounceRow.ts';
import type { Address } from '../../../schema/src/text/address.ts';
import {
  type Milliseconds,
  milliseconds,
  type Seconds,
  since,
  toSeconds,
} from '../../../schema/src/text/time.ts';
import type { BounceCause } from '../mail/bounce.ts';
import { undeliveredRecipients } from './answer.ts';
import type { Entry, Ledger } from './ledger.ts';
import { bounceRows, type Notification } from './notification.ts';
import type { Telemetry } from './telemetry.ts';
import { unblockedAt } from './unblock.ts';

export interface FeedbackPorts {
  readonly bounces: {
    add(row: BounceRow): Promise<void>;
    of(destination: string): Promise<readonly BounceRow[]>;
  };
  readonly ledger: Pick<Ledger, 'of' | 'bounce' | 'owe' | 'bySesMessage' | 'sendNotice'>;
  readonly telemetry: Telemetry;
  readonly clock: () => Milliseconds;
  readonly pause: (time: Milliseconds) => Promise<unknown>;
  /** By which a mail of ours is known from those of others that send through the account. */
  readonly senderLocalPart: string;
}

/** The ledger may not show yet whose mail this is about: the notification must come again. */
export class NotMarkedYet extends Error {
  override readonly name = 'NotMarkedYet';
}

/**
 * Keeps a bounce or complaint, and sees to what it means for its mail. Every step may be repeated: a notification that
 * failed half-way comes again.
 *
 * @throws NotMarkedYet for a bounce that is quicker than the mark of its mail
 */
export async function takeFeedback(notification: Notification, ports: FeedbackPorts): Promise<void> {
  const { kind, recipients } = notification;
  const entry = await (kind === 'bounce'
    ? takeBounce(notification, ports)
    : takeComplaint(notification, ports));
  ports.telemetry.say('feedback', {
    kind,
    recipients: recipients.length,
    ...(entry === undefined ? {} : { messageId: entry.messageId }),
  });
}

/**
 * Where the destination's server refused an attachment or the size, a notice goes instead, as where SES refuses them.
 * Otherwise the ledger's row becomes `bounced`, and the sender is owed an answer when nobody is left to get the mail. The
 * mail itself is not tried again: SES tries for hours before it reports a bounce, and takes an answer for a day only.
 */
async function takeBounce(notification: Notification, ports: FeedbackPorts): Promise<Entry | undefined> {
  const { destination, recipients } = notification;
  // A bounce of which no recipient can be read is one all the same: each mail has one destination.
  const isAbsence = recipients.length > 0 && recipients.every(isOutOfOffice);
  const entry = isAbsence ? undefined : await findMarked(notification, ports);
  await keep(notification, entry?.destination ?? destination, ports);
  if (entry === undefined) return undefined;
  const fault = recipients.map(contentFault).find((found) => found !== undefined);
  if (entry.state === 'sent' && (fault === 'attachment' || fault === 'too-large')) {
    await ports.ledger.sendNotice(entry, fault, toSeconds(ports.clock()));
  } else {
    await endLate(entry, causeOf(fault), ports);
  }
  return entry;
}

/** One about a mail that the ledger does not know is forged or stray: it is not kept, so that it blocks nobody. */
async function takeComplaint(notification: Notification, ports: FeedbackPorts): Promise<Entry | undefined> {
  const entry = await findEntry(notification, ports);
  if (entry === undefined) {
    ports.telemetry.alarm('A complaint is about a mail that the ledger does not know', {
      recipients: notification.recipients.length,
    });
    return undefined;
  }
  await keep(notification, entry.destination, ports);
  return entry;
}

async function keep(
  notification: Notification,
  destination: Address | undefined,
  { bounces, ledger, clock }: FeedbackPorts,
): Promise<void> {
  for (const row of bounceRows(notification, destination)) {
    const last = await unblockedAt(row.destination, ledger, toSeconds(clock()));
    await bounces.add(last === undefined ? row : { ...row, unblockedAt: last });
  }
}

/** What the sender is told: what the mail holds is for its writer to change. */
function causeOf(fault: ContentFault | undefined): BounceCause {
  if (fault === 'attachment' || fault === 'content') return 'content';
  return fault === 'too-large' ? fault : 'undeliverable';
}

/**
 * A bounce that nobody knows is thrown back while it is fresh. Lambda repeats it after a minute, and once more: by then it
 * is about a mail whose row is gone or was sent anew since.
 */
async function findMarked(notification: Notification, ports: FeedbackPorts): Promise<Entry | undefined> {
  const entry = await findEntry(notification, ports);
  const isAwaited = entry === undefined && isOurs(notification, ports) && isFresh(notification, ports);
  if (isAwaited && !(await isKept(notification, ports))) {
    throw new NotMarkedYet('No row of the ledger has the id of the mail that bounced.');
  }
  return entry;
}

/** Waits for a row whose mark is on its way to the index. */
const waits = [500, 1_500].map(milliseconds);
/** After this a mark is surely there. */
const markTime = milliseconds(90_000);

async function findEntry(notification: Notification, ports: FeedbackPorts): Promise<Entry | undefined> {
  const { ledger, clock, pause } = ports;
  for (const wait of [...waits, undefined]) {
    const entry = await ledger.bySesMessage(notification.sesMessageId);
    if (entry !== undefined) return isGone(entry, toSeconds(clock())) ? undefined : entry;
    if (wait === undefined || !isFresh(notification, ports)) return undefined;
    await pause(wait);
  }
  return undefined;
}

/** A notification that comes twice may find its mail due again, under no id. */
async function isKept(notification: Notification, { bounces }: FeedbackPorts): Promise<boolean> {
  const [row] = bounceRows(notification, notification.destination);
  if (row?.feedbackId === undefined) return false;
  return (await bounces.of(row.destination)).some(({ feedbackId }) => feedbackId === row.feedbackId);
}

function isOurs({ source }: Notification, { senderLocalPart }: FeedbackPorts): boolean {
  return source === undefined || source.toLowerCase().startsWith(`${senderLocalPart}@`);
}

function isFresh({ report }: Notification, { clock }: FeedbackPorts): boolean {
  return since(milliseconds(report.createdAt * 1_000), clock()) <= markTime;
}

/** DynamoDB takes a row away up to days after its end. */
function isGone(entry: Entry, now: Seconds): boolean {
  return entry.state !== 'due' && entry.expiresAt <= now;
}

async function endLate(entry: Entry, cause: BounceCause, { ledger, clock }: FeedbackPorts): Promise<void> {
  await ledger.bounce(entry, 'bounced later');
  const lost = undeliveredRecipients(await ledger.of(entry.messageId));
  const own = lost.filter((recipient) => entry.recipients.includes(recipient));
  if (!entry.answerable || own.length === 0) return;
  await ledger.owe(
    entry,
    own.map((recipient) => ({ recipient, cause })),
    toSeconds(clock()),
  );
}
