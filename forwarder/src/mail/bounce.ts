import type { Milliseconds } from '../../../schema/src/text/time.ts';
/** Why the sender of a mail is told that a recipient did not get it. */
export type BounceCause =
  /** No such alias, or an inactive one. */
  | 'unknown'
  /** Everybody behind the alias is blocked after bounces. */
  | 'blocked'
  /** The recipient's domain does not take mail like this. */
  | 'policy'
  /** Everybody behind the alias refused it. */
  | 'undeliverable'
  /** It could not be sent within a day. */
  | 'expired'
  /** Content that cannot be forwarded. */
  | 'content'
  | 'too-large';

export interface BouncedRecipient {
  /** The envelope recipient, never who is behind it. */
  readonly recipient: string;
  readonly cause: BounceCause;
}

/** What SES's SendBounce makes a delivery report of (RFC 3464). */
export interface BounceReport {
  /** For people: one line per recipient. */
  readonly explanation: string;
  /** `dns; HOST`, the domain that took the mail (RFC 3464 2.2.2). */
  readonly reportingMta: string;
  readonly arrivalDate: Date;
  readonly recipients: readonly RecipientReport[];
}

export interface RecipientReport {
  readonly recipient: string;
  readonly action: 'failed';
  /** RFC 3463. */
  readonly status: string;
  /** `smtp; TEXT` (RFC 3464 2.3.6). */
  readonly diagnosticCode: string;
}

/**
 * The report for the sender of a mail. It knows envelope recipients alone, so that it cannot show where an alias leads.
 */
export function bounceReport(refused: readonly BouncedRecipient[], receivedAt: Milliseconds): BounceReport {
  const causeOf = new Map(refused.map(({ recipient, cause }) => [printable(recipient), cause]));
  const recipients = [...causeOf].map(([recipient, cause]) => reportOf(recipient, cause));
  const [first = ''] = causeOf.keys();
  return {
    explanation: [...causeOf]
      .map(([recipient, cause]) => `${recipient}: ${sentences[cause].text}`)
      .join('\n'),
    reportingMta: `dns; ${first.slice(first.lastIndexOf('@') + 1)}`,
    arrivalDate: new Date(receivedAt),
    recipients,
  };
}

/** The text for each cause, and its code of RFC 3463. */
const sentences: Readonly<Record<BounceCause, { readonly status: string; readonly text: string }>> = {
  unknown: { status: '5.1.1', text: 'there is no such address here.' },
  blocked: { status: '5.2.1', text: 'this address cannot take mail at present.' },
  policy: { status: '5.7.1', text: "your domain's policy does not allow this mail to be accepted." },
  undeliverable: {
    status: '5.0.0',
    text: 'the mail could not be delivered to the people behind this address.',
  },
  expired: { status: '4.4.7', text: 'the mail could not be delivered in time. You may send it again.' },
  content: {
    status: '5.6.1',
    text: 'the content or an attachment of the mail is of a kind that cannot be forwarded.',
  },
  'too-large': {
    status: '5.3.4',
    text: 'the mail is too large to be forwarded. Send a smaller one, or a link.',
  },
};

export const causes = Object.keys(sentences) as readonly BounceCause[];

function reportOf(recipient: string, cause: BounceCause): RecipientReport {
  const { status, text } = sentences[cause];
  const code = status.startsWith('4') ? '450' : '550';
  return { recipient, action: 'failed', status, diagnosticCode: `smtp; ${code} ${status} ${text}` };
}

/** A report is ASCII text, and a line of it must stay one. */
function printable(recipient: string): string {
  return recipient.replace(/[^!-~]/g, '?');
}
