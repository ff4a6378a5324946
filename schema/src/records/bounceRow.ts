import { foldName, parseAddress } from '../text/address.ts';

/** A row of the Bounces table. Rows of other tools may lack any attribute but the keys. */
export interface BounceRow {
  /** Folded where it is an address. */
  readonly destination: string;
  /** Epoch seconds; a fraction keeps the reports of one second apart. */
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
  /** Ours: when the destination was unblocked, in epoch seconds, where that was less than a week before the report. */
  readonly unblockedAt?: number;
}

/** `destination` (HASH) and `createdAt` (RANGE) as they are stored: capitals and milliseconds included. */
export type BounceKey = Pick<BounceRow, 'destination' | 'createdAt'>;

/** A row as it stands in the table: what it means, and the key it is stored under. */
export interface StoredBounce extends BounceRow {
  readonly key: BounceKey;
}

const texts = [
  'bounceType',
  'bounceSubType',
  'action',
  'status',
  'diagnosticCode',
  'feedbackId',
  'userAgent',
  'complaintFeedbackType',
  'arrivalDate',
] as const;

/** Reads an item; what has the wrong type counts as absent, so that an end that is no number is none. */
export function readBounceRow(item: Readonly<Record<string, unknown>>): StoredBounce {
  const key = { destination: String(item.destination), createdAt: Number(item.createdAt) };
  const validUntil = item.validUntil === undefined ? Number.NaN : Number(item.validUntil);
  const type = (['bounce', 'complaint'] as const).find((known) => known === item.type);
  const unblockedAt = Number(item.unblockedAt ?? Number.NaN);
  const said = texts.flatMap((name) => (typeof item[name] === 'string' ? [[name, item[name]]] : []));
  return {
    ...(Object.fromEntries(said) as Partial<Record<(typeof texts)[number], string>>),
    destination: foldDestination(key.destination),
    createdAt: key.createdAt >= firstMilliseconds ? key.createdAt / 1_000 : key.createdAt,
    ...(Number.isNaN(validUntil) ? {} : { validUntil }),
    ...(type === undefined ? {} : { type }),
    ...(Number.isNaN(unblockedAt) ? {} : { unblockedAt }),
    key,
  };
}

/** No time in seconds is as late as this, and none in milliseconds that a bounce may have is as early. */
const firstMilliseconds = 1e11;

/** The reference keeps an address as a server reports it, in capitals or not. */
function foldDestination(text: string): string {
  return parseAddress(text.trim()).value ?? foldName(text.trim());
}
