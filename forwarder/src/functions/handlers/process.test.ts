import { setImmediate as othersDone } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { mailWorld, receivedAt } from '../faults/mailWorld.ts';

const recipients = ['john@example.com', 'nobody@example.com'];

test.each([
  {
    what: 'that is being recorded when the time is over',
    timer: async () => undefined,
    written: ['john@home.example', 'john@work.example', '#bounce'],
  },
  {
    what: 'whose record goes on after the time is over',
    timer: async (time: { now: number }) => {
      time.now = receivedAt + 24_000;
    },
    written: [],
  },
])('keeps the event of a mail $what, and sends it once to each', async ({ timer, written }) => {
  const world = mailWorld([], recipients, timer);
  expect(await world.receive()).toBe(true);
  await othersDone();
  expect([...world.events.keys()]).toEqual(['mail']);
  expect(world.telemetry.counts.get('kept')).toBe(1);
  expect(world.sent).toEqual([]);
  expect(world.ledger.rows.map(({ destination }) => destination).toSorted()).toEqual(written.toSorted());
  for (const minutes of [2, 12]) await world.retryAfter(minutes);
  expect(world.events.size).toBe(0);
  expect(world.sent.toSorted()).toEqual(['john@home.example', 'john@work.example']);
  expect(world.answered).toEqual([['nobody@example.com']]);
});

test('keeps no event of a mail that is recorded in time', async () => {
  const world = mailWorld([], recipients);
  expect(await world.receive()).toBe(true);
  expect(world.events.size).toBe(0);
  expect(world.sent).toHaveLength(2);
});
