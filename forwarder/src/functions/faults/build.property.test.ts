import { expect, test } from 'vitest';
import type { Live } from '../../../../schema/src/records/live.ts';
import { type AliasRow, readDefinition, readDomain } from '../../../../schema/src/records/records.ts';
import type { Address } from '../../../../schema/src/text/address.ts';
import { milliseconds } from '../../../../schema/src/text/time.ts';
import type { AliasWrite } from '../../build/rebuild.ts';
import { fakeLease } from '../../build/tables.fake.ts';
import { fakeTelemetry } from '../../delivery/delivery.fake.ts';
import { createBuildForwards } from '../handlers/buildForwards.ts';
import { eachFault, eachPair, type Fault, injector, type Ran } from './inject.ts';

const row = (alias: string, destination: string, bounces = 0): AliasRow => ({
  alias: `${alias}@example.com` as Address,
  destination: destination as Address,
  domain: 'example.com',
  updatedAt: 1,
  bounces,
});
const keyOf = ({ alias, destination }: Pick<AliasRow, 'alias' | 'destination'>) => `${alias} ${destination}`;

const before = [
  row('john', 'old@home.example'),
  row('same', 'same@home.example', 4),
  row('gone', 'x@home.example'),
];
const definitions = ['john', 'same', 'new'].map((alias) =>
  readDefinition({ domain: 'example.com', alias, destinations: [`${alias}@home.example`] }),
);
const after = ['john', 'same', 'new'].map((alias) => keyOf(row(alias, `${alias}@home.example`)));

/** A build, what Lambda repeats of it, and the next hourly one. */
async function run(plan: readonly Fault[]): Promise<Ran> {
  const faults = injector(plan);
  const rows = new Map(before.map((own) => [keyOf(own), own]));
  const published = new Map<string, Live>();
  const time = { now: Date.parse('2026-11-02T10:00:00Z') };
  const tables = {
    definitions: faults.wrap('definitions', { readAll: async () => definitions }),
    domains: faults.wrap('domains', {
      readAll: async () =>
        [...published].map(([domain, live]) => readDomain({ domain, live, liveOnly: true })),
      gate: async () => undefined,
      publish: async (domain: string, live: Live) => void published.set(domain, live),
      withdraw: async (domain: string) => void published.delete(domain),
    }),
    bounces: faults.wrap('bounces', { readAll: async () => [] }),
    aliases: faults.wrap('aliases', {
      readAll: async () => [...rows.values()],
      write: async (batch: readonly AliasWrite[]) => {
        for (const write of batch) {
          if ('put' in write) rows.set(keyOf(write.put), write.put);
          else rows.delete(keyOf(write.remove));
        }
        // Somebody who had mail and shall have some is never without.
        for (const alias of ['john', 'same']) {
          const served = [...rows.values()].some((own) => own.alias === `${alias}@example.com`);
          if (!served) expect.fail(`${alias} has nobody: ${JSON.stringify(plan)}`);
        }
      },
      setBounces: async (own: AliasRow, _: number, bounces: number) => {
        rows.set(keyOf(own), { ...own, bounces });
        return true;
      },
    }),
  };
  const build = createBuildForwards(
    {
      tables,
      lease: faults.wrap('lease', fakeLease()),
      telemetry: fakeTelemetry(),
      clock: () => milliseconds(time.now),
      newHolder: () => `holder at ${time.now}`,
    },
    { softBounceLimit: 3 },
  );
  for (const minutes of [0, 1, 3, 60]) {
    time.now += minutes * 60_000;
    await faults.invoke(() => build({}));
  }
  const found = [...rows.keys()].toSorted();
  if (found.join() !== after.toSorted().join()) expect(found, JSON.stringify(plan)).toEqual(after.toSorted());
  expect(rows.get('same@example.com same@home.example')?.bounces).toBe(0);
  expect([...published]).toEqual([['example.com', { inactive: [] }]]);
  return { calls: faults.calls, end: [found, [...published]] };
}

test('builds the right rows with any single fault, and leaves nobody without mail on the way', async () => {
  expect(await eachFault(run)).toBeGreaterThan(100);
});

test('builds the right rows with any pair of faults', async () => {
  expect(await eachPair(run)).toBeGreaterThan(1_000);
});
