import { type BounceRow, isOutOfOffice } from '../../../schema/src/blocks.ts';
import type { Notification } from '../routing/notification.ts';
import type { Entry, Ledger } from './ledger.ts';
import { lostRecipients } from './lost.ts';
import type { Telemetry } from './telemetry.ts';

export interface FeedbackPorts {
  readonly bounces: { add(row: BounceRow): Promise<void> };
  readonly ledger: Pick<Ledger, 'of' | 'bounce' | 'owe' | 'bySesMessage'>;
  readonly telemetry: Telemetry;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly pause: (milliseconds: number) => Promise<unknown>;
}

/**
 * Keeps a bounce or complaint, turns the ledger's row of the mail into `bounced`, and owes its sender an answer when
 * nobody is left behind a recipient. Every step may be repeated: a notification that failed half-way comes again.
 */
export async function takeFeedback(notification: Notification, ports: FeedbackPorts): Promise<void> {
  for (const row of notification.rows) await ports.bounces.add(row);
  const isOver = notification.kind === 'bounce' && !notification.rows.every(isOutOfOffice);
  const entry = isOver ? await findEntry(notification, ports) : undefined;
  if (entry !== undefined) await endLate(entry, ports);
  ports.telemetry.say('feedback', {
    kind: notification.kind,
    recipients: notification.rows.length,
    ...(entry === undefined ? {} : { messageId: entry.messageId }),
  });
}

/** Milliseconds to wait for a row whose mark is on its way to the index. */
const waits = [500, 1_500];
/** Milliseconds after which a mark is surely there. */
const markTime = 60_000;

async function findEntry(notification: Notification, ports: FeedbackPorts): Promise<Entry | undefined> {
  const { ledger, clock, pause } = ports;
  const newest = Math.max(0, ...notification.rows.map(({ createdAt }) => createdAt));
  for (const wait of [...waits, undefined]) {
    const entry = await ledger.bySesMessage(notification.sesMessageId);
    if (entry !== undefined || wait === undefined || clock() - newest > markTime) return entry;
    await pause(wait);
  }
  return undefined;
}

async function endLate(entry: Entry, { ledger, clock }: FeedbackPorts): Promise<void> {
  await ledger.bounce(entry, 'bounced later');
  const lost = lostRecipients(await ledger.of(entry.messageId));
  const own = lost.filter((recipient) => entry.recipients.includes(recipient));
  if (!entry.answerable || own.length === 0) return;
  await ledger.owe(
    entry,
    own.map((recipient) => ({ recipient, cause: 'undeliverable' })),
    Math.floor(clock() / 1_000),
  );
}
