import type { Equivalent } from './survey.ts';

/** Looked at by hand. An entry whose mutant is noticed, or is no longer made, is an error of the run. */
export const equivalents: readonly Equivalent[] = [
  {
    file: 'action/src/guard/massChange.ts',
    from: "change.table !== 'definitions'",
    to: 'false',
    why: 'The row of a domain is never in force; where it is deleted its domain is given up, and that is judged before.',
  },
  {
    file: 'action/src/guard/massChange.ts',
    from: '[]',
    to: '["Stryker was here"]',
    why: 'Nobody has the recipients that this text would be.',
  },
  {
    file: 'action/src/guard/assess.ts',
    from: "change.table !== 'definitions'",
    to: 'false',
    why: 'The row of a domain has no day of expiry.',
  },
  {
    file: 'action/src/guard/assess.ts',
    from: 'expires !== undefined',
    to: 'true',
    why: 'Nothing that is undefined comes after today.',
  },
  {
    file: 'action/src/guard/assess.ts',
    from: 'expires > today',
    to: 'expires >= today',
    why: 'Today is judged anyway.',
  },
];
