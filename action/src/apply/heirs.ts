import {
  type Address,
  joinAddress,
  parseAddress,
  splitAddress,
  withoutSubaddress,
} from '../../../schema/src/address.ts';
import type { Definition } from '../../../schema/src/records.ts';
import { type Directory, mainDomain } from '../../../schema/src/resolve.ts';
import type { DefinitionChange } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import { addressOf } from './depths.ts';
import { hasNobody } from './hasNobody.ts';

/**
 * Deletes that only let another alias answer: references to `board+x` mean `board` once `board+x` is gone. Each with
 * what that makes of it, an alias that leads to `board`; only where a reference is left that means it.
 */
export function heirsOf(
  plan: Plan,
  changes: readonly DefinitionChange[],
  today: string,
): Map<DefinitionChange, Definition> {
  const heirs = new Map<DefinitionChange, Definition>();
  const byAddress = new Map<Address, readonly [DefinitionChange, Definition]>();
  for (const change of changes) {
    if (change.kind !== 'delete') continue;
    const { record } = change.before;
    const base = withoutSubaddress(record.alias);
    const heir = base === undefined ? undefined : plan.after.definitions.get(record.domain)?.get(base);
    if (heir === undefined || hasNobody(plan.after, heir, today)) continue;
    const { domain, alias, type } = record;
    const merged = { domain, alias, type, active: true, destinations: [addressOf(heir)] };
    byAddress.set(addressOf(record), [change, merged]);
  }
  if (byAddress.size === 0) return heirs;
  for (const aliases of plan.after.definitions.values()) {
    for (const { domain, destinations } of aliases.values()) {
      for (const reference of destinations) {
        const address = exactAddress(plan.after, domain, reference);
        const [change, heir] = (address === undefined ? undefined : byAddress.get(address)) ?? [];
        if (change !== undefined && heir !== undefined) heirs.set(change, heir);
      }
    }
  }
  return heirs;
}

/** What each change makes of its alias. */
export function aftersOf(
  changes: readonly DefinitionChange[],
  heirs: ReadonlyMap<DefinitionChange, Definition>,
): Map<DefinitionChange, Definition> {
  return new Map(
    changes.flatMap((change) => {
      const after = change.kind === 'delete' ? heirs.get(change) : change.after;
      return after === undefined ? [] : [[change, after] as const];
    }),
  );
}

/** The directory in which what answers for these aliases has their names. */
export function withHeirs(directory: Directory, heirs: Iterable<Definition>): Directory {
  const definitions = new Map(directory.definitions);
  for (const [domain, own] of Map.groupBy(heirs, (heir) => heir.domain)) {
    const named = own.map((heir) => [heir.alias, heir] as const);
    definitions.set(domain, new Map([...(definitions.get(domain) ?? []), ...named]));
  }
  return { ...directory, definitions };
}

function exactAddress(directory: Directory, domain: string, reference: string): Address | undefined {
  const parsed = parseAddress(reference.includes('@') ? reference : `${reference}@${domain}`);
  if (parsed.value === undefined) return undefined;
  const { local, domain: given } = splitAddress(parsed.value);
  return joinAddress(local, mainDomain(directory, given));
}
