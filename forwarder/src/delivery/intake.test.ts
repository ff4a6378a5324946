import { expect, it, test } from 'vitest';
import { type Address, joinAddress } from '../../../schema/src/text/address.ts';
import { milliseconds, seconds } from '../../../schema/src/text/time.ts';
import type { IncomingMail } from '../mail/event.ts';
import type { Fate } from '../routing/route.ts';
import { deliveriesOf, entriesFor, rowsFor } from './intake.ts';
import { type Entry, isAnswer, isKeptEvent, keepTime } from './ledger.ts';

const time = seconds(1_000_000);
const envelope = {
  messageId: 'mail',
  sender: 'ann@sender.example',
  receivedAt: time,
  verdicts: { spam: 'PASS', virus: 'PASS', spf: 'PASS', dkim: 'PASS', dmarc: 'PASS' },
  answerable: true,
} as const;

/** Destinations of an alias: `+a` gets mail, `~a` is blocked for a while, `!a` for good. */
function routed(alias: string, ...destinations: readonly string[]): Fate {
  const of = (mark: string) =>
    destinations
      .filter((text) => text.startsWith(mark))
      .map((text) => `${text.slice(1)}@home.example` as Address);
  return {
    kind: 'routed',
    recipient: `${alias}@example.com`,
    alias: `${alias}@example.com` as Address,
    destinations: of('+'),
    blocked: [
      ...of('~').map((destination) => ({ destination, transient: true })),
      ...of('!').map((destination) => ({ destination, transient: false })),
    ],
  };
}

const names = (entries: readonly Entry[]) => entries.map(({ destination }) => destination.split('@')[0]);

test.each<[string, Fate[], { ready: string[]; waiting: string[]; closed: string[] }]>([
  ['a group', [routed('g', '+a', '~b', '!c')], { ready: ['a'], waiting: ['b'], closed: ['c'] }],
  ['a group of blocked', [routed('g', '~b', '!c')], { ready: [], waiting: ['b'], closed: ['c'] }],
  [
    'two aliases of one mailbox',
    [routed('g', '!c'), routed('h', '!c')],
    { ready: [], waiting: [], closed: ['c'] },
  ],
  [
    'a block that begins to pass while it is looked at',
    [routed('g', '!c'), routed('h', '~c')],
    { ready: [], waiting: ['c'], closed: [] },
  ],
  [
    'a block that ends while it is looked at',
    [routed('g', '!c', '~b'), routed('h', '+c', '+b')],
    { ready: ['c', 'b'], waiting: [], closed: [] },
  ],
])('has one row per destination for %s', async (_, fates, expected) => {
  const entries = await entriesFor(
    envelope,
    fates,
    undefined,
    { reached: async (all) => new Set(all) },
    time,
  );
  expect({
    ready: names(entries.ready),
    waiting: names(entries.waiting),
    closed: names(entries.closed),
  }).toEqual(expected);
});

test('closes what is blocked for good, while the account bounces too much as well', async () => {
  const brake = { rate: 1, until: seconds(time + 1) };
  const { ready, waiting, closed } = await entriesFor(
    envelope,
    [routed('g', '+a', '!c'), routed('h', '!c')],
    brake,
    { reached: async () => new Set() },
    time,
  );
  expect(ready).toEqual([]);
  expect(waiting).toMatchObject([{ state: 'due', reason: 'guard' }]);
  expect(closed).toEqual([
    {
      ...envelope,
      destination: 'c@home.example',
      alias: 'g@example.com',
      recipient: 'g@example.com',
      isShared: true,
      recipients: ['g@example.com', 'h@example.com'],
      state: 'bounced',
      reason: 'blocked',
      attempts: 0,
      since: time,
      expiresAt: time + keepTime,
    },
  ]);
});

test('counts the day of trying from the receipt, however late the mail is taken in', async () => {
  const late = seconds(time + 80_000);
  const fates = [routed('g', '+a', '~b')];
  const { ready, waiting } = await entriesFor(
    envelope,
    fates,
    undefined,
    { reached: async (all) => new Set(all) },
    late,
  );
  expect([...ready, ...waiting].map(({ since }) => since)).toEqual([time, time]);
});

const mail: IncomingMail = {
  messageId: 'mail',
  receivedAt: milliseconds(time * 1_000),
  source: 'ann@sender.example',
  recipients: [],
  verdicts: envelope.verdicts,
  headers: [],
};
const unvouched = { ...mail.verdicts, spf: 'FAIL', dkim: 'FAIL', dmarc: 'FAIL' } as const;
const nobody = { ready: [], waiting: [], closed: [] };

