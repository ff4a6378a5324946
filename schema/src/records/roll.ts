import { createHash } from 'node:crypto';
import type { Records } from './records.ts';

/**
 * Which aliases the last sync left in each domain, alias domains included. A row that is on the roll and not in the
 * table was deleted by somebody else. In the Domains table the roll of a domain is the row `#roll DOMAIN`.
 */
export type Rolls = ReadonlyMap<string, Roll>;

/** The marks of a domain's aliases. */
export type Roll = ReadonlySet<string>;

/** A roll to write; without `roll` it is taken away. */
export interface RollChange {
  readonly domain: string;
  readonly roll?: Roll;
}

const keyPrefix = '#roll ';
/** Characters, all of them in one text: a file of 1 MB holds too few aliases for the 400 KB of an item (AWS quota). */
const markLength = 8;

/** The key of a domain's roll in the Domains table. */
export function rollKey(domain: string): string {
  return `${keyPrefix}${domain}`;
}

/** The domain and its roll, where an item of the Domains table is one. */
export function readRoll(item: Readonly<Record<string, unknown>>): readonly [string, Roll] | undefined {
  const { domain, aliases } = item;
  if (typeof domain !== 'string' || !domain.startsWith(keyPrefix)) return undefined;
  const text = typeof aliases === 'string' ? aliases : '';
  const roll = new Set<string>();
  for (let start = 0; start < text.length; start += markLength)
    roll.add(text.slice(start, start + markLength));
  return [domain.slice(keyPrefix.length), roll];
}

/** The item of the Domains table that `readRoll` reads. */
export function rollItem(domain: string, roll: Roll): Record<string, unknown> {
  return { domain: rollKey(domain), aliases: [...roll].sort().join('') };
}

export function isOnRoll(roll: Roll, alias: string): boolean {
  return roll.has(markOf(alias));
}

/** What must be written so that the rolls say what a sync of these records leaves; domains that are kept stay as they are. */
export function rollChanges(
  rolls: Rolls,
  { definitions, domains }: Records,
  kept: { has(domain: string): boolean },
): RollChange[] {
  const after = new Map<string, Set<string>>(domains.map(({ domain }) => [domain, new Set()]));
  for (const { domain, alias } of definitions) {
    const roll = after.get(domain) ?? new Set();
    after.set(domain, roll.add(markOf(alias)));
  }
  const changes: RollChange[] = [];
  for (const [domain, roll] of after) {
    if (!kept.has(domain) && !isSame(rolls.get(domain), roll)) changes.push({ domain, roll });
  }
  for (const domain of rolls.keys()) {
    if (!kept.has(domain) && !after.has(domain)) changes.push({ domain });
  }
  return changes;
}

function isSame(before: Roll | undefined, after: Roll): boolean {
  return before?.size === after.size && [...after].every((mark) => before.has(mark));
}

/** 48 bits: of 10,000 aliases one in 28 thousand million new names is taken for one that was there. */
function markOf(alias: string): string {
  return createHash('sha256').update(alias).digest('base64url').slice(0, markLength);
}
