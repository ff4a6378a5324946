import { describe, expect, it } from 'vitest';
import { defaultPolicy, type Policy } from '../../../schema/src/files/policy.ts';
import { policyChanges, strictest } from './policyChange.ts';

const strict: Policy = {
  protected: [
    { alias: 'postmaster', minimum: 1 },
    { alias: 'board', domain: 'example.com', minimum: 2 },
  ],
  allowedDomains: ['a.example', 'b.example'],
  domains: ['example.com'],
  guard: { removals: { atLeast: 1, share: 0.25 }, redirects: { atLeast: 2, share: 0.3 } },
  language: 'en',
};
const { allowedDomains: _, ...anywhere } = strict;
const { domains: __, ...anyDomain } = strict;
const guard = (change: Partial<Policy['guard']>): Policy => ({
  ...strict,
  guard: { ...strict.guard, ...change },
});

/** Each with the sentence and whether it loosens. */
const points: readonly (readonly [string, Policy, string, boolean])[] = [
  [
    'an alias that loses its protection',
    { ...strict, protected: strict.protected.slice(0, 1) },
    'board@example.com is no longer protected',
    true,
  ],
  [
    'a minimum that sinks',
    {
      ...strict,
      protected: [...strict.protected.slice(0, 1), { alias: 'board', domain: 'example.com', minimum: 1 }],
    },
    'board@example.com must reach at least 1 mailbox instead of 2',
    true,
  ],
  [
    'a minimum that rises',
    { ...strict, protected: [...strict.protected.slice(1), { alias: 'postmaster', minimum: 3 }] },
    'postmaster must reach at least 3 mailboxes instead of 1',
    false,
  ],
  [
    'an alias that is protected from now on',
    { ...strict, protected: [...strict.protected, { alias: 'info', minimum: 1 }] },
    'info must reach at least 1 mailbox',
    false,
  ],
  ['another language', { ...strict, language: 'fr' }, 'comments are written in French', false],
  [
    'a domain more for destinations',
    { ...strict, allowedDomains: ['a.example', 'b.example', 'c.example'] },
    'c.example becomes a domain that destinations may be at',
    true,
  ],
  [
    'a domain less for destinations',
    { ...strict, allowedDomains: ['a.example'] },
    'b.example is no longer a domain that destinations may be at',
    false,
  ],
  ['destinations anywhere', anywhere, 'the list of domains that destinations may be at is gone', true],
  [
    'a domain more to manage',
    { ...strict, domains: ['example.com', 'example.org'] },
    'example.org becomes a domain that this group may manage',
    true,
  ],
  ['any domain to manage', anyDomain, 'the list of domains that this group may manage is gone', true],
  [
    'a higher number of removals',
    guard({ removals: { atLeast: 2, share: 0.25 } }),
    'the limit of removals becomes 2 or 25 % instead of 1 or 25 %',
    true,
  ],
  [
    'a larger share of redirects',
    guard({ redirects: { atLeast: 2, share: 0.5 } }),
    'the limit of redirects becomes 2 or 50 % instead of 2 or 30 %',
    true,
  ],
  [
    'a smaller share of redirects',
    guard({ redirects: { atLeast: 2, share: 0.1 } }),
    'the limit of redirects becomes 2 or 10 % instead of 2 or 30 %',
    false,
  ],
  [
    'a higher number and a smaller share',
    guard({ removals: { atLeast: 9, share: 0.1 } }),
    'the limit of removals becomes 9 or 10 % instead of 1 or 25 %',
    true,
  ],
];

describe('policyChanges', () => {
  it.each(points)('tells %s', (_, head, sentence, isLooser) => {
    expect(policyChanges(strict, head)).toEqual([expect.objectContaining({ sentence, isLooser })]);
  });

  it('tells nothing where nothing changes', () => {
    expect(policyChanges(strict, structuredClone(strict))).toEqual([]);
    expect(policyChanges(defaultPolicy, defaultPolicy)).toEqual([]);
  });

  it('tells each point of a file that is deleted', () => {
    expect(policyChanges(strict, defaultPolicy).map(({ name, isLooser }) => [name, isLooser])).toEqual([
      ['protected: postmaster', true],
      ['protected: board@example.com', true],
      ['allowedDomains', true],
      ['domains', true],
    ]);
  });

  it('tells the lists that begin, which loosens nothing', () => {
    expect(
      policyChanges(defaultPolicy, { ...defaultPolicy, domains: ['example.com'], allowedDomains: [] }),
    ).toEqual([
      expect.objectContaining({
        isLooser: false,
        sentence: 'the only domains that destinations may be at are none',
      }),
      expect.objectContaining({
        isLooser: false,
        sentence: 'the only domains that this group may manage are example.com',
      }),
    ]);
  });
});

describe('strictest', () => {
  it.each(points)('is no looser than before with %s', (_, head) => {
    expect(policyChanges(strict, strictest(strict, head)).filter(({ isLooser }) => isLooser)).toEqual([]);
    expect(policyChanges(head, strictest(strict, head)).filter(({ isLooser }) => isLooser)).toEqual([]);
  });

  it('is the one that there is where nobody knows the other', () => {
    expect(strictest(undefined, strict)).toBe(strict);
  });
});
