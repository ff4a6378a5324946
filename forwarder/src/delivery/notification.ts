import { isOutOfOffice } from '../../../schema/src/records/blocks.ts';
import type { BounceRow } from '../../../schema/src/records/bounceRow.ts';
import { type Address, parseAddress } from '../../../schema/src/text/address.ts';

/** A bounce or complaint that SES reports about a mail it took from us. */
export interface Notification {
  readonly kind: 'bounce' | 'complaint';
  /** SES's id of the mail. */
  readonly sesMessageId: string;
  /** Its envelope sender, where SES says it. */
  readonly source?: string;
  /** To whom the mail went; undefined where SES does not say, or names several. */
  readonly destination?: Address;
  /** What is said of all recipients. */
  readonly report: Report;
  /** One per recipient that is named: the mailbox, or where it forwards on to (RFC 3464 2.3.2). */
  readonly recipients: readonly RecipientReport[];
}

/** A row of Bounces, but for whom. */
export type Report = Omit<BounceRow, 'destination'>;

interface RecipientReport extends Report {
  /** Undefined where what is named is no address. */
  readonly named: Address | undefined;
}

/** Days that rows are kept, as in the reference system. */
const days = { transient: 1, bounce: 30, complaint: 730 };

/**
 * Reads what SNS carries: an identity's notification says `notificationType`, a configuration set's event `eventType`.
 * Undefined for anything else, such as the test message of a new topic.
 */
export function readNotification(message: string): Notification | undefined {
  const body = objectOf(parseJson(message));
  const type = text(body?.notificationType) ?? text(body?.eventType);
  const bounce = objectOf(body?.bounce);
  const complaint = objectOf(body?.complaint);
  if (type === 'Bounce' && bounce !== undefined) return readBounce(bounce, objectOf(body?.mail));
  if (type === 'Complaint' && complaint !== undefined) return readComplaint(complaint, objectOf(body?.mail));
  return undefined;
}

/**
 * The rows of a notification. A mailbox that forwards on is blocked for what becomes of its mail further on: it is the one
 * that we send to.
 *
 * @param destination whose they are, whomever the reports name; undefined where nobody knows
 */
export function bounceRows(
  { report, recipients }: Notification,
  destination: Address | undefined,
): BounceRow[] {
  if (destination === undefined) {
    return recipients.flatMap(({ named, ...row }) =>
      named === undefined ? [] : [{ destination: named, ...row }],
    );
  }
  const failed = recipients.filter((recipient) => !isOutOfOffice(recipient));
  const own = failed.find(({ named }) => named === destination) ?? failed[0] ?? recipients[0];
  const { named: _, ...row } = own ?? { named: undefined, ...report };
  return [{ destination, ...row }];
}

type Json = Readonly<Record<string, unknown>>;

function readBounce(bounce: Json, mail: Json | undefined): Notification {
  const bounceType = text(bounce.bounceType) ?? 'Undetermined';
  const kept = bounceType === 'Transient' ? days.transient : days.bounce;
  const report: Report = {
    ...times(bounce, kept),
    type: 'bounce',
    bounceType,
    ...texts(bounce, 'bounceSubType', 'feedbackId'),
  };
  const recipients = recipientsOf(bounce.bouncedRecipients).map((recipient) => ({
    ...report,
    ...texts(recipient, 'action', 'status', 'diagnosticCode'),
    named: addressIn(recipient),
  }));
  return { kind: 'bounce', ...readMail(mail), report, recipients };
}

function readComplaint(complaint: Json, mail: Json | undefined): Notification {
  const report: Report = {
    ...times(complaint, days.complaint),
    type: 'complaint',
    ...texts(complaint, 'feedbackId', 'userAgent', 'complaintFeedbackType', 'arrivalDate'),
  };
  const recipients = recipientsOf(complaint.complainedRecipients).map((recipient) => ({
    ...report,
    named: addressIn(recipient),
  }));
  return { kind: 'complaint', ...readMail(mail), report, recipients };
}

function readMail(mail: Json | undefined): Pick<Notification, 'sesMessageId' | 'source' | 'destination'> {
  const to: readonly unknown[] = Array.isArray(mail?.destination) ? mail.destination : [];
  const destination = to.length === 1 ? parseAddress(text(to[0]) ?? '').value : undefined;
  return {
    sesMessageId: text(mail?.messageId) ?? '',
    ...texts(mail ?? {}, 'source'),
    ...(destination === undefined ? {} : { destination }),
  };
}

/** The report's own time makes the key, so that a repeated notification finds its row. */
function times(report: Json, kept: number): Pick<BounceRow, 'createdAt' | 'validUntil'> {
  const createdAt = (Date.parse(text(report.timestamp) ?? '') || 0) / 1_000;
  return { createdAt, validUntil: Math.floor(createdAt) + kept * 86_400 };
}

function recipientsOf(list: unknown): Json[] {
  const entries: readonly unknown[] = Array.isArray(list) ? list : [];
  return entries.map(objectOf).filter((entry) => entry !== undefined);
}

/** A remote server may report `Name <local@domain>`. */
function addressIn(recipient: Json): Address | undefined {
  const written = text(recipient.emailAddress) ?? '';
  return parseAddress(/<([^<>]*)>\s*$/.exec(written)?.[1] ?? written.trim()).value;
}

function texts<Name extends string>(from: Json, ...names: readonly Name[]): Partial<Record<Name, string>> {
  return Object.fromEntries(
    names.flatMap((name) => (text(from[name]) === undefined ? [] : [[name, text(from[name])]])),
  ) as Partial<Record<Name, string>>;
}

function parseJson(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

function objectOf(value: unknown): Json | undefined {
  return value !== null && typeof value === 'object' ? (value as Json) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
