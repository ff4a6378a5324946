import { randomBytes } from 'node:crypto';
import { notVerified, type SendingAccount, sentId, stampSent } from './sendMail.ts';
import { type Fault, fault } from './sesFaults.ts';

/** A mail that SES has received, as far as it can be bounced. */
interface ReceivedMail {
  readonly messageId: string;
  /** The envelope sender, '' when null. */
  readonly source: string;
  readonly receivedAt: Date;
  readonly header: Buffer;
}

/** Why a mail cannot be bounced: its id is unknown, it is older than a day, or it has no sender to tell. */
type NotBounceable = 'unknown' | 'too-old' | 'null-sender';

export interface ReceivedMails {
  add(mail: ReceivedMail): void;
  /** A mail is bounceable for 24 hours: https://docs.aws.amazon.com/ses/latest/APIReference/API_SendBounce.html. */
  bounceable(messageId: string, now: Date): ReceivedMail | NotBounceable;
}

const dayMs = 86_400_000;

export function receivedMails(): ReceivedMails {
  const mails = new Map<string, ReceivedMail>();
  return {
    add: (mail) => void mails.set(mail.messageId, mail),
    bounceable: (messageId, now) => {
      const mail = mails.get(messageId);
      if (!mail) return 'unknown';
      if (now.getTime() - mail.receivedAt.getTime() > dayMs) return 'too-old';
      return mail.source === '' ? 'null-sender' : mail;
    },
  };
}

/** SendBounce's arguments, and a bounce action's. */
export interface BounceRequest {
  readonly originalMessageId: string;
  readonly sender: string;
  readonly recipients: readonly ReportedRecipient[];
  readonly explanation?: string;
  readonly reportingMta?: string;
  readonly arrival?: Date;
}

const reasons: Readonly<Record<NotBounceable, string>> = {
  unknown: 'the message is unknown',
  'too-old': 'the message was received more than 24 hours ago',
  'null-sender': 'the message has a null sender',
};

/** Sends a delivery report to the envelope sender of a received mail, or says why it cannot. */
export async function bounce(
  account: SendingAccount,
  received: ReceivedMails,
  request: BounceRequest,
): Promise<{ readonly messageId: string; readonly to: string } | Fault> {
  if (!(await account.isVerified(request.sender)))
    return fault('MessageRejected', notVerified([request.sender], account.region));
  const original = received.bounceable(request.originalMessageId, new Date());
  if (typeof original === 'string') return fault('MessageRejected', `Cannot bounce: ${reasons[original]}.`);
  if (request.recipients.length === 0)
    return fault('InvalidParameterValue', 'No bounced recipients specified.');
  // The API forbids it: the type is written here, and would stand there twice.
  if (request.recipients.some(({ address }) => /^[ \t]*rfc ?822[ \t]*;/i.test(address)))
    return fault('InvalidParameterValue', 'The final recipient must be an address, without its type.');
  const messageId = sentId();
  const sentAt = new Date();
  const report = composeReport({
    from: request.sender,
    to: original.source,
    reportingMta: request.reportingMta ?? `dns; inbound-smtp.${account.region}.amazonaws.com`,
    recipients: request.recipients,
    originalHeader: original.header,
    ...(request.explanation === undefined ? {} : { explanation: request.explanation }),
    ...(request.arrival === undefined ? {} : { arrival: request.arrival }),
  });
  await account.outbox.deliver(
    // A report has a null sender (RFC 5321 6.1).
    { messageId, kind: 'bounce', from: '', to: original.source, sentAt: sentAt.toISOString() },
    stampSent(report, messageId, account.region, sentAt),
  );
  return { messageId, to: original.source };
}

/** A delivery report (RFC 3464) as SES composes it. */
interface Report {
  readonly from: string;
  readonly to: string;
  readonly reportingMta: string;
  readonly arrival?: Date;
  readonly recipients: readonly ReportedRecipient[];
  /** For people to read; made of the recipients when it is left out. */
  readonly explanation?: string;
  /** The header of the mail that the report is about. */
  readonly originalHeader: Buffer;
}

export interface ReportedRecipient {
  readonly address: string;
  readonly action: string;
  readonly status: string;
  readonly diagnosticCode?: string;
}

function composeReport(report: Report): Buffer {
  const boundary = `report-${randomBytes(12).toString('hex')}`;
  const part = (type: string, content: string) =>
    `--${boundary}\r\nContent-Type: ${type}\r\n\r\n${content}\r\n`;
  const head = [
    `From: ${report.from}`,
    `To: ${report.to}`,
    'Subject: Delivery Status Notification (Failure)',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
  ].join('\r\n');
  return Buffer.concat([
    Buffer.from(`${head}\r\n\r\n`),
    Buffer.from(part('text/plain; charset=utf-8', report.explanation ?? explain(report.recipients))),
    Buffer.from(part('message/delivery-status', statusOf(report))),
    Buffer.from(`--${boundary}\r\nContent-Type: text/rfc822-headers\r\n\r\n`),
    report.originalHeader,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
}

function explain(recipients: readonly ReportedRecipient[]): string {
  return [
    'An error occurred while trying to deliver the mail to the following recipients:',
    ...recipients.map(({ address }) => address),
  ].join('\r\n');
}

function statusOf(report: Report): string {
  const message = [
    `Reporting-MTA: ${report.reportingMta}`,
    ...(report.arrival ? [`Arrival-Date: ${report.arrival.toUTCString().replace('GMT', '+0000')}`] : []),
  ];
  const recipients = report.recipients.map((recipient) =>
    [
      `Final-Recipient: rfc822; ${recipient.address}`,
      `Action: ${recipient.action}`,
      `Status: ${recipient.status}`,
      ...(recipient.diagnosticCode ? [`Diagnostic-Code: ${recipient.diagnosticCode}`] : []),
    ].join('\r\n'),
  );
  return [message.join('\r\n'), ...recipients].join('\r\n\r\n');
}
