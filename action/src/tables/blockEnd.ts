import type { Item } from './scan.ts';

/** Passing bounces of one day that count together, where the stage does not say otherwise. */
const softLimit = 3;

/**
 * Until when rows of the Bounces table block their mailbox, in epoch seconds; undefined when they do not. A permanent
 * bounce and a complaint count at once, others from the third on; out-of-office answers and `not-spam` reports do not.
 * DynamoDB removes expired rows hours or days late, so their end is compared.
 */
export function blockEnd(rows: readonly Item[], nowSeconds: number): number | undefined {
  const valid = rows.filter(({ validUntil }) => Number(validUntil) > nowSeconds);
  const hard = valid.filter((row) => weigh(row) === 'hard');
  const soft = valid.filter((row) => weigh(row) === 'soft');
  const counted = soft.length >= softLimit ? [...hard, ...soft] : hard;
  return counted.length === 0 ? undefined : Math.max(...counted.map(({ validUntil }) => Number(validUntil)));
}

function weigh({ type, bounceType, bounceSubType, complaintFeedbackType }: Item): 'hard' | 'soft' | 'none' {
  if (type === 'complaint') return complaintFeedbackType === 'not-spam' ? 'none' : 'hard';
  if (bounceType === undefined || bounceType === 'Permanent') return 'hard';
  return bounceType === 'Transient' && bounceSubType === 'General' ? 'none' : 'soft';
}
