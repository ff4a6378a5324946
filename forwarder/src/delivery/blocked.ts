import { type BounceRow, blockOf } from '../../../schema/src/records/blocks.ts';

export interface Blocked {
  readonly destination: string;
  readonly bounces: number;
  /** `YYYY-MM-DD`, or undefined where a row has no end. */
  readonly until?: string;
  /** The latest reason, in the words of the server that gave it. */
  readonly reason?: string;
}

/**
 * The destinations that get no mail, in order.
 *
 * @param now epoch seconds
 */
export function listBlocked(
  rows: readonly BounceRow[],
  limits: { readonly bounceLimit: number; readonly softBounceLimit: number },
  now: number,
): Blocked[] {
  return [...Map.groupBy(rows, (row) => row.destination)]
    .flatMap(([destination, own]) => {
      const block = blockOf(own, now, limits.softBounceLimit);
      return block.count > limits.bounceLimit ? [blockedOf(destination, own, block)] : [];
    })
    .sort((a, b) => (a.destination < b.destination ? -1 : 1));
}

function blockedOf(
  destination: string,
  rows: readonly BounceRow[],
  { count, until }: { readonly count: number; readonly until: number },
): Blocked {
  const latest = rows.toSorted((a, b) => b.createdAt - a.createdAt)[0];
  const reason = latest?.type === 'complaint' ? 'complaint' : latest?.diagnosticCode;
  return {
    destination,
    bounces: count,
    ...(Number.isFinite(until) ? { until: new Date(until * 1_000).toISOString().slice(0, 10) } : {}),
    ...(reason === undefined ? {} : { reason }),
  };
}
