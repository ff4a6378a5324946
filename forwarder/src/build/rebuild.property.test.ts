import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Records } from '../../../schema/src/records/records.ts';
import { seconds } from '../../../schema/src/text/time.ts';
import { rebuild } from './rebuild.ts';
import { addresses, isAmong, lookUp, outcomeIn, revision, today } from './revisions.arbitrary.ts';
import { type FakeTables, fakeTables } from './tables.fake.ts';

const options = {
  now: seconds(Date.parse(`${today}T10:00:00Z`) / 1_000),
  softBounceLimit: 3,
  renew: async () => undefined,
};

/** One that published the first revision, and whose definitions are the second's. */
async function between(before: Records, after: Records, step: () => Promise<void>): Promise<FakeTables> {
  const gate = { passes: true };
  const tables = fakeTables(async () => {
    if (!gate.passes) await step();
  });
  tables.hold(before);
  await rebuild(tables, options);
  tables.setPublished(0);
  tables.hold(after);
  gate.passes = false;
  return tables;
}

test('gives every address what the definitions say', async () => {
  await fc.assert(
    fc.asyncProperty(revision, revision, async (before, after) => {
      const tables = await between(before, after, async () => undefined);
      for (const address of addresses) {
        expect(await lookUp(tables, address), address).toEqual(outcomeIn(before, address));
      }
      await rebuild(tables, options);
      for (const address of addresses) {
        expect(await lookUp(tables, address), address).toEqual(outcomeIn(after, address));
      }
    }),
    { numRuns: 300 },
  );
});

test('gives an address its former recipients, its new ones, or both, while a build writes', async () => {
  await fc.assert(
    fc.asyncProperty(
      revision,
      revision,
      fc.uniqueArray(fc.constantFrom(...addresses), { minLength: 1, maxLength: 6 }),
      fc.scheduler(),
      async (before, after, asked, scheduler) => {
        const tables = await between(before, after, () => scheduler.schedule(Promise.resolve()));
        const build = rebuild(tables, options);
        const looks = asked.map(async (address) => {
          const found = await lookUp(tables, address);
          if (found === 'waits') return;
          const outcomes = [outcomeIn(before, address), outcomeIn(after, address)];
          const shown = `${address}: ${JSON.stringify(found)} of ${JSON.stringify(outcomes)}`;
          expect(isAmong(found, outcomes), shown).toBe(true);
        });
        await scheduler.waitFor(Promise.all([build, ...looks]));
      },
    ),
    // RUNS=20000 takes a minute: after a change of the order, by hand.
    { numRuns: Number(process.env.RUNS ?? 1_500) },
  );
});

test('leaves nobody to strangers where a build is killed, and the next one ends it', async () => {
  await fc.assert(
    fc.asyncProperty(revision, revision, revision, fc.nat(60), async (before, cut, after, steps) => {
      let left = steps;
      const tables = await between(before, cut, async () => {
        left -= 1;
        if (left === 0) throw new Error('killed');
      });
      await rebuild(tables, options).catch(() => undefined);
      left = 0;
      for (const address of addresses) {
        const found = await lookUp(tables, address);
        const outcomes = [outcomeIn(before, address), outcomeIn(cut, address)];
        const isRight = found === 'waits' || isAmong(found, outcomes);
        expect(isRight, `${address}: ${JSON.stringify(found)} of ${JSON.stringify(outcomes)}`).toBe(true);
      }
      tables.hold(after);
      await rebuild(tables, options);
      for (const address of addresses) {
        expect(await lookUp(tables, address), address).toEqual(outcomeIn(after, address));
      }
    }),
    { numRuns: 500 },
  );
});
