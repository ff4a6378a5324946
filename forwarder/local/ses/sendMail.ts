import { randomUUID } from 'node:crypto';
import type { Outbox } from '../servers/outbox.ts';
import type { DataPoints, SuppressionList } from './accountState.ts';
import { type Fate, type Notification, notificationOf, type SentMessage, simulated } from './mailFate.ts';
import { claimedSenders, headerBlock, refusalOf, type Submission } from './refuse.ts';
import { type Fault, fault } from './sesFaults.ts';

/** What sending a message needs of the account. */
export interface SendingAccount {
  readonly account: string;
  readonly region: string;
  readonly outbox: Outbox;
  readonly suppression: SuppressionList;
  readonly statistics: DataPoints;
  /** Whether so many more fit into the day's quota. */
  hasRoom(mails: number): boolean;
  isVerified(address: string): Promise<boolean>;
  /** What becomes of mail to an address, where a test has decided it. */
  decided(address: string): Fate | undefined;
  notify(source: string, notification: Notification): void;
}

/** Takes a message or refuses it. Each recipient then gets it, or the identity's topics hear why not. */
export async function send(
  account: SendingAccount,
  submission: Submission,
): Promise<{ readonly messageId: string } | Fault> {
  if (!account.hasRoom(submission.recipients.length)) return fault('LimitExceededException');
  const refusal = refusalOf(submission);
  if (refusal)
    return fault(refusal.kind === 'invalid' ? 'BadRequestException' : 'MessageRejected', refusal.message);
  const unverified = await unverifiedOf(account, submission);
  if (unverified.length > 0) return fault('MessageRejected', notVerified(unverified, account.region));
  const sent: SentMessage = {
    messageId: sentId(),
    source: submission.source ?? claimedSenders(submission)[0] ?? '',
    recipients: submission.recipients,
    sentAt: new Date(),
    account: account.account,
    region: account.region,
  };
  const raw = stampSent(submission.raw, sent.messageId, account.region, sent.sentAt);
  for (const recipient of submission.recipients) await arrive(account, sent, recipient, raw);
  return { messageId: sent.messageId };
}

/** SES's text for identities that are not verified. */
export function notVerified(identities: readonly string[], region: string): string {
  const list = identities.join(', ');
  return `Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: ${list}`;
}

async function unverifiedOf(account: SendingAccount, submission: Submission): Promise<readonly string[]> {
  const claimed = [...new Set(claimedSenders(submission))];
  const verified = await Promise.all(claimed.map((sender) => account.isVerified(sender)));
  return claimed.filter((_, index) => !verified[index]);
}

async function arrive(account: SendingAccount, sent: SentMessage, to: string, raw: Buffer): Promise<void> {
  const fate = simulated(to) ?? account.decided(to) ?? 'delivered';
  const suppressed = account.suppression.get(to) !== undefined;
  const reachesMailbox = !suppressed && !['bounced', 'soft-bounced', 'suppressed'].includes(fate);
  if (reachesMailbox) {
    const { messageId, source: from, sentAt } = sent;
    await account.outbox.deliver({ messageId, kind: 'mail', from, to, sentAt: sentAt.toISOString() }, raw);
  }
  const notification = notificationOf(suppressed ? 'on-suppression-list' : fate, to, sent);
  if (notification) account.notify(sent.source, notification);
  account.statistics.add('attempt', sent.sentAt);
  // Neither the simulator's addresses nor those already on the list change the account's rates or its list.
  if (simulated(to) !== undefined || suppressed) return;
  if (fate === 'bounced') {
    account.statistics.add('bounce', sent.sentAt);
    account.suppression.put(to, 'BOUNCE');
  }
  if (fate === 'complained') {
    account.statistics.add('complaint', sent.sentAt);
    account.suppression.put(to, 'COMPLAINT');
  }
}

/** An id as SES gives them to sent messages. */
export function sentId(): string {
  return `0102${Date.now().toString(16).padStart(12, '0')}-${randomUUID()}-000000`;
}

/** Message-ID, Date and Return-Path are SES's own in what it sends; every other byte stays. */
export function stampSent(raw: Buffer, messageId: string, region: string, sentAt: Date): Buffer {
  const { fields, bodyStart } = headerBlock(raw);
  const kept = fields.filter(
    ({ name }) => !['message-id', 'date', 'return-path'].includes(name.toLowerCase()),
  );
  const lines = [
    `Return-Path: <${messageId}@${region}.amazonses.com>`,
    ...kept.flatMap((field) => field.lines),
    `Message-ID: <${messageId}@${region}.amazonses.com>`,
    `Date: ${sentAt.toUTCString().replace('GMT', '+0000')}`,
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), raw.subarray(bodyStart)]);
}
