import { type Address, parseAddress, splitAddress } from '../../../schema/src/address.ts';
import type { Definition } from '../../../schema/src/records.ts';
import type { Directory } from '../../../schema/src/resolve.ts';
import type { DefinitionChange, DomainChange } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import { addressOf, depthsOf } from './depths.ts';

/** Alias domains that come, go or lead to another domain afterwards. */
export function movedDomains({ before, after }: Plan): Set<string> {
  const all = [...before.aliasDomains.keys(), ...after.aliasDomains.keys()];
  return new Set(all.filter((domain) => before.aliasDomains.get(domain) !== after.aliasDomains.get(domain)));
}

export function isMoved(change: DomainChange, moved: ReadonlySet<string>): boolean {
  const { domain } = change.kind === 'delete' ? change.before.record : change.after;
  return moved.has(domain);
}

/**
 * The changes, of those whose `definitions` are given, that lead through a moved domain in `directory`: what they give,
 * or gave, holds only while the domain stands as it does there, so they are written with its row.
 */
export function movingOf(
  directory: Directory,
  definitions: ReadonlyMap<DefinitionChange, Definition>,
  moved: ReadonlySet<string>,
  today: string,
): Set<DefinitionChange> {
  if (moved.size === 0) return new Set();
  const direct = new Set<Address>();
  for (const aliases of directory.definitions.values()) {
    for (const definition of aliases.values()) {
      if (definition.destinations.some((to) => moved.has(domainOf(to)))) direct.add(addressOf(definition));
    }
  }
  const behind = depthsOf(directory, definitions.values(), direct, today);
  const moving = [...definitions].filter(([, definition]) => {
    const address = addressOf(definition);
    return direct.has(address) || (behind.get(address) ?? 0) > 0;
  });
  return new Set(moving.map(([change]) => change));
}

/** The domain of a destination that names one. */
function domainOf(destination: string): string {
  const { value } = parseAddress(destination);
  return value === undefined ? '' : splitAddress(value).domain;
}
