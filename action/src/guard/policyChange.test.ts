import { describe, expect, it } from 'vitest';
import { defaultPolicy, type Policy } from '../../../schema/src/files/policy.ts';
import { wordsOf } from '../../../schema/src/messages/message.ts';
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
    'destinations may be at c.example',
    true,
  ],
  [
    'a domain less for destinations',
    { ...strict, allowedDomains: ['a.example'] },
    'destinations may no longer be at b.example',
    false,
  ],
  ['destinations anywhere', anywhere, 'destinations may be at any domain', true],
  [
    'a domain more to manage',
    { ...strict, domains: ['example.com', 'example.org'] },
    'this group may manage example.org',
    true,
  ],
  ['any domain to manage', anyDomain, 'this group may manage any domain', true],
  [
    'a higher number of removals',
    guard({ removals: { atLeast: 2, share: 0.25 } }),
    'as many as 2 addresses, or 25 % of them, may stop working at once, instead of 1 or 25 %',
    true,
  ],
  [
    'a larger share of redirects',
    guard({ redirects: { atLeast: 2, share: 0.5 } }),
    'as many as 2 addresses, or 50 % of them, may get other readers at once, instead of 2 or 30 %',
    true,
  ],
  [
    'a smaller share of redirects',
    guard({ redirects: { atLeast: 2, share: 0.1 } }),
    'as many as 2 addresses, or 10 % of them, may get other readers at once, instead of 2 or 30 %',
    false,
  ],
  [
    'a higher number and a smaller share',
    guard({ removals: { atLeast: 9, share: 0.1 } }),
    'as many as 9 addresses, or 10 % of them, may stop working at once, instead of 1 or 25 %',
    true,
  ],
];

const shown = (base: Policy, head: Policy) =>
  policyChanges(base, head).map(({ sentence, isLooser }) => ({
    sentence: wordsOf(sentence, 'en'),
    isLooser,
  }));

describe('policyChanges', () => {
  it.each(points)('tells %s', (_, head, sentence, isLooser) => {
    expect(shown(strict, head)).toEqual([{ sentence, isLooser }]);
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
    expect(shown(defaultPolicy, { ...defaultPolicy, domains: ['example.com'], allowedDomains: [] })).toEqual([
      { isLooser: false, sentence: 'destinations may be at no other domain' },
      { isLooser: false, sentence: 'this group may manage example.com alone' },
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
