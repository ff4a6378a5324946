import type { Threshold } from '../../../schema/src/files/policy.ts';
import { type Message, type Part, say, type Template } from '../../../schema/src/messages/message.ts';
import { splitAddress } from '../../../schema/src/text/address.ts';
import type { Effect } from '../plan/plan.ts';
import { limitOf } from './limits.ts';
import type { Judge, Subject } from './reason.ts';

/**
 * More addresses than the policy lets pass that had recipients and would have none, for whatever cause: deleted,
 * renamed, inactive, expired, left by what they refer to. Addresses that reach nobody anyhow do not raise the limit.
 */
export const massRemoval: Judge = ({ addresses, limits }) => {
  const had = addresses.filter(({ before }) => before.length > 0);
  const tallies = overLimit(had, ({ after }) => after.length === 0, limits.removals);
  if (tallies.length === 0) return [];
  return [
    {
      code: 'mass-removal',
      message: inClauses(describe(tallies, nobodyLeft)),
      about: subjectsOf(tallies, ({ address }) => ({ name: address, outcome: 'nobody' })),
    },
  ];
};

/**
 * More addresses than the policy lets pass, of those that stay, would lose all their former recipients and reach others
 * instead. Counted by what mail does: one mailbox behind many groups counts for each of them, and so does an alias that
 * leaves its mail to the catch-all.
 */
export const massRedirect: Judge = ({ addresses, limits }) => {
  const tallies = overLimit(addresses.filter(stays), losesAll, limits.redirects);
  if (tallies.length === 0) return [];
  return [
    {
      code: 'mass-redirect',
      message: inClauses(describe(tallies, othersInstead)),
      about: subjectsOf(tallies, ({ address, after }) => ({
        name: address,
        outcome: [...after].sort().join(),
      })),
    },
  ];
};

/** A mailbox would be added to more addresses, of those that stay, than anybody joins at once. */
export const newReader: Judge = ({ addresses, limits: { readers } }) => {
  const staying = addresses.filter(stays);
  const added = new Map<string, Set<Effect>>();
  for (const effect of staying) {
    const had = new Set(effect.before);
    for (const mailbox of effect.after) {
      if (had.has(mailbox)) continue;
      added.set(mailbox, (added.get(mailbox) ?? new Set()).add(effect));
    }
  }
  const found = [...added].flatMap(([mailbox, effects]) => {
    if (effects.size <= readers.atLeast) return [];
    const tallies = overLimit(staying, (effect) => effects.has(effect), readers);
    return tallies.length === 0 ? [] : [{ mailbox, tallies }];
  });
  if (found.length === 0) return [];
  return [
    {
      code: 'new-reader',
      message: inClauses(found.flatMap(({ mailbox, tallies }) => describe(tallies, oneMore, { mailbox }))),
      about: found.flatMap(({ mailbox, tallies }) =>
        subjectsOf(tallies, ({ address }) => ({ name: address, outcome: mailbox })),
      ),
    },
  ];
};

function stays({ before, after }: Effect): boolean {
  return before.length > 0 && after.length > 0;
}

function losesAll({ before, after }: Effect): boolean {
  const has = new Set(after);
  return !before.some((mailbox) => has.has(mailbox));
}

interface Tally {
  /** A domain, or undefined for all of them together. */
  readonly domain: string | undefined;
  readonly touched: readonly Effect[];
  readonly total: number;
  readonly limit: number;
}

/** The tallies over their limit, of each domain and of all together. */
function overLimit(
  effects: readonly Effect[],
  isTouched: (effect: Effect) => boolean,
  threshold: Threshold,
): Tally[] {
  const tallyOf = (domain: string | undefined, of: readonly Effect[]): Tally[] => {
    const limit = limitOf(threshold, of.length);
    const touched = of.filter(isTouched);
    return touched.length > limit ? [{ domain, touched, total: of.length, limit }] : [];
  };
  const byDomain = Map.groupBy(effects, ({ address }) => splitAddress(address).domain);
  return [...[...byDomain].flatMap(([domain, of]) => tallyOf(domain, of)), ...tallyOf(undefined, effects)];
}

function subjectsOf(tallies: readonly Tally[], subject: (effect: Effect) => Subject): Subject[] {
  return [...new Set(tallies.flatMap(({ touched }) => touched))].map(subject);
}

/** What happens to a number of addresses of a domain, and of all. */
interface Wording {
  readonly ofDomain: Template;
  readonly inAll: Template;
}

const nobodyLeft = {
  ofDomain: '{touched} of {total} addresses of {domain} would reach nobody (the limit is {limit})',
  inAll: '{touched} of {total} addresses in all would reach nobody (the limit is {limit})',
} as const;
const othersInstead = {
  ofDomain:
    '{touched} of {total} addresses of {domain} would lose all their former recipients (the limit is {limit})',
  inAll:
    '{touched} of {total} addresses in all would lose all their former recipients (the limit is {limit})',
} as const;
const oneMore = {
  ofDomain:
    '{touched} of {total} addresses of {domain} would get a new reader, {mailbox} (the limit is {limit})',
  inAll: '{touched} of {total} addresses in all would get a new reader, {mailbox} (the limit is {limit})',
} as const;

function describe(
  tallies: readonly Tally[],
  { ofDomain, inAll }: Wording,
  more: Readonly<Record<string, Part>> = {},
): Message[] {
  const named = tallies.filter(({ domain }) => domain !== undefined);
  return (named.length > 0 ? named : tallies).map(({ domain, touched, total, limit }) => {
    const parts = { touched: touched.length, total, limit, ...more };
    return domain === undefined ? say(inAll, parts) : say(ofDomain, { ...parts, domain });
  });
}

function inClauses([first, ...others]: readonly Message[]): Message {
  const clauses = others.reduce<Message | undefined>(
    (before, clause) => (before === undefined ? clause : say('{before}; {clause}', { before, clause })),
    first,
  );
  return say('{clauses}.', { clauses: clauses ?? '' });
}
