import { expect, test } from 'vitest';
import { mailWorld } from '../faults/mailWorld.ts';

const recipients = ['john@example.com', 'nobody@example.com'];

test('keeps the event of a mail that is recorded too late, and sends it once to each', async () => {
  const world = mailWorld([], recipients, Promise.resolve());
  expect(await world.receive()).toBe(true);
  expect([...world.events.keys()]).toEqual(['mail']);
  expect(world.telemetry.counts.get('kept')).toBe(1);
  expect(world.sent).toEqual([]);
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
