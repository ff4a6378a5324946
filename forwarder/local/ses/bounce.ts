import { composeReport, type ReportedRecipient } from './dsn.ts';
import { type Fault, fault } from './fault.ts';
import type { NotBounceable, ReceivedMails } from './receivedMails.ts';
import { notVerified, type SendingAccount } from './send.ts';
import { sentId, stampSent } from './stamp.ts';

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
