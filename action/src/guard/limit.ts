import type { Threshold } from '../../../schema/src/files/policy.ts';

/** How many of `total` may be touched without a word: a share, rounded down, but never less than the floor. */
export function limitOf({ atLeast, share }: Threshold, total: number): number {
  return Math.max(atLeast, Math.floor(share * total));
}

export interface Tally {
  /** A domain, or undefined for all of them together. */
  readonly domain: string | undefined;
  readonly count: number;
  readonly total: number;
}

/** The tallies over their limit, of each domain and of all together; a domain's own says more, so it comes first. */
export function overLimit(
  counts: ReadonlyMap<string, number>,
  totals: ReadonlyMap<string, number>,
  threshold: Threshold,
): Tally[] {
  const tallies: Tally[] = [...totals].map(([domain, total]) => ({
    domain,
    count: counts.get(domain) ?? 0,
    total,
  }));
  const sum = (of: Iterable<number>): number => [...of].reduce((a, b) => a + b, 0);
  tallies.push({ domain: undefined, count: sum(counts.values()), total: sum(totals.values()) });
  return tallies.filter(({ count, total }) => count > limitOf(threshold, total));
}

/** Counts by domain: one more for this one. */
export function tally(counts: Map<string, number>, domain: string): void {
  counts.set(domain, (counts.get(domain) ?? 0) + 1);
}

export function describe(tallies: readonly Tally[], what: string, threshold: Threshold): string {
  const named = tallies.filter(({ domain }) => domain !== undefined);
  return (named.length > 0 ? named : tallies)
    .map(({ domain, count, total }) => {
      const where = domain === undefined ? 'in all' : `of ${domain}`;
      return `${count} of ${total} aliases ${where} ${what} (the limit is ${limitOf(threshold, total)})`;
    })
    .join('; ');
}
