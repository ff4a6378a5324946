import type { SourceFile } from '../../../schema/src/check.ts';
import { wordsOf } from '../../../schema/src/messages/message.ts';
import {
  type Definition,
  type DomainRecord,
  type Records,
  sumOf,
} from '../../../schema/src/records/records.ts';
import { writeDomainFile } from '../../../schema/src/style/write.ts';
import { catchAll, parseAddress, parseDestination, parseDomain } from '../../../schema/src/text/address.ts';
import { type Change, nameOf } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import { sameDestinations } from '../plan/sameDestinations.ts';
import { followChains } from './chains.ts';

/** What another system's aliases mean in ours. */
export interface Imported {
  readonly definitions: readonly Definition[];
  readonly domains: readonly DomainRecord[];
  /** What the files cannot express, each with its reason. */
  readonly left: readonly string[];
  /** What a person should know about what they do express. */
  readonly notes: readonly string[];
}

/** An address and where its mail goes, as another system writes it: `@domain` is everything else of a domain. */
export interface Entry {
  /** Where it was read, for a message. */
  readonly place: string;
  readonly address: string;
  readonly destinations: readonly string[];
  /** Why the other system never used it. */
  readonly unused?: string;
}

/** Turns entries into definitions. Of two entries for an address the other systems use only the first. */
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
        `${entry.place}: \`${entry.address}\` is left out: it is defined twice, and only the first counts.`,
      );
      continue;
    }
    const destinations: string[] = [];
    for (const written of entry.destinations) {
      const { value, fault } = parseAddress(written);
      if (value === undefined)
        left.push(`${entry.place}: the destination \`${written}\` is left out: ${wordsOf(fault, 'en')}.`);
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
  const followed = followChains([...definitions.values()], domains);
  return { ...followed, domains: domains.map((domain) => ({ domain })), left };
}

type Target =
  | { readonly alias: string; readonly domain: string; readonly fault?: never }
  | { readonly fault: string };

function readTarget(address: string): Target {
  if (address.startsWith('@')) {
    const { value, fault } = parseDomain(address.slice(1));
    return value === undefined ? { fault: wordsOf(fault, 'en') } : { alias: catchAll, domain: value };
  }
  const { value, fault } = parseDestination(address);
  if (value === undefined) return { fault: wordsOf(fault, 'en') };
  if (value.kind === 'name') return { fault: 'it has no domain' };
  return { alias: value.local, domain: value.domain };
}

/** One file for each managed domain. */
export function filesOf({ definitions, domains }: Records, folder: string): SourceFile[] {
  const names = new Set(definitions.map(({ domain }) => domain));
  for (const { domain, aliasfor } of domains) if (aliasfor === undefined) names.add(domain);
  return [...names].sort().map((domain) => {
    const aliasDomains = domains.filter(({ aliasfor }) => aliasfor === domain).map((row) => row.domain);
    const filter = domains.find((row) => row.domain === domain)?.filter;
    const own = definitions.filter((definition) => definition.domain === domain);
    const text = writeDomainFile(domain, own, aliasDomains, filter);
    const name = `${domain}.yml`;
    return { name, path: `${folder}/${name}`, kind: 'file', bytes: Buffer.from(text) };
  });
}

/**
 * What a sync of the imported files would change: nothing but the adoption of rows that lead to the same, and the row that
 * says that a domain is managed. Everything else is named; an empty list is the proof.
 */
export function differences({ changes, effects, foreign, before }: Plan): string[] {
  return [
    ...changes.flatMap((change) => {
      if (change.kind === 'update' && isAdoption(change, before)) return [];
      if (change.kind === 'create' && change.table === 'domains' && change.after.aliasfor === undefined)
        return [];
      return [`${nameOf(change)} would be ${change.kind}d.`];
    }),
    ...effects.map(({ address }) => `Mail to ${address} would reach other mailboxes.`),
    ...foreign.map((row) => `${nameOf(row)} is not in the files.`),
  ];
}

/** Whether a row goes on to say the same; destinations that are written once instead of twice are no change. */
function isAdoption(change: Extract<Change, { kind: 'update' }>, before: Plan['before']): boolean {
  if (change.table === 'domains') return sumOf(change.before.record) === sumOf(change.after);
  const { record } = change.before;
  const { destinations } = change.after;
  return (
    sumOf({ ...record, destinations }) === sumOf(change.after) &&
    sameDestinations(record, change.after, before)
  );
}
