import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rebuild } from '../../forwarder/src/build/rebuild.ts';
import { fakeTables } from '../../forwarder/src/build/tables.fake.ts';
import type { IncomingMail } from '../../forwarder/src/mail/event.ts';
import { type Fate, type RouteTables, routeMail } from '../../forwarder/src/routing/route.ts';
import { createDirectory, explain } from '../../schema/src/directory/resolve.ts';
import type { Definition, Records } from '../../schema/src/records/records.ts';
import { joinAddress } from '../../schema/src/text/address.ts';
import { milliseconds, toSeconds } from '../../schema/src/text/time.ts';

const today = '2026-11-24';
const now = milliseconds(Date.parse(`${today}T10:00:00Z`));
const reserved = ['forwarder-daemon', 'mailer-daemon'];
const names = ['a', 'b', 'b+x', 'postmaster', 'forwarder-daemon', '*'];
const aliasDomains = { 'example.net': 'example.com', 'sub.example.com': 'example.org' };
const domains = ['example.com', 'example.org', ...Object.keys(aliasDomains)];
const asked = ['a', 'a+y', 'b', 'b+x', 'b+x+y', 'z', '+a', 'postmaster', ...reserved, 'mailer-daemon+x'];

/** All of a directory: each alias may be in each domain, off, expired, circular, or lead to other domains. */
const directory = fc
  .uniqueArray(
    fc.record({
      domain: fc.constantFrom('example.com', 'example.org'),
      alias: fc.constantFrom(...names),
      destinations: fc.uniqueArray(
        fc.oneof(
          fc.constantFrom(...names, 'x@home.example', 'y@home.example', 'A@x.example.com'),
          fc.tuple(fc.constantFrom(...names), fc.constantFrom(...domains)).map((parts) => parts.join('@')),
        ),
        { maxLength: 4 },
      ),
      type: fc.constant('person' as const),
      active: fc.constantFrom(true, true, true, false),
      expires: fc.constantFrom(undefined, undefined, today, '2026-11-25'),
    }),
    { minLength: 1, maxLength: 12, selector: ({ domain, alias }) => `${alias}@${domain}` },
  )
  .map(
    (drafts): Records => ({
      definitions: drafts.map(
        ({ expires, ...rest }): Definition => ({ ...rest, ...(expires === undefined ? {} : { expires }) }),
      ),
      domains: [
        { domain: 'example.com' },
        { domain: 'example.org' },
        ...Object.entries(aliasDomains).map(([domain, aliasfor]) => ({ domain, aliasfor })),
      ],
    }),
  );

/** From a program, whose mail to a reserved name goes to nobody instead of the postmaster. */
const mail: Omit<IncomingMail, 'recipients'> = {
  messageId: 'm',
  receivedAt: now,
  source: '',
  verdicts: { spam: 'PASS', virus: 'PASS', spf: 'PASS', dkim: 'PASS', dmarc: 'PASS' },
  headers: [],
};

async function built(records: Records): Promise<RouteTables> {
  const tables = fakeTables();
  tables.hold(records);
  await rebuild(tables, { now: toSeconds(now), softBounceLimit: 3, renew: async () => undefined });
  return { ...tables, bounces: { of: async () => [] } };
}

const statusOf: Readonly<Partial<Record<Fate['kind'], string>>> = {
  routed: 'active',
  inactive: 'inactive',
  unknown: 'unknown',
  reserved: 'unknown',
};

it('forwards to whom `explain` names, for every address of a whole directory', async () => {
  await fc.assert(
    fc.asyncProperty(directory, async (records) => {
      const addresses = domains.flatMap((domain) => asked.map((local) => joinAddress(local, domain)));
      const fates = await routeMail(
        { ...mail, recipients: addresses },
        await built(records),
        { reserved, bounceLimit: 0, softBounceLimit: 3 },
        now,
      );
      const files = createDirectory(records);
      expect(
        fates.map((fate) => ({
          address: fate.recipient,
          status: statusOf[fate.kind],
          destinations: fate.kind === 'routed' ? fate.destinations : [],
        })),
      ).toEqual(
        addresses.map((address) => {
          const { status, destinations } = explain(files, address, { today, reserved });
          // The files call an alias active that leads to nobody; for its mail it is as good as switched off.
          const isEmpty = status === 'active' && destinations.length === 0;
          return { address, status: isEmpty ? 'inactive' : status, destinations };
        }),
      );
    }),
    { numRuns: 500 },
  );
});