test.each([
  { destinations: 98, isKept: false },
  { destinations: 99, isKept: true },
])('keeps the event of a mail to $destinations destinations: $isKept', async ({ destinations, isKept }) => {
  const fates = [routed('g', ...Array.from({ length: destinations }, (_, place) => `+d${place}`))];
  const entries = await entriesFor(
    envelope,
    fates,
    undefined,
    { reached: async (all) => new Set(all) },
    time,
  );
  const rows = rowsFor(mail, { the: 'event' }, fates, entries, time);
  expect(rows).toHaveLength(destinations + (isKept ? 1 : 0));
  const first = isKept
    ? { destination: '#event', event: '{"the":"event"}' }
    : { destination: 'd0@home.example' };
  expect(rows[0]).toMatchObject(first);
  expect(rows.filter(isKeptEvent)).toHaveLength(isKept ? 1 : 0);
});

test.each<[string, Fate, string[]]>([
  ['unknown', { kind: 'unknown', recipient: 'g@example.com' }, ['unknown']],
  ['inactive', { kind: 'inactive', recipient: 'g@example.com' }, ['unknown']],
  ['refused by policy', { kind: 'refused', recipient: 'g@example.com', reason: 'dmarc' }, ['policy']],
  ['outside our domains', { kind: 'unmanaged', recipient: 'g@example.com' }, []],
  ['blocked for good', routed('g', '!a'), ['blocked']],
  ['blocked in passing', routed('g', '~a'), []],
  ['blocked for good and in passing', routed('g', '!a', '~b'), []],
  ['blocked in part', routed('g', '+a', '!b'), []],
])('owes an answer where a recipient is %s, unless the sender may be forged', (_, fate, causes) => {
  const [answer] = rowsFor(mail, {}, [fate], nobody, time).filter(isAnswer);
  expect((answer?.refusals ?? []).map(({ cause }) => cause)).toEqual(causes);
  const forged = { ...mail, verdicts: unvouched };
  expect(rowsFor(forged, {}, [fate], nobody, time)).toMatchObject([{ destination: '#none' }]);
});

const inactive: Fate = { kind: 'inactive', recipient: 'old@example.com' };
const spam: Fate = { kind: 'dropped', recipient: 'info@example.com', reason: 'spam' };

test.each<[string, Fate[], boolean, object[]]>([
  ['the answer', [inactive, spam], true, [{ destination: '#bounce', leftOut: [inactive, spam] }]],
  ['a row of their own', [inactive, spam], false, [{ destination: '#none', leftOut: [inactive, spam] }]],
  [
    'a row of their own where none is owed an answer',
    [spam],
    true,
    [{ destination: '#none', leftOut: [spam] }],
  ],
  [
    'a row beside that of a destination',
    [routed('g', '+a'), inactive],
    false,
    [{ destination: '#none', state: 'dropped', leftOut: [inactive] }, { destination: 'a@home.example' }],
  ],
  ['no row where there are none', [routed('g', '+a')], true, [{ destination: 'a@home.example' }]],
])('names who is left out in %s', async (_, fates, mayAnswer, expected) => {
  const entries = await entriesFor(
    envelope,
    fates,
    undefined,
    { reached: async (all) => new Set(all) },
    time,
  );
  const given = mayAnswer ? mail : { ...mail, verdicts: unvouched };
  expect(rowsFor(given, {}, fates, entries, time)).toMatchObject(expected);
});

it('names each destination once, for the first recipient that leads there', () => {
  const [first, second] = [joinAddress('info', 'example.com'), joinAddress('board', 'example.com')];
  const [ann, bob] = [joinAddress('ann', 'a.example'), joinAddress('bob', 'b.example')];
  const routes = [
    { recipient: 'info@example.net', alias: first, destinations: [ann] },
    { recipient: 'board@example.com', alias: second, destinations: [ann, bob] },
  ];
  expect(deliveriesOf(routes)).toEqual([
    { destination: ann, alias: first, recipient: 'info@example.net' },
    { destination: bob, alias: second, recipient: 'board@example.com' },
  ]);
});

test('names of each destination the recipients alone that lead there', async () => {
  const fates = [routed('g', '+a', '+b'), routed('h', '+b')];
  const { ready } = await entriesFor(
    envelope,
    fates,
    undefined,
    { reached: async (all) => new Set(all) },
    time,
  );
  expect(ready.map(({ recipients }) => recipients)).toEqual([
    ['g@example.com'],
    ['g@example.com', 'h@example.com'],
  ]);
});
