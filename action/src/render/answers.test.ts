import { describe, expect, it } from 'vitest';
import type { Branch } from '../../../schema/src/directory/tree.ts';
import { type Address, parseAddress } from '../../../schema/src/text/address.ts';
import { type Explained, explainText, whoText } from './answers.ts';

function address(text: string): Address {
  const { value } = parseAddress(text);
  if (value === undefined) throw new TypeError(`no address: ${text}`);
  return value;
}

const base: Explained = {
  address: address('board+x@example.com'),
  status: 'active',
  matched: 'subaddress',
  path: [address('board@example.com'), address('jane@example.com')],
  destinations: [
    { address: address('jane@home.example') },
    { address: address('john@home.example'), blockedUntil: '2027-01-01T00:00:00.000Z' },
  ],
};
const leaf = (name: string, more: Partial<Branch> = {}): Branch => ({
  name,
  kind: 'alias',
  branches: [],
  ...more,
});
const branches: Branch[] = [
  leaf('jane@example.com', { branches: [leaf('jane@home.example', { kind: 'mailbox' })] }),
  leaf('old@example.com', { end: 'inactive' }),
  leaf('treasurer@example.com', { end: 'expired', expires: '2026-06-30' }),
  leaf('nowhere\u001b[31m', { end: 'undefined' }),
  leaf('team@example.com', {
    branches: [
      leaf('board@example.com', { end: 'cycle' }),
      leaf('jane@example.com', { end: 'shown' }),
      leaf('john@home.example', { kind: 'mailbox' }),
    ],
  }),
];

describe('the text of an explanation', () => {
  it('draws a tree of what leads where', () => {
    expect(explainText(base, { isOurs: true, branches })).toMatchInlineSnapshot(`
      "board+x@example.com (by its subaddress base) reaches 2 mailboxes:
      board@example.com
      ├── jane@example.com
      │   └── jane@home.example
      ├── old@example.com (switched off: reaches nobody)
      ├── treasurer@example.com (expired on 2026-06-30: reaches nobody)
      ├── nowhere [31m (not defined: reaches nobody)
      └── team@example.com
          ├── board@example.com (leads back to itself)
          ├── jane@example.com (see above)
          └── john@home.example (blocked until 2027-01-01T00:00:00.000Z)
      "
    `);
  });

  const inactive: Explained = { ...base, status: 'inactive', matched: 'exact', destinations: [] };

  it.each<[string, Explained, boolean, string]>([
    ['elsewhere', base, false, 'board+x@example.com is not at a domain of these files'],
    [
      'not defined',
      { ...base, status: 'unknown' },
      true,
      'board+x@example.com is not defined; its mail is refused.',
    ],
    [
      'switched off',
      { ...inactive, reason: 'switched-off' },
      true,
      'the alias board@example.com is switched off. Its',
    ],
    [
      'expired',
      { ...inactive, reason: 'expired', expires: '2026-06-30' },
      true,
      'the alias board@example.com expired on 2026-06-30. Its mail is refused.',
    ],
    [
      'without a reader',
      { ...base, destinations: [] },
      true,
      'board+x@example.com (by its subaddress base) reaches nobody:',
    ],
    [
      'caught',
      { ...base, matched: 'catch-all' },
      true,
      'board+x@example.com (by the catch-all) reaches 2 mailboxes:',
    ],
    ['exact', { ...base, matched: 'exact' }, true, 'board+x@example.com reaches 2 mailboxes:'],
  ])('says of an address that is %s what it means', (_, explained, isOurs, text) => {
    expect(explainText(explained, { isOurs, branches: [] })).toContain(text);
  });
});

it('lists the addresses of a mailbox, at the alias domains too', () => {
  const reaching = [
    { address: address('jane@example.com'), path: [address('jane@example.com')] },
    {
      address: address('board@example.com'),
      also: [address('board@example.net')],
      path: [address('board@example.com'), address('jane@example.com')],
    },
  ];
  expect(whoText(address('jane@home.example'), reaching)).toMatchInlineSnapshot(`
    "Mail to these addresses reaches jane@home.example:
      jane@example.com
      board@example.com (also board@example.net), through jane@example.com
    "
  `);
  expect(whoText(address('x@home.example'), [])).toBe('No address reaches x@home.example.\n');
});
