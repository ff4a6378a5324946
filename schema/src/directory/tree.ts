import { destinationsOf } from '../records/aliasFields.ts';
import type { Definition } from '../records/records.ts';
import { type Address, joinAddress } from '../text/address.ts';
import { type Directory, follow, isExpired, type SkipReason } from './resolve.ts';

/** Why nothing is drawn below an alias: it reaches nobody, its own tree stands further up, or it is too deep. */
export type End = SkipReason | 'shown' | 'deep';

/** One destination of an alias, with what it leads to. */
export interface Branch {
  /** A mailbox or an alias; as written where it is neither. */
  readonly name: Address | string;
  readonly kind: 'mailbox' | 'alias';
  /** Absent where all that it leads to is drawn. */
  readonly end?: End;
  /** `YYYY-MM-DD`, of an expired alias. */
  readonly expires?: string;
  readonly branches: readonly Branch[];
}

/** Levels below the first alias: `check` refuses references that go deeper. */
const deepest = 20;

/**
 * Where the mail of an alias goes, as a tree: each alias with its destinations in written order, and with those
 * that contribute nobody. An alias to which several ways lead is drawn once, so that the tree never outgrows the files.
 */
export function branchesOf(directory: Directory, definition: Definition, today: string): Branch[] {
  const drawn = new Set<Address>();
  const open = new Set<Address>();

  const branchesBelow = (above: Definition, level: number): Branch[] => {
    const address = joinAddress(above.alias, above.domain);
    drawn.add(address);
    open.add(address);
    const branches = destinationsOf(above).map(({ value }, place): Branch => {
      const written = above.destinations[place] ?? '';
      if (value === undefined) return ended(written, 'malformed');
      const target = follow(directory, above.domain, value);
      if (target.kind === 'undefined') return ended(written, 'undefined');
      if (target.kind === 'mailbox') return { name: target.address, kind: 'mailbox', branches: [] };
      return aliasBranch(target.definition, level);
    });
    open.delete(address);
    return branches;
  };

  const aliasBranch = (target: Definition, level: number): Branch => {
    const name = joinAddress(target.alias, target.domain);
    if (!target.active) return ended(name, 'inactive');
    if (isExpired(target, today)) return { ...ended(name, 'expired'), expires: target.expires ?? '' };
    if (open.has(name)) return ended(name, 'cycle');
    if (drawn.has(name)) return ended(name, 'shown');
    if (level === deepest) return ended(name, 'deep');
    return { name, kind: 'alias', branches: branchesBelow(target, level + 1) };
  };

  return branchesBelow(definition, 1);
}

function ended(name: string, end: End): Branch {
  return { name, kind: 'alias', end, branches: [] };
}
