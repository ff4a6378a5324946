import { expect, it } from 'vitest';
import { type Address, parseAddress } from '../text/address.ts';
import { createDirectory } from './resolve.ts';
import { who } from './who.ts';

const base = { domain: 'example.com', type: 'person', active: true } as const;
const directory = createDirectory({
  definitions: [
    { ...base, alias: 'board', destinations: ['jane', 'info'] },
    { ...base, alias: 'info', destinations: ['board', 'jane@home.example'] },
    { ...base, alias: 'jane', destinations: ['jane@home.example'] },
    { ...base, alias: 'off', destinations: ['jane@home.example'], active: false },
    { ...base, alias: 'old', destinations: ['jane'], expires: '2026-01-01' },
    { ...base, domain: 'example.org', alias: 'press', destinations: ['board@example.net'] },
  ],
  domains: [
    { domain: 'example.com' },
    { domain: 'example.social', aliasfor: 'example.com' },
    { domain: 'example.net', aliasfor: 'example.com' },
    { domain: 'example.org' },
  ],
});

function address(text: string): Address {
  const { value } = parseAddress(text);
  if (value === undefined) throw new TypeError(`no address: ${text}`);
  return value;
}

it('names every address that reaches a mailbox, by the shortest way, but no inactive one', () => {
  expect(who(directory, address('jane@home.example'), '2026-11-24')).toEqual([
    {
      address: 'board@example.com',
      also: ['board@example.net', 'board@example.social'],
      path: ['board@example.com', 'info@example.com'],
    },
    {
      address: 'info@example.com',
      also: ['info@example.net', 'info@example.social'],
      path: ['info@example.com'],
    },
    {
      address: 'jane@example.com',
      also: ['jane@example.net', 'jane@example.social'],
      path: ['jane@example.com'],
    },
    { address: 'press@example.org', path: ['press@example.org', 'board@example.com', 'info@example.com'] },
  ]);
});

it('names nobody for a mailbox that no alias leads to', () => {
  expect(who(directory, address('john@home.example'), '2026-11-24')).toEqual([]);
});
