import {
  type BounceRow,
  type ContentFault,
  contentFault,
  isOutOfOffice,
} from '../../../schema/src/records/blocks.ts';
import { type Milliseconds, milliseconds, since, toSeconds } from '../../../schema/src/text/time.ts';
import type { BounceCause } from '../mail/bounce.ts';
import { undeliveredRecipients } from './answer.ts';
import type { Entry, Ledger } from './ledger.ts';
import type { Notification } from './notification.ts';
import type { Telemetry } from './telemetry.ts';

export interface FeedbackPorts {
  readonly bounces: { add(row: BounceRow): Promise<void> };
  readonly ledger: Pick<Ledger, 'of' | 'bounce' | 'owe' | 'bySesMessage' | 'sendNotice'>;
  readonly telemetry: Telemetry;
  readonly clock: () => Milliseconds;
  readonly pause: (time: Milliseconds) => Promise<unknown>;
}

/**
 * Keeps a bounce or complaint, and sees to what it means for its mail. Every step may be repeated: a notification that
 * failed half-way comes again.
 */
export async function takeFeedback(notification: Notification, ports: FeedbackPorts): Promise<void> {
  const { kind, rows } = notification;
  const entry = await (kind === 'bounce'
    ? takeBounce(notification, ports)
    : takeComplaint(notification, ports));
  ports.telemetry.say('feedback', {
    kind,
    recipients: rows.length,
    ...(entry === undefined ? {} : { messageId: entry.messageId }),
  });
}

/**
 * Where the destination's server refused an attachment or the size, a notice goes instead, as where SES refuses them.
 * Otherwise the ledger's row becomes `bounced`, and the sender is owed an answer when nobody is left to get the mail. The
 * mail itself is not tried again: SES tries for hours before it reports a bounce, and takes an answer for a day only.
 */
async function takeBounce(notification: Notification, ports: FeedbackPorts): Promise<Entry | undefined> {
  const { rows } = notification;
  for (const row of rows) await ports.bounces.add(row);
  // A bounce of which no recipient can be read is one all the same: each mail has one destination.
  if (rows.length > 0 && rows.every(isOutOfOffice)) return undefined;
  const entry = await findEntry(notification, ports);
  const fault = rows.map(contentFault).find((found) => found !== undefined);
  if (entry?.state === 'sent' && (fault === 'attachment' || fault === 'too-large')) {
    await ports.ledger.sendNotice(entry, fault, toSeconds(ports.clock()));
  } else if (entry !== undefined) {
    await endLate(entry, causeOf(fault), ports);
  }
  return entry;
}

/** One about a mail that the ledger does not know is forged or stray: it is not kept, so that it blocks nobody. */
async function takeComplaint(notification: Notification, ports: FeedbackPorts): Promise<Entry | undefined> {
  const { rows } = notification;
  const entry = await findEntry(notification, ports);
  if (entry === undefined) {
    ports.telemetry.alarm('A complaint is about a mail that the ledger does not know', {
      recipients: rows.length,
    });
    return undefined;
  }
  for (const row of rows) await ports.bounces.add(row);
  return entry;
}

/** What the sender is told: what the mail holds is for its writer to change. */
function causeOf(fault: ContentFault | undefined): BounceCause {
  if (fault === 'attachment') return 'content';
  return fault === undefined || fault === 'policy' ? 'undeliverable' : fault;
}

/** Waits for a row whose mark is on its way to the index. */
const waits = [500, 1_500].map(milliseconds);
/** After this a mark is surely there. */
const markTime = milliseconds(60_000);

async function findEntry(notification: Notification, ports: FeedbackPorts): Promise<Entry | undefined> {
  const { ledger, clock, pause } = ports;
  const newest = milliseconds(Math.max(0, ...notification.rows.map(({ createdAt }) => createdAt)));
  for (const wait of [...waits, undefined]) {
    const entry = await ledger.bySesMessage(notification.sesMessageId);
    if (entry !== undefined || wait === undefined || since(newest, clock()) > markTime) return entry;
    await pause(wait);
  }
  return undefined;
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
