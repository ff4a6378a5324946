/** The latest moment that a date can be, in epoch seconds (ECMA-262, 21.4.1.1). */
const latest = 8.64e12;

/** What follows "blocked until": a time (ISO 8601, UTC), or what ends a block that does not pass. Takes epoch seconds. */
export function blockEnd(until: number): string {
  return until <= latest ? new Date(until * 1000).toISOString() : 'somebody unblocks it';
}
