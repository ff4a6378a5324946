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
  /** The only domains outside the managed ones that destinations may have; undefined allows all. */
  readonly allowedDomains?: readonly string[];
  readonly guard: { readonly removals: Threshold; readonly redirects: Threshold };
}

/** What holds where `_policy.yml` is silent, or missing. */
export const defaultPolicy: Policy = {
  protected: [],
  guard: { removals: { atLeast: 1, share: 0.25 }, redirects: { atLeast: 2, share: 0.3 } },
};
