import { isExpired, type Moment } from '../../../schema/src/directory/resolve.ts';
import type { Definition } from '../../../schema/src/records/records.ts';
import { catchAll } from '../../../schema/src/text/address.ts';
import { compareText } from '../../../schema/src/text/diagnostic.ts';

/** What the build of `DanielMuller/ses-email-forward` makes of an alias otherwise than ours does. */
export interface Stumble {
  readonly address: string;
  /**
   * `stops`: the build of the whole domain ends here, so that none of its changes arrives any more. `revives`: the alias
   * gets mail again. `dead`: it gets none.
   */
  readonly kind: 'stops' | 'revives' | 'dead';
  /** A clause that says why. */
  readonly reason: string;
}

/** What that build stumbles over, of these definitions. Sorted by address. */
export function formerStumbles(
  definitions: readonly Definition[],
  { today }: Pick<Moment, 'today'>,
): Stumble[] {
  const domains = Map.groupBy(
    definitions.filter(({ active, alias }) => active || alias === catchAll),
    ({ domain }) => domain,
  );
  const found = [...domains].flatMap(([domain, own]) => {
    const active = new Map(own.filter((one) => one.active).map((one) => [one.alias, one]));
    const leads = new Map([...active].map(([alias, one]) => [alias, referencesOf(one)]));
    return [...active.values()].flatMap((one): Stumble[] => {
      const address = `${one.alias}@${domain}`;
      const stops = brokenReference(one, leads) ?? circle(one.alias, leads);
      return [
        ...(stops === undefined ? [] : [{ address, kind: 'stops' as const, reason: stops }]),
        ...(isExpired(one, today)
          ? [{ address, kind: 'revives' as const, reason: `it expired on ${one.expires}` }]
          : []),
        ...(one.alias === catchAll
          ? [{ address, kind: 'dead' as const, reason: 'there is no catch-all' }]
          : []),
      ];
    });
  });
  return found.sort((a, b) => compareText(a.address, b.address) || compareText(a.kind, b.kind));
}

type Leads = ReadonlyMap<string, readonly Reference[]>;

interface Reference {
  readonly written: string;
  /** The name that is looked up. */
  readonly name: string;
}

/** It cuts its own domain off a destination, wherever it stands in it; what has no `@` then is a name. */
function referencesOf({ domain, destinations }: Definition): Reference[] {
  return destinations
    .map((written) => ({ written, name: written.trim().replace(`@${domain}`, '').toLowerCase() }))
    .filter(({ name }) => !name.includes('@'));
}

function brokenReference({ alias }: Definition, leads: Leads): string | undefined {
  const broken = (leads.get(alias) ?? []).find(({ name }) => !leads.has(name));
  if (broken === undefined) return undefined;
  return broken.name.includes('+')
    ? `it refers to \`${broken.written}\`, and subaddresses are not known there`
    : `it refers to \`${broken.written}\`, which is no active alias there`;
}

/** A walk that keeps its own stack, so that a chain of any length ends. */
function circle(alias: string, leads: Leads): string | undefined {
  const open = [alias];
  const seen = new Set<string>();
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const { name: next } of leads.get(name) ?? []) {
      if (next === alias) return 'it leads back to itself';
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return undefined;
}
