import { explain, lookup } from '../../../schema/src/directory/resolve.ts';
import { splitAddress } from '../../../schema/src/text/address.ts';
import { definedAddresses } from '../plan/plan.ts';
import { describe, overLimit, tally } from './limit.ts';
import type { Judge } from './reason.ts';

/**
 * More addresses than the policy lets pass, of those that stay, would lose all their former recipients and reach
 * others instead. Counted by what mail does, so that one mailbox behind many groups counts for each of them.
 */
export const massRedirect: Judge = ({ plan, policy, moment }) => {
  const threshold = policy.guard.redirects;
  const totals = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const address of definedAddresses(plan.before, plan.after)) {
    const was = lookup(plan.before, address, moment);
    const is = lookup(plan.after, address, moment);
    if (was.matched !== 'exact' || is.matched !== 'exact') continue;
    if (was.status !== 'active' || is.status !== 'active') continue;
    const { domain } = splitAddress(address);
    tally(totals, domain);
    const before = explain(plan.before, address, moment).destinations;
    const after = new Set(explain(plan.after, address, moment).destinations);
    if (before.length > 0 && !before.some((mailbox) => after.has(mailbox))) tally(counts, domain);
  }
  const over = overLimit(counts, totals, threshold);
  if (over.length === 0) return [];
  const message = `${describe(over, 'would lose all their former recipients', threshold)}.`;
  return [{ code: 'mass-redirect', message }];
};
