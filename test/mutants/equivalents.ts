import type { Equivalent } from './survey.ts';

/** Looked at by hand. An entry whose mutant is noticed, or is no longer made, is an error of the run. */
export const equivalents: readonly Equivalent[] = [];
