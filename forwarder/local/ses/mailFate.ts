import { randomUUID } from 'node:crypto';

/** What becomes of a mail after SES has taken it. */
export type Fate =
  | 'delivered'
  | 'bounced'
  | 'soft-bounced'
  | 'complained'
  | 'complained-not-spam'
  | 'out-of-office'
  | 'suppressed';

const fates: Readonly<Record<string, Fate>> = {
  success: 'delivered',
  bounce: 'bounced',
  complaint: 'complained',
  ooto: 'out-of-office',
  suppressionlist: 'suppressed',
};

/**
 * What AWS's mailbox simulator does with a mail: https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html.
 * A label (`bounce+1@`) changes nothing. Undefined for an address that is not the simulator's.
 */
export function simulated(address: string): Fate | undefined {
  const [local = '', domain] = address.toLowerCase().split('@');
  return domain === 'simulator.amazonses.com' ? fates[local.split('+')[0] ?? ''] : undefined;
}

/** A message that SES has taken, as far as notifications name it. */
export interface SentMessage {
  readonly messageId: string;
  readonly source: string;
  readonly recipients: readonly string[];
  readonly sentAt: Date;
  readonly account: string;
  readonly region: string;
}

type NotificationKind = 'bounce' | 'complaint';

export interface Notification {
  readonly kind: NotificationKind;
  /** The JSON that SNS carries. */
  readonly message: string;
}

interface BounceDetail {
  readonly bounceType: 'Permanent' | 'Transient';
  readonly bounceSubType: string;
  readonly status?: string;
  readonly diagnosticCode?: string;
}

const bounces: Readonly<Partial<Record<Fate, BounceDetail>>> = {
  bounced: {
    bounceType: 'Permanent',
    bounceSubType: 'General',
    status: '5.1.1',
    diagnosticCode: 'smtp; 550 5.1.1 user unknown',
  },
  'soft-bounced': {
    bounceType: 'Transient',
    bounceSubType: 'MailboxFull',
    status: '4.2.2',
    diagnosticCode: 'smtp; 452 4.2.2 mailbox full',
  },
  'out-of-office': { bounceType: 'Transient', bounceSubType: 'General' },
  suppressed: {
    bounceType: 'Permanent',
    bounceSubType: 'Suppressed',
    status: '5.1.1',
    diagnosticCode:
      'Amazon SES has suppressed sending to this address because it has a recent history of bouncing',
  },
};

const onSuppressionList: BounceDetail = {
  bounceType: 'Permanent',
  bounceSubType: 'OnAccountSuppressionList',
  status: '5.1.1',
  diagnosticCode: 'Amazon SES did not send the message to this address because it is on the suppression list',
};

/**
 * What an identity's topics are told of a mail to one recipient, undefined for nothing. Shapes:
 * https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html.
 */
export function notificationOf(
  fate: Fate | 'on-suppression-list',
  recipient: string,
  sent: SentMessage,
): Notification | undefined {
  const bounce = fate === 'on-suppression-list' ? onSuppressionList : bounces[fate];
  if (bounce) return { kind: 'bounce', message: JSON.stringify(bounceOf(bounce, recipient, sent)) };
  if (fate !== 'complained' && fate !== 'complained-not-spam') return undefined;
  const feedback = fate === 'complained' ? 'abuse' : 'not-spam';
  return { kind: 'complaint', message: JSON.stringify(complaintOf(feedback, recipient, sent)) };
}

function bounceOf(detail: BounceDetail, recipient: string, sent: SentMessage): object {
  const { bounceType, bounceSubType, status, diagnosticCode } = detail;
  return {
    notificationType: 'Bounce',
    bounce: {
      feedbackId: feedbackId(),
      bounceType,
      bounceSubType,
      bouncedRecipients: [
        { emailAddress: recipient, ...(status && { action: 'failed', status, diagnosticCode }) },
      ],
      timestamp: new Date().toISOString(),
      ...(status && {
        remoteMtaIp: '127.0.0.1',
        reportingMTA: `dns; a8-50.smtp-out.${sent.region}.amazonses.com`,
      }),
    },
    mail: mailOf(sent),
  };
}

function complaintOf(feedback: string, recipient: string, sent: SentMessage): object {
  return {
    notificationType: 'Complaint',
    complaint: {
      feedbackId: feedbackId(),
      complaintSubType: null,
      // All recipients of the message at the complaining provider may be named: here there is one.
      complainedRecipients: [{ emailAddress: recipient }],
      timestamp: new Date().toISOString(),
      userAgent: 'Amazon SES Mailbox Simulator',
      complaintFeedbackType: feedback,
      arrivalDate: new Date().toISOString(),
    },
    mail: mailOf(sent),
  };
}

function mailOf(sent: SentMessage): object {
  const domain = sent.source.split('@').at(-1) ?? '';
  return {
    timestamp: sent.sentAt.toISOString(),
    source: sent.source,
    sourceArn: `arn:aws:ses:${sent.region}:${sent.account}:identity/${domain}`,
    sourceIp: '127.0.0.1',
    callerIdentity: 'local',
    sendingAccountId: sent.account,
    messageId: sent.messageId,
    destination: sent.recipients,
  };
}

function feedbackId(): string {
  return `0102${Date.now().toString(16).padStart(12, '0')}-${randomUUID()}-000000`;
}
