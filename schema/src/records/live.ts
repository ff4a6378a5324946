import { type Filter, readFilter } from './records.ts';

/**
 * How mail at a domain is routed: the map `live` on the domain's row of the Domains table, written by builds alone.
 * What a sync writes on the same row takes effect only when a build has published it here.
 */
export interface Live {
  /** The domain whose mailboxes this one has. */
  readonly aliasfor?: string;
  /** Of the domain whose mailboxes it has. */
  readonly filter?: Filter;
  /** Aliases that are defined and reach nobody: inactive, expired, or left without anybody. Sorted. */
  readonly inactive: readonly string[];
  /** A build is about to lead the domain elsewhere: its mail waits for the build's end. */
  readonly moving?: true;
}

/** Bytes that inactive names may take on a domain's row, of the 400 KB that an item may have (AWS quota). */
export const inactiveLimit = 300_000;

/** Bytes of inactive names on a domain's row, each with a few for what a list adds to its entries. */
export function inactiveSize(names: readonly string[]): number {
  return names.reduce((sum, name) => sum + name.length + 4, 0);
}

/** Reads the `live` of an item of the Domains table; undefined where no build has published the domain. */
export function readLive(item: Readonly<Record<string, unknown>> | undefined): Live | undefined {
  const live = item?.live;
  if (live === null || typeof live !== 'object') return undefined;
  const { aliasfor, filter, inactive, moving } = live as Readonly<Record<string, unknown>>;
  const read = readFilter(filter);
  return {
    ...(typeof aliasfor === 'string' ? { aliasfor } : {}),
    ...(read === undefined ? {} : { filter: read }),
    inactive: Array.isArray(inactive) ? inactive.filter((name) => typeof name === 'string') : [],
    ...(moving === true ? { moving } : {}),
  };
}

/**
 * Whether a row of the Domains table only carries `live`: for a domain that has definitions and no row of its own, as in
 * the reference's tables, or for one that a sync has given up and that mail goes by until the next build. Such a row says
 * nothing of which domains there are.
 */
export function isLiveOnly(item: Readonly<Record<string, unknown>>): boolean {
  return item.liveOnly === true;
}
