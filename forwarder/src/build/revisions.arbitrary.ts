import fc from 'fast-check';
import { createDirectory, explain, follow, mainDomain } from '../../../schema/src/directory/resolve.ts';
import { destinationsOf } from '../../../schema/src/records/aliasFields.ts';
import type { Definition, Records } from '../../../schema/src/records/records.ts';
import { type Address, joinAddress, splitAddress } from '../../../schema/src/text/address.ts';
import { type Day, day } from '../../../schema/src/text/time.ts';
import { lookup, NotPublished, type RoutingTables, readDomain } from '../routing/lookup.ts';

/** Names of aliases; the ones that nobody defines are asked for too. */
const names = ['*', 'a', 'b', 'c', 'a+x', 'b+x'];
const domains = ['one.example', 'two.example', 'three.example'];
/** May be alias domains, and are managed by themselves at other times. */
const movable = ['three.example', 'four.example'];
const mailboxes = ['p', 'q', 'r', 's'].map((name) => `${name}@mail.example`);

export const today = day('2026-11-24');
export const reserved: readonly string[] = [];

/** Every address that may have an outcome in some revision, and some that never have one. */
export const addresses: readonly Address[] = [...domains, 'four.example'].flatMap((domain) =>
  [...names, 'c+y', 'z'].filter((name) => name !== '*').map((name) => joinAddress(name, domain)),
);

/**
 * Files that `check` lets pass: managed domains and alias domains that may be others in the next revision, nested groups
 * across domains, catch-alls, subaddresses, aliases that are off, expired or about to expire. No reference leads nowhere
 * or in a circle, since a build then keeps what it had.
 */
export const revision: fc.Arbitrary<Records> = fc
  .record({
    managed: fc.subarray(domains, { minLength: 1 }),
    movable: fc.constantFrom(undefined, ...movable),
    main: fc.nat(),
    aliases: fc.array(
      fc.record({
        domain: fc.nat(),
        alias: fc.constantFrom(...names),
        destinations: fc.uniqueArray(
          fc.oneof(
            fc.constantFrom(...mailboxes),
            fc.constantFrom(...mailboxes),
            fc
              .tuple(
                fc.constantFrom('a', 'b', 'c', 'a+x', 'b+x'),
                fc.constantFrom(...domains, 'four.example'),
              )
              .map(([alias, domain]) => joinAddress(alias, domain)),
          ),
          { minLength: 1, maxLength: 3 },
        ),
        active: fc.constantFrom(true, true, true, false),
        expires: fc.constantFrom(undefined, undefined, undefined, '2026-11-01', '2026-12-01'),
      }),
      { minLength: 1, maxLength: 12 },
    ),
  })
  .map(({ managed, movable: other, main, aliases }) => {
    const own = managed.filter((domain) => domain !== other);
    const chosen = own.length === 0 ? managed : own;
    const definitions = new Map<string, Definition>();
    for (const { domain: place, expires, ...rest } of aliases) {
      const domain = chosen[place % chosen.length] ?? '';
      const definition = { ...rest, domain, type: 'person' as const };
      definitions.set(
        joinAddress(rest.alias, domain),
        expires === undefined ? definition : { ...definition, expires },
      );
    }
    const aliasDomain =
      other === undefined || chosen.includes(other)
        ? []
        : [{ domain: other, aliasfor: chosen[main % chosen.length] ?? '' }];
    const rows = [...chosen.map((domain) => ({ domain })), ...aliasDomain];
    return mended({ definitions: [...definitions.values()], domains: rows });
  });

/** Without references that lead nowhere, or backwards in the order of addresses: so there is no circle. */
function mended(records: Records): Records {
  const directory = createDirectory(records);
  const definitions = records.definitions.map((own) => {
    const destinations = own.destinations.filter((_, place) => {
      const to = destinationsOf(own)[place]?.value;
      const target = to && follow(directory, own.domain, to);
      if (target?.kind !== 'alias') return target?.kind === 'mailbox';
      const { alias, domain } = target.definition;
      return joinAddress(alias, domain) > joinAddress(own.alias, own.domain);
    });
    return { ...own, destinations: destinations.length === 0 ? ['p@mail.example'] : destinations };
  });
  return { ...records, definitions };
}

/** What becomes of mail to an address: who gets it, sorted, or why nobody does. */
export type Outcome = 'unmanaged' | 'unknown' | 'inactive' | readonly string[];

export function outcomeIn(records: Records, address: Address): Outcome {
  const directory = createDirectory(records);
  const domain = splitAddress(address).domain;
  if (!directory.domains.has(domain) && mainDomain(directory, domain) === domain) return 'unmanaged';
  const { status, destinations } = explain(directory, address, { today, reserved });
  if (status === 'unknown') return 'unknown';
  return destinations.length === 0 ? 'inactive' : destinations.toSorted();
}

/** What the tables say of an address on a day; `waits` where they do not say yet. */
export async function lookUp(
  tables: RoutingTables,
  address: Address,
  on: Day = today,
): Promise<Outcome | 'waits'> {
  const { local, domain } = splitAddress(address);
  try {
    const live = await readDomain(tables, domain);
    if (live === undefined) return 'unmanaged';
    const found = await lookup(tables, local, domain, live, on);
    return found.kind === 'rows' ? found.rows.map(({ destination }) => destination).toSorted() : found.kind;
  } catch (error) {
    if (error instanceof NotPublished) return 'waits';
    throw error;
  }
}

/** Whether an outcome is one of these, or recipients that all stand in one of them. */
export function isAmong(found: Outcome, outcomes: readonly Outcome[]): boolean {
  if (typeof found === 'string') return outcomes.includes(found);
  const union = new Set(outcomes.flatMap((outcome) => (typeof outcome === 'string' ? [] : outcome)));
  return found.every((mailbox) => union.has(mailbox));
}
