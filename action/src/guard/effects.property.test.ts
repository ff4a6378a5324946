import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createDirectory, type Directory, explain } from '../../../schema/src/directory/resolve.ts';
import type { Policy, Threshold } from '../../../schema/src/files/policy.ts';
import type { Definition, DomainRecord, Records } from '../../../schema/src/records/records.ts';
import { type Address, joinAddress } from '../../../schema/src/text/address.ts';
import { rowsOfRevision } from '../plan/change.ts';
import { assessProposal } from './assess.ts';

const today = '2026-11-24';
const dates = ['2026-10-01', '2026-12-01', '2027-01-01'];
const mains = ['example.com', 'example.org'];
const net = 'example.net';
const locals = ['*', 'a', 'b', 'c', 'd', 'e', 'board'];

type State = ReadonlyMap<string, Definition | DomainRecord>;

const definition = fc
  .record({
    domain: fc.constantFrom(...mains),
    alias: fc.constantFrom(...locals),
    destinations: fc.uniqueArray(
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom('1@m.example', '2@m.example', '3@m.example', '4@m.example') },
        {
          weight: 2,
          arbitrary: fc.constantFrom('a', 'b', 'board', 'c@example.com', 'd@example.org', 'e@example.net'),
        },
      ),
      { maxLength: 3 },
    ),
    active: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
    expires: fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, fc.constantFrom(...dates)),
  })
  .map(({ expires, ...rest }): Definition => ({ ...rest, type: 'group', ...(expires && { expires }) }));

const aliasDomain = fc.constantFrom(...mains).map((aliasfor): DomainRecord => ({ domain: net, aliasfor }));

function keyOf(record: Definition | DomainRecord): string {
  return 'alias' in record ? joinAddress(record.alias, record.domain) : record.domain;
}

function stateOf(records: readonly (Definition | DomainRecord)[]): State {
  return new Map(records.map((record) => [keyOf(record), record]));
}

/** A few steps from one state to another: most pairs of random states are far from safe. */
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: definition.map((record) => (state: State) => stateOf([...state.values(), record])),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom(...locals), fc.constantFrom(...mains)).map(
      ([local, domain]) =>
        (state: State) =>
          new Map([...state].filter(([key]) => key !== joinAddress(local, domain))),
    ),
  },
  {
    weight: 1,
    arbitrary: aliasDomain.map((record) => (state: State) => stateOf([...state.values(), record])),
  },
);

const states = fc
  .tuple(
    fc.array(definition, { minLength: 4, maxLength: 24 }),
    fc.option(aliasDomain, { nil: undefined }),
    fc.array(step, { minLength: 1, maxLength: 3 }),
  )
  .map(([definitions, alias, steps]) => {
    const before = stateOf([...definitions, ...(alias === undefined ? [] : [alias])]);
    return [before, steps.reduce<State>((state, next) => next(state), before)] as const;
  });

const threshold = fc.constantFrom<Threshold>(
  { atLeast: 0, share: 0 },
  { atLeast: 1, share: 0.25 },
  { atLeast: 2, share: 0.3 },
);
const policies = fc.tuple(threshold, threshold, fc.boolean()).map(
  ([removals, redirects, isProtected]): Policy => ({
    protected: isProtected ? [{ alias: 'board', domain: 'example.com', minimum: 1 }] : [],
    guard: { removals, redirects },
    language: 'en',
  }),
);

function recordsOf(state: State): Records {
  const all = [...state.values()];
  return {
    definitions: all.filter((record) => 'alias' in record),
    domains: [...mains.map((domain) => ({ domain })), ...all.filter((record) => !('alias' in record))],
  };
}

interface Fate {
  readonly domain: string;
  readonly local: string;
  readonly was: readonly Address[];
  readonly is: readonly Address[];
}

/** What becomes of each address on a day: of the names that somebody defines, and of alias domains only where all count. */
function fates(before: Directory, after: Directory, day: string, domains: readonly string[]): Fate[] {
  const moment = { today: day, reserved: [] };
  const isDefined = (local: string, domain: string) =>
    [before, after].some(
      (one) => one.definitions.get(one.aliasDomains.get(domain) ?? domain)?.has(local) === true,
    );
  return domains.flatMap((domain) =>
    locals
      .filter((local) => isDefined(local, domain))
      .map((local) => {
        const of = (one: Directory) => explain(one, joinAddress(local, domain), moment).destinations;
        return { domain, local, was: of(before), is: of(after) };
      }),
  );
}

function expectWithin(touched: number, total: number, { atLeast, share }: Threshold): void {
  expect(touched).toBeLessThanOrEqual(Math.max(atLeast, Math.floor(share * total)));
}

/** No more addresses lose their mail, or get other readers, than pass without a word. */
function expectLimits(all: readonly Fate[], { guard }: Policy): void {
  const had = all.filter(({ was }) => was.length > 0);
  expectWithin(had.filter(({ is }) => is.length === 0).length, had.length, guard.removals);
  const stay = had.filter(({ is }) => is.length > 0);
  const moved = stay.filter(({ was, is }) => !was.some((mailbox) => is.includes(mailbox)));
  expectWithin(moved.length, stay.length, guard.redirects);
  for (const reader of new Set(stay.flatMap(({ is }) => is))) {
    const come = stay.filter(({ was, is }) => is.includes(reader) && !was.includes(reader));
    expectWithin(come.length, stay.length, { atLeast: 3, share: 0.3 });
  }
}

const lost = ({ was, is }: Fate) => was.length > 0 && is.length === 0;
const differs = ({ was, is }: Fate) => was.toSorted().join() !== is.toSorted().join();

it('lets nothing pass without a word that takes more mail away than the policy allows', () => {
  let passed = 0;
  fc.assert(
    fc.property(states, policies, ([was, is], policy) => {
      const [from, desired] = [recordsOf(was), recordsOf(is)];
      const proposal = { desired, policy, moment: { today, reserved: [] }, pruneForeign: false };
      const { plan, reasons } = assessProposal(rowsOfRevision(from), proposal);
      if (reasons.length > 0) return;
      if (plan.effects.length > 0) passed += 1;
      const [before, after] = [createDirectory(from), createDirectory(desired)];
      const ofProtected = ({ local, domain }: Fate) =>
        policy.protected.some(({ alias }) => alias === local) &&
        [before, after].some((one) => (one.aliasDomains.get(domain) ?? domain) === 'example.com');
      for (const day of [today, ...dates.filter((date) => date > today)]) {
        // Each domain by itself, those too that the change does not touch, and all together.
        for (const domains of [...mains.map((main) => [main]), mains]) {
          expectLimits(fates(before, after, day, domains), policy);
        }
        const all = fates(before, after, day, [...before.domains]);
        if (policy.guard.removals.atLeast === 0) expect(all.filter(lost)).toEqual([]);
        expect(all.filter(ofProtected).filter(differs)).toEqual([]);
      }
    }),
    { numRuns: 2000 },
  );
  expect(passed).toBeGreaterThan(50);
});
