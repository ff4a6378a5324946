import type { Language } from '../messages/message.ts';
import type { Table, Text, Value } from '../syntax/value.ts';
import { type Destination, parseDestination, parseDomain } from '../text/address.ts';
import { fieldOf, type Reading, textsOf } from './model.ts';

/** What `_policy.yml` says, with its places. */
export interface PolicyFile {
  readonly policy: Policy;
  readonly protections: readonly { readonly name: Reading<Destination>; readonly protection?: Protection }[];
  readonly domains: readonly Reading[];
  readonly allowedDomains: readonly Reading[];
}

/** Reads a policy file whose shape is right; what it does not say is as in `defaultPolicy`. */
export function readPolicyFile(root: Table): PolicyFile {
  const protections = entriesOf(fieldOf(root, 'protected')).map(({ key, value }) =>
    readProtection(key, value),
  );
  const domains = readDomains(fieldOf(root, 'domains'));
  const allowedDomains = readDomains(fieldOf(root, 'allowedDomains'));
  const guard = fieldOf(root, 'guard');
  const { removals, redirects } = defaultPolicy.guard;
  return {
    policy: {
      protected: protections.flatMap(({ protection }) => (protection === undefined ? [] : [protection])),
      ...(domains && { domains: understood(domains) }),
      language: languageOf(fieldOf(root, 'language')),
      ...(allowedDomains && { allowedDomains: understood(allowedDomains) }),
      guard: {
        removals: readThreshold(within(guard, 'removals'), removals),
        redirects: readThreshold(within(guard, 'redirects'), redirects),
      },
    },
    protections,
    domains: domains ?? [],
    allowedDomains: allowedDomains ?? [],
  };
}

/** Undefined where the list is left out, which allows what an empty one forbids. */
function readDomains(list: Value | undefined): readonly Reading[] | undefined {
  return list && textsOf(list).map((text) => ({ text, read: parseDomain(text.text) }));
}

function understood(readings: readonly Reading[]): readonly string[] {
  return readings.flatMap(({ read }) => (read.value === undefined ? [] : [read.value]));
}

function readProtection(key: Text, value: Value): PolicyFile['protections'][number] {
  const read = parseDestination(key.text);
  const name = { text: key, read };
  if (read.value === undefined) return { name };
  const minimum = numberOf(value) ?? 1;
  const { local: alias } = read.value;
  return read.value.kind === 'name'
    ? { name, protection: { alias, minimum } }
    : { name, protection: { alias, domain: read.value.domain, minimum } };
}

function languageOf(value: Value | undefined): Language {
  return value?.kind === 'text' && value.text === 'fr' ? 'fr' : defaultPolicy.language;
}

function readThreshold(value: Value | undefined, otherwise: Threshold): Threshold {
  return {
    atLeast: numberOf(within(value, 'atLeast')) ?? otherwise.atLeast,
    share: numberOf(within(value, 'share')) ?? otherwise.share,
  };
}

function within(value: Value | undefined, name: string): Value | undefined {
  return value?.kind === 'table' ? fieldOf(value, name) : undefined;
}

function entriesOf(value: Value | undefined): Table['entries'] {
  return value?.kind === 'table' ? value.entries : [];
}

function numberOf(value: Value | undefined): number | undefined {
  return value?.kind === 'text' ? Number(value.text) : undefined;
}

/** More than `max(atLeast, share of them)` is too many. `share` is from 0 to 1. */
export interface Threshold {
  readonly atLeast: number;
  readonly share: number;
}

/** An alias that must reach a number of mailboxes; without a domain, in every managed domain. */
export interface Protection {
  readonly alias: string;
  readonly domain?: string;
  readonly minimum: number;
}

/** The repository's own rules, from `_policy.yml`. */
export interface Policy {
  readonly protected: readonly Protection[];
  /** The domains and alias domains that the group may manage, folded; undefined allows all. */
  readonly domains?: readonly string[];
  /** The only domains outside the managed ones that destinations may have; undefined allows all. */
  readonly allowedDomains?: readonly string[];
  readonly guard: { readonly removals: Threshold; readonly redirects: Threshold };
  /** What members read is in it. */
  readonly language: Language;
}

/** What holds where `_policy.yml` is silent, or missing. */
export const defaultPolicy: Policy = {
  protected: [],
  language: 'en',
  guard: { removals: { atLeast: 1, share: 0.25 }, redirects: { atLeast: 2, share: 0.3 } },
};
