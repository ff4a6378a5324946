import { type Address, joinAddress } from '../../../schema/src/address.ts';
import type { Definition } from '../../../schema/src/records.ts';
import { type Directory, follow, isInForce, resolve } from '../../../schema/src/resolve.ts';
import type { DefinitionChange } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';

/**
 * Changes in layers: each refers, through other aliases or directly, only to changes of layers before it, so that it
 * reaches its final mailboxes the moment it is written. Creates come before updates unless they need one. As many
 * layers as references are deep (the language allows 20).
 */
export function layersOf(
  plan: Plan,
  changes: readonly DefinitionChange[],
  today: string,
): DefinitionChange[][] {
  const pending = new Map<Address, DefinitionChange[]>();
  for (const change of changes) {
    if (change.kind === 'delete') continue;
    const address = joinAddress(change.after.alias, change.after.domain);
    pending.set(address, [...(pending.get(address) ?? []), change]);
  }
  const gaining = new Set<Address>();
  for (const [address, group] of pending) {
    if (group.some((change) => gains(plan, change, today))) gaining.add(address);
  }
  const depths = depthsOf(plan.after, pending, gaining);
  const creates: DefinitionChange[][] = [];
  const others: DefinitionChange[][] = [];
  for (const [address, group] of pending) {
    const { depth, needsUpdate } = depths.get(address) ?? { depth: 0, needsUpdate: false };
    for (const change of group) {
      const into = change.kind === 'create' && !needsUpdate ? creates : others;
      const layer = into[depth];
      if (layer === undefined) into[depth] = [change];
      else layer.push(change);
    }
  }
  return [...creates, ...others].filter((layer) => layer !== undefined);
}

/** An alias that had nobody: a create that leads to it would have nobody either, were it written first. */
function gains(plan: Plan, change: DefinitionChange, today: string): boolean {
  if (change.kind !== 'update') return false;
  const before = change.before.record;
  return !isInForce(before, today) || resolve(plan.before, before, today).destinations.length === 0;
}

interface Depth {
  /** How many changes stand behind this one, on the longest way. */
  readonly depth: number;
  /** Whether one of them is an update of an alias that had nobody. */
  readonly needsUpdate: boolean;
}

/** Depths by address, by a walk that keeps its own stack; what a cycle leads back to counts as not there. */
function depthsOf(
  directory: Directory,
  pending: ReadonlyMap<Address, readonly DefinitionChange[]>,
  gaining: ReadonlySet<Address>,
): Map<Address, Depth> {
  const depths = new Map<Address, Depth>();
  const open = new Set<Address>();
  for (const start of pending.keys()) {
    const definition = definitionAt(pending, start);
    if (definition === undefined || depths.has(start)) continue;
    const stack = [definition];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const address = joinAddress(top.alias, top.domain);
      const targets = referencesOf(directory, top);
      const next = targets.find((target) => !depths.has(addressOf(target)) && !open.has(addressOf(target)));
      open.add(address);
      if (next !== undefined && addressOf(next) !== address) {
        stack.push(next);
        continue;
      }
      stack.pop();
      open.delete(address);
      depths.set(address, combine(targets, depths, pending, gaining));
    }
  }
  return depths;
}

function combine(
  targets: readonly Definition[],
  depths: ReadonlyMap<Address, Depth>,
  pending: ReadonlyMap<Address, readonly DefinitionChange[]>,
  gaining: ReadonlySet<Address>,
): Depth {
  let depth = 0;
  let needsUpdate = false;
  for (const target of targets) {
    const address = addressOf(target);
    const behind = depths.get(address) ?? { depth: 0, needsUpdate: false };
    depth = Math.max(depth, behind.depth + (pending.has(address) ? 1 : 0));
    needsUpdate ||= behind.needsUpdate || gaining.has(address);
  }
  return { depth, needsUpdate };
}

function referencesOf(directory: Directory, definition: Definition): Definition[] {
  const targets: Definition[] = [];
  for (const reference of definition.destinations) {
    const target = follow(directory, definition.domain, reference);
    if (typeof target !== 'string' && 'definition' in target) targets.push(target.definition);
  }
  return targets;
}

function addressOf({ alias, domain }: Definition): Address {
  return joinAddress(alias, domain);
}

function definitionAt(
  pending: ReadonlyMap<Address, readonly DefinitionChange[]>,
  address: Address,
): Definition | undefined {
  const change = pending.get(address)?.[0];
  return change === undefined || change.kind === 'delete' ? undefined : change.after;
}
