import type { Policy, Threshold } from '../../../schema/src/files/policy.ts';

/** How many addresses may change in each way without a word. */
export interface Limits {
  readonly removals: Threshold;
  readonly redirects: Threshold;
  /** Those that one mailbox is added to: somebody joins a few groups. */
  readonly readers: Threshold;
}

export function limitsOf({ guard }: Policy): Limits {
  return { ...guard, readers: { atLeast: 3, share: 0.3 } };
}

const none: Threshold = { atLeast: 0, share: 0 };

/** To name each address that changes, as small as the change may be. */
export const noLimits: Limits = { removals: none, redirects: none, readers: none };

/** How many of `total` may be touched without a word: a share, rounded down, but never less than the floor. */
export function limitOf({ atLeast, share }: Threshold, total: number): number {
  return Math.max(atLeast, Math.floor(share * total));
}
