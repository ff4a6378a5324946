import type { Address } from '../../../schema/src/address.ts';
import type { Definition } from '../../../schema/src/records.ts';
import { type Directory, isInForce, resolve } from '../../../schema/src/resolve.ts';
import type { DefinitionChange } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import { addressOf, depthsOf } from './depths.ts';

/**
 * What gives mail, in layers: each refers, through other aliases or directly, only to changes of layers before it, so
 * that it reaches its final mailboxes the moment it is written. Creates come before updates, but for those that lead
 * to an alias that has nobody yet. As many layers as references are deep (the language allows 20).
 */
export function givingLayers(
  plan: Plan,
  changes: readonly DefinitionChange[],
  today: string,
): DefinitionChange[][] {
  const definitions = changes.flatMap((change) => (change.kind === 'delete' ? [] : [change.after]));
  const depths = depthsOf(plan.after, definitions, new Set(definitions.map(addressOf)));
  const gaining = new Set<Address>();
  for (const change of changes) {
    if (change.kind === 'update' && hasNobody(plan.before, change.before.record, today)) {
      gaining.add(addressOf(change.after));
    }
  }
  const needs = depthsOf(plan.after, definitions, gaining);
  const isEarly = (change: DefinitionChange): boolean =>
    change.kind === 'create' && (needs.get(addressOf(change.after)) ?? 0) === 0;
  const depthOf = (change: DefinitionChange): number =>
    change.kind === 'delete' ? 0 : (depths.get(addressOf(change.after)) ?? 0);
  return [
    ...byDepth(changes.filter(isEarly), depthOf),
    ...byDepth(
      changes.filter((change) => !isEarly(change)),
      depthOf,
    ),
  ];
}

/**
 * What takes mail away, in layers: first what has nobody anyhow, since it may stand before a catch-all that has; then
 * each before the aliases that it refers to.
 */
export function takingLayers(
  plan: Plan,
  changes: readonly DefinitionChange[],
  today: string,
): DefinitionChange[][] {
  const takes = changes.flatMap((change) => (change.kind === 'create' ? [] : [change.before.record]));
  const depths = depthsOf(plan.before, takes, new Set(takes.map(addressOf)));
  const isEmpty = (change: DefinitionChange): boolean =>
    change.kind === 'delete' && hasNobody(plan.before, change.before.record, today);
  const depthOf = (change: DefinitionChange): number =>
    change.kind === 'create' ? 0 : (depths.get(addressOf(change.before.record)) ?? 0);
  const first = changes.filter(isEmpty);
  const rest = changes.filter((change) => !isEmpty(change));
  return [...(first.length === 0 ? [] : [first]), ...byDepth(rest, depthOf).reverse()];
}

export function hasNobody(directory: Directory, definition: Definition, today: string): boolean {
  if (!isInForce(definition, today)) return true;
  return resolve(directory, definition, today).destinations.length === 0;
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
