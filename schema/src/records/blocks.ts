/**
 * A row of the Bounces table: `destination` (HASH) and `createdAt` (RANGE, epoch milliseconds). Rows of other tools may
 * lack any attribute but the keys.
 */
export interface BounceRow {
  readonly destination: string;
  readonly createdAt: number;
  /** Epoch seconds. The table forgets the row some time later, so its readers compare. */
  readonly validUntil?: number;
  readonly type?: 'bounce' | 'complaint';
  readonly bounceType?: string;
  readonly bounceSubType?: string;
  readonly action?: string;
  readonly status?: string;
  readonly diagnosticCode?: string;
  readonly feedbackId?: string;
  readonly userAgent?: string;
  readonly complaintFeedbackType?: string;
  readonly arrivalDate?: string;
}

/** How many rows block a destination, and whether it will pass within a day. */
export interface Block {
  readonly count: number;
  /** Only bounces that SES calls transient count; without them the destination would be free. */
  readonly transient: boolean;
  /** Epoch seconds at which the last row that counts ends. */
  readonly until: number;
}

/**
 * What the rows of one destination mean at `now` (epoch seconds). A permanent bounce and a complaint count at once;
 * others count together when there are `softLimit` of them; out-of-office answers, refusals of content and `not-spam`
 * reports do not count.
 */
export function blockOf(rows: readonly BounceRow[], now: number, softLimit: number): Block {
  const valid = rows.filter((row) => (row.validUntil ?? Number.POSITIVE_INFINITY) > now);
  const hard = valid.filter((row) => weigh(row) === 'hard');
  const soft = valid.filter((row) => weigh(row) === 'soft');
  const counted = soft.length >= softLimit ? [...hard, ...soft] : hard;
  return {
    count: counted.length,
    transient: hard.length === 0,
    until: counted.reduce((last, row) => Math.max(last, row.validUntil ?? Number.POSITIVE_INFINITY), 0),
  };
}

/** Counts for every destination that has a row, in one pass over the table. */
export function blockCounts(
  rows: readonly BounceRow[],
  now: number,
  softLimit: number,
): ReadonlyMap<string, number> {
  const byDestination = Map.groupBy(rows, (row) => row.destination);
  return new Map(
    [...byDestination].map(([destination, own]) => [destination, blockOf(own, now, softLimit).count]),
  );
}

function weigh(row: BounceRow): 'hard' | 'soft' | 'none' {
  if (row.type === 'complaint') return row.complaintFeedbackType === 'not-spam' ? 'none' : 'hard';
  if (isOutOfOffice(row) || contentFault(row) !== undefined) return 'none';
  return row.bounceType === undefined || row.bounceType === 'Permanent' ? 'hard' : 'soft';
}

/**
 * Out-of-office answers arrive as Transient/General (SES Developer Guide, "Amazon SNS notification contents"), but so do
 * failures. Only the latter have what a delivery report says of a recipient (RFC 3464 2.3).
 */
export function isOutOfOffice(
  row: Pick<BounceRow, 'bounceType' | 'bounceSubType' | 'action' | 'status' | 'diagnosticCode'>,
): boolean {
  const { bounceType, bounceSubType, action, status, diagnosticCode } = row;
  return bounceType === 'Transient' && bounceSubType === 'General' && !(action || status || diagnosticCode);
}

/** `policy`: taken for spam, as a rule; in a permanent bounce that status may be about the mailbox, and means nothing here. */
export type ContentFault = 'attachment' | 'content' | 'too-large' | 'policy';

/** What a bounce holds against the mail itself: anybody can write such a mail, so it must not block the mailbox. */
export function contentFault(row: BounceRow): ContentFault | undefined {
  const status = enhancedStatus(row);
  switch (row.bounceSubType) {
    case 'AttachmentRejected':
      return 'attachment';
    case 'ContentRejected':
      return 'content';
    case 'MessageTooLarge':
      return 'too-large';
    default:
      if (/^[45]\.6\.\d/.test(status)) return 'content';
      if (/^[45]\.(?:3\.4|2\.3)$/.test(status)) return 'too-large';
      return row.bounceType === 'Transient' && /^[45]\.7\.\d/.test(status) ? 'policy' : undefined;
  }
}

/**
 * The status of RFC 3463. Servers write it behind the reply code of their text (RFC 2034), where it says more than the
 * `5.0.0` that a report may have beside it; '' without one.
 */
function enhancedStatus({ status = '', diagnosticCode = '' }: BounceRow): string {
  return /\b[45]\d\d[ -]([45]\.\d{1,3}\.\d{1,3})\b/.exec(diagnosticCode)?.[1] ?? status;
}
