import { explain, type Moment } from '../../../schema/src/directory/resolve.ts';
import { who } from '../../../schema/src/directory/who.ts';
import { type Address, joinAddress } from '../../../schema/src/text/address.ts';
import { compareText } from '../../../schema/src/text/diagnostic.ts';
import type { Change } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import { type Called, keyOf, type Recipient } from './people.ts';

/** What a change brings on a later day, since an alias has its last day then. */
export interface Ending {
  /** Midnight (UTC) from which it holds. */
  readonly day: Date;
  /** Addresses that reach nobody from then on. */
  readonly stops: readonly Address[];
  /** Addresses that go on with fewer people, by those whom they lose. */
  readonly loses: readonly Loss[];
}

export interface Loss {
  readonly addresses: readonly Address[];
  readonly people: readonly Recipient[];
}

/** A plan of more is an import, of which nobody reads each date. */
const followedLimit = 20;

/** What a plan brings on later days, in order: of the dates that it sets, and not of those that stood before. */
export function endingsOf(
  { changes, after }: Pick<Plan, 'changes' | 'after'>,
  moment: Moment,
  called: Called,
): Ending[] {
  const expiring = changes.flatMap((change) => newExpiry(change, moment.today)).slice(0, followedLimit);
  const byDay = Map.groupBy(expiring, ({ day }) => day);
  return [...byDay]
    .toSorted(([a], [b]) => compareText(a, b))
    .flatMap(([day, of]) => {
      const eve = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
      const touched = of.flatMap(({ address }) => [
        address,
        ...who(after, address, eve).map((one) => one.address),
      ]);
      const stops: Address[] = [];
      const lost = new Map<string, { addresses: Address[]; people: readonly Recipient[] }>();
      for (const address of new Set(touched)) {
        const had = explain(after, address, { ...moment, today: eve }).destinations;
        const has = new Set(explain(after, address, { ...moment, today: day }).destinations);
        if (has.size === had.length) continue;
        if (has.size === 0) {
          stops.push(address);
          continue;
        }
        const people = had.filter((one) => !has.has(one)).map((one) => called(one, address));
        const key = people.map(keyOf).join('\n');
        const loss = lost.get(key) ?? { addresses: [], people };
        loss.addresses.push(address);
        lost.set(key, loss);
      }
      const loses = [...lost.values()];
      return stops.length + loses.length === 0 ? [] : [{ day: new Date(day), stops, loses }];
    });
}

function newExpiry(change: Change, today: string): { readonly day: string; readonly address: Address }[] {
  if (change.table !== 'definitions' || change.kind === 'delete') return [];
  const { alias, domain, expires = '' } = change.after;
  if (expires <= today || !isDay(expires)) return [];
  if (change.kind === 'update' && change.before.record.expires === expires) return [];
  return [{ day: expires, address: joinAddress(alias, domain) }];
}

/** Tables may hold anything for a date. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  // A month is taken to have 31 days where it has fewer.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
