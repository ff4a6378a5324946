import type { BounceRow } from '../../../schema/src/records/blocks.ts';
import { type Address, parseAddress } from '../../../schema/src/text/address.ts';

/** A bounce or complaint that SES reports about a mail it took from us. */
export interface Notification {
  readonly kind: 'bounce' | 'complaint';
  /** SES's id of the mail. */
  readonly sesMessageId: string;
  /** One row per recipient that it names. */
  readonly rows: readonly BounceRow[];
}

/** Days that rows are kept, as in the reference system. */
const days = { transient: 1, bounce: 30, complaint: 730 };

/**
 * Reads what SNS carries: an identity's notification says `notificationType`, a configuration set's event `eventType`.
 * Undefined for anything else, such as the test message of a new topic.
 */
export function readNotification(message: string): Notification | undefined {
  const body = objectOf(parseJson(message));
  const mail = objectOf(body?.mail);
  const sesMessageId = text(mail?.messageId) ?? '';
  const type = text(body?.notificationType) ?? text(body?.eventType);
  const bounce = objectOf(body?.bounce);
  if (type === 'Bounce' && bounce !== undefined) {
    return { kind: 'bounce', sesMessageId, rows: bounceRows(bounce) };
  }
  const complaint = objectOf(body?.complaint);
  if (type === 'Complaint' && complaint !== undefined) {
    return { kind: 'complaint', sesMessageId, rows: complaintRows(complaint) };
  }
  return undefined;
}

type Json = Readonly<Record<string, unknown>>;

function bounceRows(bounce: Json): BounceRow[] {
  const bounceType = text(bounce.bounceType) ?? 'Undetermined';
  const kept = bounceType === 'Transient' ? days.transient : days.bounce;
  return recipientsOf(bounce.bouncedRecipients).map(({ destination, recipient }) => ({
    destination,
    ...times(bounce, kept),
    type: 'bounce',
    bounceType,
    ...texts(bounce, 'bounceSubType', 'feedbackId'),
    ...texts(recipient, 'action', 'status', 'diagnosticCode'),
  }));
}

function complaintRows(complaint: Json): BounceRow[] {
  return recipientsOf(complaint.complainedRecipients).map(({ destination }) => ({
    destination,
    ...times(complaint, days.complaint),
    type: 'complaint',
    ...texts(complaint, 'feedbackId', 'userAgent', 'complaintFeedbackType', 'arrivalDate'),
  }));
}

/** The report's own time makes the key, so that a repeated notification finds its row. */
function times(report: Json, kept: number): Pick<BounceRow, 'createdAt' | 'validUntil'> {
  const createdAt = Date.parse(text(report.timestamp) ?? '') || 0;
  return { createdAt, validUntil: Math.floor(createdAt / 1_000) + kept * 86_400 };
}

function recipientsOf(list: unknown): { destination: Address; recipient: Json }[] {
  return (Array.isArray(list) ? list : []).flatMap((entry: unknown) => {
    const recipient = objectOf(entry);
    const written = text(recipient?.emailAddress) ?? '';
    // A remote server may report `Name <local@domain>`.
    const destination = parseAddress(/<([^<>]*)>\s*$/.exec(written)?.[1] ?? written.trim()).value;
    return recipient === undefined || destination === undefined ? [] : [{ destination, recipient }];
  });
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
