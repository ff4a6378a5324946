import { expect, it } from 'vitest';
import { parseDomain } from './address.ts';
import { isPublicProvider } from './providers.ts';
import { meantProvider } from './suggest.ts';

it.each([
  ['gmail.com', true],
  ['yahoo.co.uk', true],
  ['126.com', true],
  ['t-online.de', true],
  ['gmail.de', false],
  ['mail.gmail.com', false],
  ['example.com', false],
  ['com', false],
])('knows whether anybody can have a mailbox at %s', (domain, isPublic) => {
  expect(isPublicProvider(domain)).toBe(isPublic);
});

it.each(['gmial.com', 'hotmial.com', 'outlok.de', 'yaho.co.uk', 'icluod.com', 'protonmal.ch', 'fastmial.fm'])(
  'has the provider that `%s` was meant for, and not the slip',
  (slip) => {
    const meant = meantProvider(slip) ?? '';
    expect(parseDomain(meant).value).toBe(meant);
    expect([isPublicProvider(meant), isPublicProvider(slip)]).toEqual([true, false]);
  },
);
