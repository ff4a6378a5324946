import type { BuildLease } from './lease.ts';

/** A lease in memory, with the conditions of the row's. */
export function fakeLease(): BuildLease {
  const row: { holder?: string | undefined; until: number; again: boolean } = { until: 0, again: false };
  return {
    async take(holder, now, until) {
      if (row.holder !== undefined && row.holder !== holder && row.until >= now) return false;
      Object.assign(row, { holder, until, again: false });
      return true;
    },
    async askAgain(now) {
      if (row.holder === undefined || row.until < now) return false;
      row.again = true;
      return true;
    },
    async release(holder) {
      if (row.holder !== holder || row.again) return false;
      row.holder = undefined;
      return true;
    },
    async publish(holder) {
      return row.holder === holder;
    },
    async renew(holder, until) {
      if (row.holder !== holder) return false;
      row.until = until;
      return true;
    },
  };
}
