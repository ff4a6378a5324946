import { expect, test } from 'vitest';
import type { Address } from '../../../schema/src/text/address.ts';
import { seconds } from '../../../schema/src/text/time.ts';
import type { Fate } from '../routing/route.ts';
import { entriesFor } from './intake.ts';
import { type Entry, keepTime } from './ledger.ts';

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
  const entries = await entriesFor(envelope, fates, undefined, { hasReached: async () => true }, time);
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
    { hasReached: async () => false },
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
      recipients: ['g@example.com', 'h@example.com'],
      state: 'bounced',
      reason: 'blocked',
      attempts: 0,
      since: time,
      expiresAt: time + keepTime,
    },
  ]);
});
