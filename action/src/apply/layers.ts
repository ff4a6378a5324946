import { type Address, withoutSubaddress } from '../../../schema/src/address.ts';
import type { Definition } from '../../../schema/src/records.ts';
import type { Directory } from '../../../schema/src/resolve.ts';
import type { DefinitionChange } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import { addressOf, depthsOf } from './depths.ts';
import { hasNobody } from './hasNobody.ts';
import { aftersOf, withHeirs } from './heirs.ts';

/**
 * What gives mail, in layers: each refers, through other aliases or directly, only to changes of layers before it, so
 * that it reaches its final mailboxes the moment it is written. Creates come before updates, but for those that lead
 * to an alias that has its people by a late write only. A delete with an heir counts as an update to that. As many
 * layers as references are deep (the language allows 20).
 */
export function givingLayers(
  plan: Plan,
  changes: readonly DefinitionChange[],
  heirs: ReadonlyMap<DefinitionChange, Definition>,
  today: string,
): DefinitionChange[][] {
  const after = withHeirs(plan.after, heirs.values());
  const afters = aftersOf(changes, heirs);
  const written = [...afters.values()];
  const late = new Set<Address>();
  for (const [change, definition] of afters) {
    const isLate =
      change.kind === 'create'
        ? takesFromBase(plan.before, definition)
        : hasNobody(plan.before, change.before.record, today);
    if (isLate) late.add(addressOf(definition));
  }
  const depths = depthsOf(after, written, new Set(written.map(addressOf)), today);
  const needs = depthsOf(after, written, late, today);
  const isEarly = (change: DefinitionChange): boolean => {
    if (change.kind !== 'create') return false;
    const address = addressOf(change.after);
    return !late.has(address) && (needs.get(address) ?? 0) === 0;
  };
  const depthOf = (change: DefinitionChange): number => {
    const definition = afters.get(change);
    return definition === undefined ? 0 : (depths.get(addressOf(definition)) ?? 0);
  };
  return [
    ...byDepth(changes.filter(isEarly), depthOf),
    ...byDepth(
      changes.filter((change) => !isEarly(change)),
      depthOf,
    ),
  ];
}

/**
 * What takes mail away, in layers: each before the aliases that it refers to. New ones without anybody end it: `board+x`
 * stands in front of `board` from then on.
 */
export function takingLayers(
  plan: Plan,
  changes: readonly DefinitionChange[],
  today: string,
): DefinitionChange[][] {
  const takes = beforesOf(changes);
  const depths = depthsOf(plan.before, takes.values(), new Set([...takes.values()].map(addressOf)), today);
  const depthOf = (change: DefinitionChange): number => {
    const before = takes.get(change);
    return before === undefined ? 0 : (depths.get(addressOf(before)) ?? 0);
  };
  const creates = changes.filter(({ kind }) => kind === 'create');
  const others = changes.filter(({ kind }) => kind !== 'create');
  return [...byDepth(others, depthOf).reverse(), ...(creates.length === 0 ? [] : [creates])];
}

/** What each change finds. */
export function beforesOf(changes: readonly DefinitionChange[]): Map<DefinitionChange, Definition> {
  return new Map(
    changes.flatMap((change) => (change.kind === 'create' ? [] : [[change, change.before.record] as const])),
  );
}

/** References to `board+x` meant `board` so far: what the new alias leads to may still lead there. */
function takesFromBase({ definitions }: Directory, { alias, domain }: Definition): boolean {
  const base = withoutSubaddress(alias);
  return base !== undefined && definitions.get(domain)?.has(base) === true;
}

/** Shallow ones first. */
function byDepth(
  changes: readonly DefinitionChange[],
  depthOf: (change: DefinitionChange) => number,
): DefinitionChange[][] {
  const layers: DefinitionChange[][] = [];
  for (const change of changes) {
    const depth = depthOf(change);
    const layer = layers[depth];
    if (layer === undefined) layers[depth] = [change];
    else layer.push(change);
  }
  return layers.filter((layer) => layer !== undefined);
}
