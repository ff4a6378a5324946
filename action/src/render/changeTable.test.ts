import { describe, expect, it } from 'vitest';
import { say } from '../../../schema/src/messages/message.ts';
import { parseAddress } from '../../../schema/src/text/address.ts';
import type { AddressChange } from '../meaning/addressChange.ts';
import type { ChangeMeaning } from '../meaning/changeMeaning.ts';
import type { Recipient } from '../meaning/people.ts';
import { laterLines, listOf, newsOf, summingSentence } from './changeTable.ts';
import { asIs } from './redact.ts';
import { createSpeaker } from './speaker.ts';

const speaker = createSpeaker('en', asIs);
const address = parseAddress('board@example.com').value;
if (address === undefined) throw new Error('this is an address');
const nothing: ChangeMeaning = {
  counts: { new: 0, other: 0, gone: 0 },
  addresses: [],
  domains: { come: [], moved: [], gone: [] },
  alsoAt: [],
  endings: [],
  remarks: [],
};
const day = new Date('2027-01-31');
const stopping = { day, stops: [address], loses: [] };
const lost: Recipient = { kind: 'person', name: 'john' };
const losing = { day, stops: [], loses: [{ addresses: [address, address], people: [lost] }] };

it.each<[string, Partial<ChangeMeaning>, string]>([
  ['nothing', {}, 'Nobody gets other mail.'],
  [
    'one of each',
    { counts: { new: 1, other: 1, gone: 1 } },
    '1 address reaches other people, 1 address starts working and 1 address stops working.',
  ],
  ['two of one', { counts: { new: 0, other: 2, gone: 0 } }, '2 addresses reach other people.'],
  [
    'a later day alone',
    { endings: [stopping] },
    'Nobody gets other mail now. 1 address stops working on 31 January 2027.',
  ],
  [
    'today and a later day',
    { counts: { new: 0, other: 2, gone: 0 }, endings: [stopping] },
    '2 addresses reach other people and 1 address stops working on 31 January 2027.',
  ],
  [
    'a day with fewer people',
    { endings: [losing] },
    'Nobody gets other mail now. 2 addresses reach fewer people from 31 January 2027.',
  ],
  [
    'a domain alone',
    { domains: { come: ['a.example'], moved: ['d.example'], gone: ['b.example', 'c.example'] } },
    '1 domain is added, 1 domain leads to other addresses and 2 domains are given up.',
  ],
])('sums up %s', (_, meaning, expected) => {
  expect(summingSentence({ ...nothing, ...meaning }, speaker)).toBe(expected);
});

describe('the news of an address', () => {
  const jane = { kind: 'person', name: 'jane' } as const;
  const john = { kind: 'person', name: 'john' } as const;
  const change: AddressChange = {
    address,
    kind: 'other',
    before: [],
    after: [],
    come: [],
    gone: [],
    why: say('its line is new'),
  };

  it.each<[string, Partial<AddressChange>, string]>([
    ['somebody comes', { come: [jane] }, 'mail to `board@example.com` now also reaches `jane`'],
    ['somebody goes', { gone: [john] }, 'mail to `board@example.com` no longer reaches `john`'],
    [
      'one comes for another',
      { come: [jane], gone: [john] },
      'mail to `board@example.com` now reaches `jane` instead of `john`',
    ],
    [
      'it is new',
      { kind: 'new', come: [jane, john] },
      'mail to `board@example.com` now reaches `jane` and `john`',
    ],
    [
      'it stops',
      { kind: 'gone', gone: [john] },
      'mail to `board@example.com` goes back to its sender; it reached `john`',
    ],
  ])('is told where %s', (_, more, expected) => {
    expect(newsOf({ ...change, ...more }, speaker)).toBe(expected);
  });
});

it.each([
  [12, /`n11`$/],
  [13, /`n11` and 1 more$/],
])('names twelve of %i', (count, expected) => {
  expect(
    listOf(
      Array.from({ length: count }, (_, n) => `n${n}`),
      speaker,
    ),
  ).toMatch(expected);
});

it('tells what later days bring before what else changes', () => {
  const remark = say('{domain} is a new domain of this group.', { domain: 'a.example' });
  const lines = laterLines({ ...nothing, endings: [stopping, losing], remarks: [remark] }, speaker);
  expect(lines).toEqual([
    'On 31 January 2027 `board@example.com` stops working.',
    'From 31 January 2027 mail to `board@example.com` and `board@example.com` no longer reaches `john`.',
    '`a.example` is a new domain of this group.',
  ]);
});
