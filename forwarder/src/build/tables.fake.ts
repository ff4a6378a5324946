import type { BounceRow } from '../../../schema/src/records/bounceRow.ts';
import { type Gate, gateKey, readGate } from '../../../schema/src/records/gate.ts';
import { isLiveOnly, readLive } from '../../../schema/src/records/live.ts';
import {
  type AliasRow,
  definitionItem,
  domainItem,
  isBookkeeping,
  type Records,
  readDefinition,
  readDomain,
} from '../../../schema/src/records/records.ts';
import type { RoutingTables } from '../routing/lookup.ts';
import type { BuildLease } from './lease.ts';
import type { AliasWrite, BuildTables } from './rebuild.ts';

type Item = Readonly<Record<string, unknown>>;

export interface FakeTables extends BuildTables, RoutingTables {
  readonly domains: BuildTables['domains'] & RoutingTables['domains'];
  readonly aliases: BuildTables['aliases'] & RoutingTables['aliases'];
  /** The rows of Domains by key, bookkeeping included. */
  readonly domainItems: Map<string, Item>;
  readonly aliasRows: Map<string, AliasRow>;
  readonly bounceRows: BounceRow[];
  /** Brings definitions and domains to these, as a sync leaves them. */
  hold(records: Records): void;
  setGate(gate: Gate): void;
  /** As a finished build notes it. */
  setPublished(number: number): void;
}

/**
 * The tables of builds and lookups in memory. Every read, and every write of an item, is a step of its own.
 *
 * @param step awaited before each
 */
export function fakeTables(step: () => Promise<void> = async () => undefined): FakeTables {
  const state = { definitions: [] as Item[] };
  const domainItems = new Map<string, Item>();
  const aliasRows = new Map<string, AliasRow>();
  const bounceRows: BounceRow[] = [];
  const stepped = async <T>(work: () => T): Promise<T> => {
    await step();
    return work();
  };
  const apply = (write: AliasWrite) => {
    if ('put' in write) aliasRows.set(keyOf(write.put), write.put);
    else aliasRows.delete(keyOf(write.remove));
  };
  return {
    domainItems,
    aliasRows,
    bounceRows,
    hold(records) {
      state.definitions = records.definitions.map((own) => ({ ...definitionItem(own) }));
      const wanted = new Map(records.domains.map((own) => [own.domain, own]));
      for (const [domain, { live }] of [...domainItems]) {
        if (isBookkeeping(domain) || wanted.has(domain)) continue;
        if (live === undefined) domainItems.delete(domain);
        else domainItems.set(domain, { domain, live, liveOnly: true });
      }
      for (const [domain, own] of wanted) {
        const live = domainItems.get(domain)?.live;
        domainItems.set(domain, { ...domainItem(own), ...(live === undefined ? {} : { live }) });
      }
    },
    setGate: (gate) => void domainItems.set(gateKey, { domain: gateKey, ...gate }),
    setPublished: (number) => void domainItems.set('#build', { domain: '#build', number }),
    definitions: { readAll: () => stepped(() => state.definitions.map(readDefinition)) },
    domains: {
      readAll: () =>
        stepped(() =>
          [...domainItems.values()].map(readDomain).filter(({ key }) => !isBookkeeping(key.domain)),
        ),
      gate: () => stepped(() => readGate(domainItems.get(gateKey))),
      live: (domain) => stepped(() => readLive(domainItems.get(domain))),
      awaitsBuild: (domain) =>
        stepped(() => {
          const row = domainItems.get(domain);
          const isForeign = row !== undefined && !isLiveOnly(row) && readDomain(row).provenance === 'foreign';
          return domainItems.get('#build')?.number === undefined || isForeign;
        }),
      publish: (domain, live) =>
        stepped(() => {
          const item = domainItems.get(domain);
          domainItems.set(domain, { ...(item ?? { domain, liveOnly: true }), live });
        }),
      withdraw: (domain) =>
        stepped(() => {
          const { live: _, ...rest } = domainItems.get(domain) ?? {};
          if (rest.domain === undefined || isLiveOnly(rest)) domainItems.delete(domain);
          else domainItems.set(domain, rest);
        }),
    },
    aliases: {
      readAll: () => stepped(() => [...aliasRows.values()]),
      areAt: (domain) => stepped(() => [...aliasRows.values()].some((row) => row.domain === domain)),
      of: (alias) => stepped(() => [...aliasRows.values()].filter((row) => row.alias === alias)),
      async write(batch) {
        for (const write of batch) await stepped(() => apply(write));
      },
      setBounces: (key, before, after) =>
        stepped(() => {
          const row = aliasRows.get(keyOf(key));
          if (row === undefined || row.bounces !== before) return false;
          aliasRows.set(keyOf(key), { ...row, bounces: after });
          return true;
        }),
    },
    bounces: { readAll: () => stepped(() => [...bounceRows]) },
  };
}

function keyOf({ alias, destination }: Pick<AliasRow, 'alias' | 'destination'>): string {
  return `${alias}\n${destination}`;
}

/** A lease in memory, with the conditions of the row's. */
export function fakeLease(): BuildLease {
  const row: { holder?: string | undefined; until: number; again: boolean } = { until: 0, again: false };
  return {
    async take(holder, now, until) {
      if (row.holder !== undefined && row.holder !== holder && row.until >= now) return false;
      Object.assign(row, { holder, until, again: false });
      return true;
    },
    async askAgain(now) {
      if (row.holder === undefined || row.until < now) return false;
      row.again = true;
      return true;
    },
    async release(holder) {
      if (row.holder !== holder || row.again) return false;
      row.holder = undefined;
      return true;
    },
    async publish(holder) {
      return row.holder === holder;
    },
    async renew(holder, until) {
      if (row.holder !== holder) return false;
      row.until = until;
      return true;
    },
  };
}
