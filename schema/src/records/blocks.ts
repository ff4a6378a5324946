import type { BounceRow } from './bounceRow.ts';

/** What a bounce says of its reason. */
type Report = Pick<BounceRow, 'bounceType' | 'bounceSubType' | 'action' | 'status' | 'diagnosticCode'>;

/** How many rows block a destination, and whether it will pass within a day. */
export interface Block {
  readonly count: number;
  /** Nothing counts that would last: without these rows the destination would be free. */
  readonly transient: boolean;
  /** Epoch seconds at which the last row that counts ends. */
  readonly until: number;
}

/**
 * What the rows of one destination mean at `now` (epoch seconds). A report that there is no such mailbox, and a complaint,
 * count at once and until the row ends. Other failures block together when there are `softLimit` of them within a day, and
 * for some hours only; out-of-office answers, refusals of what one mail holds and `not-spam` reports do not count.
 */
export function blockOf(rows: readonly BounceRow[], now: number, softLimit: number): Block {
  const valid = rows.filter((row) => (row.validUntil ?? Number.POSITIVE_INFINITY) > now);
  const hard = valid.filter((row) => weigh(row) === 'hard');
  const soft = valid.filter((row) => weigh(row) === 'soft');
  const passes = endOfPassing(soft, softLimit);
  const isPassing = passes > now;
  return {
    count: hard.length + (isPassing ? soft.length : 0),
    transient: hard.length === 0,
    until: hard.reduce(
      (last, row) => Math.max(last, row.validUntil ?? Number.POSITIVE_INFINITY),
      isPassing ? passes : 0,
    ),
  };
}

/**
 * When a destination that is blocked was unblocked last, in epoch seconds, where mail to it came back within a week of
 * that; undefined where it is not blocked, or was not unblocked.
 */
export function unblockedBefore(
  rows: readonly BounceRow[],
  now: number,
  softLimit: number,
): number | undefined {
  const times = rows.flatMap(({ unblockedAt }) => unblockedAt ?? []);
  return times.length > 0 && blockOf(rows, now, softLimit).count > 0 ? Math.max(...times) : undefined;
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

/** Soft bounces that are further apart than this say nothing together. */
const day = 86_400;
/**
 * Mail is tried for 20 hours, every 4 hours at least: the block ends so long before that what came at its beginning is
 * tried once more, and not given up.
 */
const passingTime = 16 * 3_600;

/**
 * When the last block of soft bounces ends, in epoch seconds; 0 where there was none. What is reported while it lasts is
 * about mail that was sent before it, and does not prolong it.
 */
function endOfPassing(soft: readonly BounceRow[], limit: number): number {
  let end = 0;
  let counted: number[] = [];
  for (const at of soft.map(({ createdAt }) => createdAt).sort((a, b) => a - b)) {
    if (at < end) continue;
    counted = [...counted.filter((earlier) => at - earlier < day), at];
    if (counted.length < limit) continue;
    end = at + passingTime;
    counted = [];
  }
  return end;
}

function weigh(row: BounceRow): 'hard' | 'soft' | 'none' {
  if (row.type === 'complaint') return row.complaintFeedbackType === 'not-spam' ? 'none' : 'hard';
  if (isOutOfOffice(row) || contentFault(row) !== undefined) return 'none';
  return saysNoMailbox(row) ? 'hard' : 'soft';
}

/** The subtypes of a permanent bounce that are about the address: SES knows that mail to it bounces. */
const noMailbox: ReadonlySet<string> = new Set(['NoEmail', 'Suppressed', 'OnAccountSuppressionList']);

/**
 * Whether a permanent bounce is about the mailbox, and not about one mail, its sender or a rule of the server: X.1.x (but
 * for X.1.7 and X.1.8, a bad sender) and X.2.1, a disabled mailbox (RFC 3463 3.2, 3.3). A row that gives no reason at all
 * was written by hand, or by another tool.
 */
function saysNoMailbox(row: Report): boolean {
  const { bounceType = 'Permanent', bounceSubType = '' } = row;
  if (bounceType !== 'Permanent') return false;
  const status = enhancedStatus(row);
  if (noMailbox.has(bounceSubType) || /^5\.(?:1\.(?![78]$)|2\.1$)/.test(status)) return true;
  return bounceSubType === '' && status === '' && !row.diagnosticCode;
}

/**
 * Out-of-office answers arrive as Transient/General (SES Developer Guide, "Amazon SNS notification contents"), but so do
 * failures. Only the latter have what a delivery report says of a recipient (RFC 3464 2.3).
 */
export function isOutOfOffice(report: Report): boolean {
  const { bounceType, bounceSubType, action, status, diagnosticCode } = report;
  return bounceType === 'Transient' && bounceSubType === 'General' && !(action || status || diagnosticCode);
}

/**
 * `policy`: taken for spam, as a rule; in a permanent bounce that status may be about the mailbox, and means nothing here.
 * `loop`: its header says that the mailbox had it already.
 */
export type ContentFault = 'attachment' | 'content' | 'too-large' | 'policy' | 'loop';

/** What a bounce holds against the mail itself: anybody can write such a mail, so it must not block the mailbox. */
export function contentFault(row: Report): ContentFault | undefined {
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
      if (/^[45]\.4\.6$/.test(status)) return 'loop';
      return row.bounceType === 'Transient' && /^[45]\.7\.\d/.test(status) ? 'policy' : undefined;
  }
}

/**
 * The status of RFC 3463. Servers write it behind the reply code of their text (RFC 2034), where it says more than the
 * `5.0.0` that a report may have beside it; '' without one.
 */
function enhancedStatus({ status = '', diagnosticCode = '' }: Report): string {
  return /\b[45]\d\d[ -]([45]\.\d{1,3}\.\d{1,3})\b/.exec(diagnosticCode)?.[1] ?? status;
}
