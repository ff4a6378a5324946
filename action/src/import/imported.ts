import type { Definition, DomainRecord } from '../../../schema/src/records/records.ts';
import {
  catchAll,
  parseAddress,
  parseDomain,
  parseLocalPart,
  splitAddress,
} from '../../../schema/src/text/address.ts';

/** What another system's aliases mean in ours. */
export interface Imported {
  readonly definitions: readonly Definition[];
  readonly domains: readonly DomainRecord[];
  /** What cannot be said in the files, each with its reason. */
  readonly left: readonly string[];
}

/** An address and where its mail goes, as another system writes it: `@domain` is everything else of a domain. */
export interface Entry {
  /** Where it stands, for a message. */
  readonly place: string;
  readonly address: string;
  readonly destinations: readonly string[];
  /** Why the other system never used it. */
  readonly unused?: string;
}

/** Turns entries into definitions. Of two entries for an address the other systems read the first alone. */
export function importEntries(entries: readonly Entry[]): Imported {
  const definitions = new Map<string, Definition>();
  const left: string[] = [];
  for (const entry of entries) {
    const target = entry.unused === undefined ? readTarget(entry.address) : { fault: entry.unused };
    if (target.fault !== undefined) {
      left.push(`${entry.place}: \`${entry.address}\` is left out: ${target.fault}.`);
      continue;
    }
    const key = `${target.alias}@${target.domain}`;
    if (definitions.has(key)) {
      left.push(
        `${entry.place}: \`${entry.address}\` is left out: it stands there a second time, and the first is read.`,
      );
      continue;
    }
    const destinations: string[] = [];
    for (const written of entry.destinations) {
      const { value, fault } = parseAddress(written);
      if (value === undefined)
        left.push(`${entry.place}: the destination \`${written}\` is left out: ${fault}.`);
      else destinations.push(value);
    }
    if (destinations.length === 0) {
      left.push(`${entry.place}: \`${entry.address}\` is left out: it has no destination.`);
      continue;
    }
    const all = [...new Set(destinations)];
    const { alias, domain } = target;
    definitions.set(key, {
      domain,
      alias,
      destinations: all,
      type: all.length > 1 ? 'group' : 'person',
      active: true,
    });
  }
  const domains = [...new Set([...definitions.values()].map(({ domain }) => domain))];
  return { definitions: [...definitions.values()], domains: domains.map((domain) => ({ domain })), left };
}

type Target =
  | { readonly alias: string; readonly domain: string; readonly fault?: never }
  | { readonly fault: string };

function readTarget(address: string): Target {
  if (!address.includes('@')) {
    const isLocal = parseLocalPart(address).fault === undefined;
    return { fault: isLocal ? 'it has no domain, and an alias belongs to one' : 'it is not an address' };
  }
  if (address.startsWith('@')) {
    const { value, fault } = parseDomain(address.slice(1));
    return value === undefined ? { fault } : { alias: catchAll, domain: value };
  }
  const { value, fault } = parseAddress(address);
  if (value === undefined) return { fault };
  const { local, domain } = splitAddress(value);
  return { alias: local, domain };
}
