import { type Address, joinAddress, parseAddress, splitAddress } from '../../../schema/src/address.ts';
import { type Directory, follow } from '../../../schema/src/resolve.ts';
import type { Change } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';

export interface Bridges {
  readonly opening: ReadonlySet<Change>;
  readonly closing: ReadonlySet<Change>;
}

/**
 * A destination at a domain that is not managed is a mailbox; from the domain's first row on it is a reference. Those
 * that aliases elsewhere already name must come with that first row, all at once, or the aliases would reach nobody
 * in between; and go with the last one where a domain is given up.
 */
export function bridgesOf(plan: Plan): Bridges {
  const opened = new Set(
    [...plan.after.definitions.keys()].filter((domain) => !plan.before.domains.has(domain)),
  );
  const closed = new Set(
    [...plan.before.definitions.keys()].filter((domain) => !plan.after.domains.has(domain)),
  );
  return {
    opening: named(plan, ['create', 'update'], reachedFrom(plan.before, plan.after, opened)),
    closing: named(plan, ['delete'], reachedFrom(plan.after, plan.before, closed)),
  };
}

function named(plan: Plan, kinds: readonly Change['kind'][], addresses: ReadonlySet<Address>): Set<Change> {
  if (addresses.size === 0) return new Set();
  return new Set(
    plan.changes.filter(
      ({ kind, key }) =>
        kinds.includes(kind) && key.alias !== undefined && addresses.has(joinAddress(key.alias, key.domain)),
    ),
  );
}

/** The aliases of these domains, in `target`, that the definitions in `source` lead to as if to mailboxes. */
function reachedFrom(source: Directory, target: Directory, domains: ReadonlySet<string>): Set<Address> {
  const reached = new Set<Address>();
  if (domains.size === 0) return reached;
  const queue: { readonly domain: string; readonly reference: string }[] = [];
  for (const aliases of source.definitions.values()) {
    for (const { domain, destinations } of aliases.values()) {
      for (const reference of destinations) {
        const parsed = parseAddress(reference);
        if (parsed.value !== undefined && domains.has(splitAddress(parsed.value).domain)) {
          queue.push({ domain, reference });
        }
      }
    }
  }
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const found = follow(target, next.domain, next.reference);
    if (typeof found === 'string' || !('definition' in found)) continue;
    const { alias, domain, destinations } = found.definition;
    const address = joinAddress(alias, domain);
    if (reached.has(address)) continue;
    reached.add(address);
    for (const reference of destinations) queue.push({ domain, reference });
  }
  return reached;
}
