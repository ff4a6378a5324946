import { expect, it } from 'vitest';
import { seconds } from '../../../schema/src/text/time.ts';
import { fakeDelivery, fakeEntry } from './delivery.fake.ts';
import { brakedAmong } from './hold.ts';

const at = 1_000_000;
const engaged = { rate: 0.1, until: seconds(at + 1) };
const ended = { rate: 0.1, until: seconds(at) };

it.each([
  ['who was held back', 'guard', engaged, false, true],
  ['nobody who was reached, by whatever alias', 'guard', engaged, true, false],
  ['nobody who waits for another reason', 'quota', engaged, false, false],
  ['nobody once it is released', 'guard', ended, false, false],
  ['nobody where there is none', 'guard', undefined, false, false],
])('the brake holds back %s', async (_, reason, brake, isReached, isHeld) => {
  const { ports, ledger } = fakeDelivery({ now: at * 1_000, ...(brake === undefined ? {} : { brake }) });
  const entry = fakeEntry('ann@home.example', at, { reason, attempts: 0 });
  if (isReached) {
    const alias = 'other@example.com' as typeof entry.alias;
    const earlier = fakeEntry('ann@home.example', at, { messageId: 'earlier', alias });
    await ledger.open([earlier]);
    await ledger.close(earlier, { state: 'sent', sesMessageId: 'ses' }, seconds(at));
  }
  expect([...(await brakedAmong([entry], ports, seconds(at)))]).toEqual(isHeld ? [entry] : []);
});

it('reads the brake once, and the destinations together', async () => {
  const { ports } = fakeDelivery({ now: at * 1_000 });
  const calls: string[] = [];
  const counted = {
    brake: {
      read: async () => {
        calls.push('brake');
        return engaged;
      },
    },
    ledger: {
      ...ports.ledger,
      reached: async (all: Parameters<typeof ports.ledger.reached>[0]) => {
        calls.push(`reached ${all.length}`);
        return new Set<(typeof all)[number]>();
      },
    },
  };
  const entries = Array.from({ length: 500 }, (_, n) =>
    fakeEntry(`m${n}@home.example`, at, { reason: 'guard', attempts: 0 }),
  );
  expect((await brakedAmong(entries, counted, seconds(at))).size).toBe(500);
  expect(calls).toEqual(['brake', 'reached 500']);
});
