import { expect, test } from 'vitest';
import { readBounceRow, type StoredBounce } from '../../../schema/src/records/bounceRow.ts';
import { type Address, joinAddress } from '../../../schema/src/text/address.ts';
import { plus, type Seconds, seconds } from '../../../schema/src/text/time.ts';
import type { Outgoing } from './attempt.ts';
import { fakeLedger } from './delivery.fake.ts';
import { type UnblockPorts, unblock, unblockedAt } from './unblock.ts';

const now = seconds(1_762_000_000);
const day = 86_400;
const mailbox = joinAddress('m', 'home.example');
const row = (given: object = {}): StoredBounce =>
  readBounceRow({
    destination: mailbox,
    createdAt: now - day,
    validUntil: now + day,
    type: 'bounce',
    bounceType: 'Permanent',
    status: '5.1.1',
    ...given,
  });

interface World {
  readonly rows?: readonly StoredBounce[];
  readonly aliases?: readonly string[];
  readonly isSuppressed?: boolean;
  readonly fault?: string;
}

function world({ rows = [], aliases = [], isSuppressed = false, fault }: World) {
  const ledger = fakeLedger();
  const removed: unknown[] = [];
  const sent: Outgoing[] = [];
  const ports: UnblockPorts = {
    bounces: { readAll: async () => [...rows], remove: async (key) => void removed.push(key) },
    aliases: {
      leadingTo: async (destination) =>
        aliases.map((alias) => ({
          alias: alias as Address,
          destination: destination as Address,
          domain: 'example.com',
          updatedAt: 0,
          bounces: 1,
        })),
    },
    ledger,
    sender: {
      send: async (mail) => {
        if (fault !== undefined) throw Object.assign(new Error('for m@home.example'), { name: fault });
        sent.push(mail);
        return 'ses-notice';
      },
    },
    suppression: { remove: async () => isSuppressed },
  };
  const options = { senderLocalPart: 'forwarder-daemon', softBounceLimit: 3, again: false };
  return { ports, ledger, removed, sent, options };
}

test('removes each row by the key that it is stored under, and no other mailbox’s', async () => {
  const own = [row(), row({ destination: 'M@Home.example', createdAt: (now - 5) * 1_000 })];
  const { ports, removed, options } = world({ rows: [...own, row({ destination: 'b@home.example' })] });
  expect(await unblock(mailbox, ports, options, now)).toEqual({
    removed: 2,
    wasSuppressed: false,
    told: false,
  });
  expect(removed).toEqual([
    { destination: 'm@home.example', createdAt: now - day },
    { destination: 'M@Home.example', createdAt: (now - 5) * 1_000 },
  ]);
});

test.each<[string, World, boolean | string]>([
  ['was blocked', { rows: [row()], aliases: ['b@example.com', 'a@example.com'] }, true],
  ['was suppressed', { isSuppressed: true, aliases: ['a@example.com'] }, true],
  ['was not blocked', { aliases: ['a@example.com'] }, false],
  ['nobody writes to', { rows: [row()] }, false],
  ['SES refuses', { rows: [row()], aliases: ['a@example.com'], fault: 'MessageRejected' }, 'MessageRejected'],
])('tells a mailbox that %s, or does not', async (_, given, told) => {
  const { ports, sent, ledger, options } = world(given);
  expect(await unblock(mailbox, ports, options, now)).toMatchObject({ told });
  expect(sent.map(({ from, to }) => [from, to])).toEqual(
    told === true ? [['forwarder-daemon@example.com', mailbox]] : [],
  );
  expect(await unblockedAt(mailbox, ledger, now)).toBe(told === true ? now : undefined);
});

test('remembers for a week whom it unblocked, the last time, by what SES took', async () => {
  const { ports, ledger, options } = world({ rows: [row()], aliases: ['a@example.com'] });
  await unblock(mailbox, ports, options, plus(now, seconds(-day)));
  await unblock(mailbox, ports, options, now);
  expect(await ledger.bySesMessage('ses-notice')).toMatchObject({ destination: mailbox, state: 'sent' });
  expect(ledger.rows).toHaveLength(1);
  const look = (time: Seconds) => unblockedAt(mailbox, ledger, time);
  expect(await look(plus(now, seconds(7 * day - 1)))).toBe(now);
  expect(await look(plus(now, seconds(7 * day)))).toBeUndefined();
  expect(await unblockedAt('b@home.example', ledger, now)).toBeUndefined();
});

const again = row({ unblockedAt: now - 3 * day });

test('leaves a mailbox blocked that blocked itself again, but for somebody who insists', async () => {
  const { ports, removed, sent, options } = world({ rows: [again], aliases: ['a@example.com'] });
  expect(await unblock(mailbox, ports, options, now)).toEqual({ blockedAgain: '2025-10-29' });
  expect([removed, sent]).toEqual([[], []]);
  expect(await unblock(mailbox, ports, { ...options, again: true }, now)).toMatchObject({
    removed: 1,
    told: true,
  });
});
