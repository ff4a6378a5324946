import { type Directory, mainDomain } from '../../../schema/src/directory/resolve.ts';
import { isLiveOnly, type Live, readLive } from '../../../schema/src/records/live.ts';
import { canonicalJson, type DomainRecord, type Stored } from '../../../schema/src/records/records.ts';
import { catchAll, withoutSubaddress } from '../../../schema/src/text/address.ts';

export interface Published {
  readonly domain: string;
  readonly live: Live;
}

/** How early a name is looked up: a subaddress before a plain name, the catch-all after all. */
export type Rank = 'subaddress' | 'name' | 'catch-all';

export function rankOf(local: string): Rank {
  if (local === catchAll) return 'catch-all';
  return withoutSubaddress(local) === undefined ? 'name' : 'subaddress';
}

/** In this order come rows, and marks of aliases that reach nobody; in the other order they go. */
export const ranks: readonly Rank[] = ['subaddress', 'name', 'catch-all'];

/**
 * What a build writes on the rows of the domains, before, between and after the rows of the aliases, so that whoever
 * looks an address up meanwhile finds its old recipients, its new ones, or both, but nobody else's:
 *
 * 1. `withdrawn` domains are no longer ours, and those that lead elsewhere afterwards are `held`: their mail waits.
 * 2. For each rank, the more specific first: what `comes`, marks and alias rows. No address falls to a new catch-all
 *    that gets an alias of its own.
 * 3. For each rank, the less specific first: what `goes`. No address falls to an old catch-all.
 * 4. `last`, all as it will be: also what was held, and the domains that are new.
 */
export interface Publication {
  readonly withdrawn: readonly string[];
  readonly held: readonly Published[];
  readonly comes: Readonly<Record<Rank, readonly Published[]>>;
  readonly goes: Readonly<Record<Rank, readonly Published[]>>;
  readonly last: readonly Published[];
}

export function noPublication(): Publication {
  const none = { subaddress: [], name: [], 'catch-all': [] };
  return { withdrawn: [], held: [], comes: none, goes: none, last: [] };
}

/**
 * @param inactive aliases that reach nobody, sorted, by main domain
 * @param refused main domains that this build leaves alone
 */
export function planPublication(
  stored: readonly Stored<DomainRecord>[],
  directory: Directory,
  filters: ReadonlyMap<string, Live['filter']>,
  inactive: ReadonlyMap<string, readonly string[]>,
  refused: ReadonlySet<string>,
): Publication {
  const published = publishedIn(stored);
  const held: Published[] = [];
  const comes: Record<Rank, Published[]> = { subaddress: [], name: [], 'catch-all': [] };
  const goes: Record<Rank, Published[]> = { subaddress: [], name: [], 'catch-all': [] };
  const last: Published[] = [];
  for (const domain of [...directory.domains].sort()) {
    const main = mainDomain(directory, domain);
    if (refused.has(domain) || refused.has(main)) continue;
    const filter = filters.get(main);
    const after: Live = {
      ...(main === domain ? {} : { aliasfor: main }),
      ...(filter === undefined ? {} : { filter }),
      inactive: inactive.get(main) ?? [],
    };
    let now = published.get(domain);
    const step = (steps: Published[], live: Live): void => {
      if (now !== undefined && isSame(now, live)) return;
      steps.push({ domain, live });
      now = live;
    };
    if (now !== undefined && (now.moving === true || now.aliasfor !== after.aliasfor)) {
      step(held, { ...now, moving: true });
    } else if (now !== undefined) {
      const { inactive: old, ...rest } = now;
      const marks = new Set(old);
      const marked = (): Live => ({ ...rest, inactive: [...marks].sort() });
      for (const rank of ranks) {
        for (const name of after.inactive) if (rankOf(name) === rank) marks.add(name);
        step(comes[rank], marked());
      }
      const kept = new Set(after.inactive);
      for (const rank of ranks.toReversed()) {
        for (const name of old) if (rankOf(name) === rank && !kept.has(name)) marks.delete(name);
        step(goes[rank], marked());
      }
    }
    step(last, after);
  }
  const withdrawn = stored
    .filter(({ key, item }) => !directory.domains.has(key.domain) && (isLiveOnly(item) || 'live' in item))
    .map(({ key }) => key.domain)
    .sort();
  return { withdrawn, held, comes, goes, last };
}

/** What the domains' own rows publish; one stored under another spelling is not read by mail. */
function publishedIn(stored: readonly Stored<DomainRecord>[]): Map<string, Live> {
  const published = new Map<string, Live>();
  for (const { record, key, item } of stored) {
    const live = readLive(item);
    if (live !== undefined && key.domain === record.domain) published.set(record.domain, live);
  }
  return published;
}

function isSame(a: Live, b: Live): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
