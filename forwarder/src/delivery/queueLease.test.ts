import { expect, it } from 'vitest';
import { plus, seconds } from '../../../schema/src/text/time.ts';
import { fakeLease } from './delivery.fake.ts';
import { underQueueLease } from './queueLease.ts';

function world() {
  const lease = fakeLease();
  const clock = { now: 1_000 };
  const now = () => seconds(clock.now);
  return { lease, clock, now };
}

it('works alone, and whoever comes meanwhile has it look again', async () => {
  const { lease, now } = world();
  const looks: string[] = [];
  const worked = await underQueueLease(lease, 'a', now, async () => {
    looks.push('a');
    if (looks.length > 1) return;
    const other = await underQueueLease(lease, 'b', now, async () => void looks.push('b'));
    expect(other).toBe('asked');
  });
  expect(worked).toBe('worked');
  expect(looks).toEqual(['a', 'a']);
});

it.each([
  ['waits for nobody who was killed two minutes ago', 121, 'worked'],
  ['asks one who may still work', 120, 'asked'],
])('%s', async (_, later, expected) => {
  const { lease, clock, now } = world();
  await lease.take('killed', now(), plus(now(), seconds(120)));
  clock.now += later;
  expect(await underQueueLease(lease, 'next', now, async () => undefined)).toBe(expected);
});

it('prolongs the lease while it works, and says when another has it', async () => {
  const { lease, clock, now } = world();
  const kept: boolean[] = [];
  await underQueueLease(lease, 'a', now, async (keep) => {
    if (kept.length > 0) return;
    for (let minute = 0; minute < 5; minute += 1) {
      clock.now += 60;
      kept.push(await keep());
    }
    expect(await lease.take('b', now(), plus(now(), seconds(120)))).toBe(false);
    clock.now += 121;
    await lease.take('b', now(), plus(now(), seconds(120)));
    kept.push(await keep());
  });
  expect(kept).toEqual([true, true, true, true, true, false]);
});

it('leaves the lease with its holder where the work throws, until it ends by itself', async () => {
  const { lease, now } = world();
  const failed = underQueueLease(lease, 'a', now, async () => {
    throw new Error('away');
  });
  await expect(failed).rejects.toThrow('away');
  expect(await underQueueLease(lease, 'b', now, async () => undefined)).toBe('asked');
});
