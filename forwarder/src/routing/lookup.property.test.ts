import fc from 'fast-check';
import { test } from 'vitest';
import { type Address, joinAddress } from '../../../schema/src/address.ts';
import { definitionItem, domainItem, readDefinition, readDomain } from '../../../schema/src/records.ts';
import { createDirectory, explain } from '../../../schema/src/resolve.ts';
import { planBuild } from './build.ts';
import { findDomain } from './domains.ts';
import { lookup, type RoutingTables } from './lookup.ts';

const today = '2026-11-02';
const now = Date.parse(`${today}T10:00:00Z`) / 1_000;
const names = ['a', 'b', 'c', 'a+x', '*'];
const domains = ['example.com', 'example.org'];

const definition = fc.record({
  domain: fc.constantFrom(...domains),
  alias: fc.constantFrom(...names),
  destinations: fc.array(
    fc.constantFrom(
      'a',
      'b',
      'c',
      'a@example.org',
      'b@example.net',
      'nobody',
      'x@home.example',
      'y@home.example',
    ),
    { maxLength: 4 },
  ),
  type: fc.constant('person' as const),
  active: fc.boolean(),
  expires: fc.constantFrom('2026-11-01', '2026-11-02', '2026-11-03'),
});
const definitions = fc.uniqueArray(definition, {
  minLength: 1,
  selector: ({ domain, alias }) => `${alias}@${domain}`,
});
const address = fc
  .tuple(fc.constantFrom('a', 'b', 'c', 'a+x', 'b+y', 'z'), fc.constantFrom(...domains, 'example.net'))
  .map(([local, domain]) => joinAddress(local, domain));

test('finds in the built rows what the definitions say, for every address', async () => {
  await fc.assert(
    fc.asyncProperty(definitions, address, async (given, asked) => {
      const records = {
        definitions: given,
        domains: [
          { domain: 'example.com' },
          { domain: 'example.net', aliasfor: 'example.com' },
          { domain: 'example.org' },
        ],
      };
      const { puts } = planBuild({
        definitions: given.map((own) => readDefinition(definitionItem(own))),
        domains: records.domains.map((own) => readDomain(domainItem(own))),
        rows: [],
        blocks: new Map(),
        now,
      });
      const tables: RoutingTables = {
        domains: { read: async (name) => records.domains.find(({ domain }) => domain === name) },
        definitions: {
          read: async (domain, alias) => given.find((own) => own.domain === domain && own.alias === alias),
          hasDomain: async () => false,
        },
        aliases: { of: async (alias) => puts.filter((row) => row.alias === alias) },
      };
      const expected = explain(createDirectory(records), asked, { today, reserved: [] });
      const found = await find(tables, asked);
      // An alias in force that leads to nobody waits: the mail is kept, and the files say `active` without anybody.
      const destinations = found.kind === 'rows' ? found.rows.map(({ destination }) => destination) : [];
      const status = { rows: 'active', pending: 'active', inactive: 'inactive', unknown: 'unknown' }[
        found.kind
      ];
      return status === expected.status && destinations.join() === expected.destinations.join();
    }),
    { numRuns: 2_000 },
  );
});

async function find(tables: RoutingTables, asked: Address) {
  const at = asked.lastIndexOf('@');
  const main = (await findDomain(tables, asked.slice(at + 1)))?.main ?? '';
  return lookup(tables, asked.slice(0, at), main, today);
}
