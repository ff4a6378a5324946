/** Seconds. While an attempt may be under way nobody else begins one. */
export const leaseTime = 300;
const longest = 4 * 3_600;

/** Seconds until the next attempt after `attempts` of them: 5 minutes, doubled each time up to 4 hours. */
export function backOff(attempts: number): number {
  return Math.min(longest, leaseTime * 2 ** Math.max(0, attempts - 1));
}

/** Seconds. After a day less the time that an answer to the sender needs (SES takes one for 24 hours). */
export const tryingTime = 20 * 3_600;
