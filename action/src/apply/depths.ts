import { type Address, joinAddress } from '../../../schema/src/address.ts';
import type { Definition } from '../../../schema/src/records.ts';
import { type Directory, follow, isInForce } from '../../../schema/src/resolve.ts';

/**
 * How many of the `counted` aliases lie behind each of the starts, on the longest way of references. As mail does, the
 * walk passes by what is not in force. It keeps its own stack, so that a chain of any length ends; what a cycle leads
 * back to counts as not there.
 */
export function depthsOf(
  directory: Directory,
  starts: Iterable<Definition>,
  counted: ReadonlySet<Address>,
  today: string,
): Map<Address, number> {
  const depths = new Map<Address, number>();
  const open = new Set<Address>();
  for (const start of starts) {
    if (depths.has(addressOf(start))) continue;
    const stack = [frameOf(directory, start, today)];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      open.add(top.address);
      const next = top.targets[top.next];
      if (next === undefined) {
        stack.pop();
        open.delete(top.address);
        depths.set(top.address, deepest(top.targets, depths, counted));
        continue;
      }
      top.next += 1;
      const address = addressOf(next);
      if (!depths.has(address) && !open.has(address)) stack.push(frameOf(directory, next, today));
    }
  }
  return depths;
}

interface Frame {
  readonly address: Address;
  readonly targets: readonly Definition[];
  next: number;
}

function frameOf(directory: Directory, definition: Definition, today: string): Frame {
  return { address: addressOf(definition), targets: referencesOf(directory, definition, today), next: 0 };
}

function deepest(
  targets: readonly Definition[],
  depths: ReadonlyMap<Address, number>,
  counted: ReadonlySet<Address>,
): number {
  let depth = 0;
  for (const target of targets) {
    const address = addressOf(target);
    depth = Math.max(depth, (depths.get(address) ?? 0) + (counted.has(address) ? 1 : 0));
  }
  return depth;
}

function referencesOf(directory: Directory, definition: Definition, today: string): Definition[] {
  const targets: Definition[] = [];
  for (const reference of definition.destinations) {
    const target = follow(directory, definition.domain, reference);
    if (typeof target === 'string' || !('definition' in target)) continue;
    if (isInForce(target.definition, today)) targets.push(target.definition);
  }
  return targets;
}

export function addressOf({ alias, domain }: Definition): Address {
  return joinAddress(alias, domain);
}
