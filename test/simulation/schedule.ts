import type { groupWorld } from './groupWorld.ts';
import { start } from './groupWorld.ts';

type World = ReturnType<typeof groupWorld>;

/** How the events of a schedule come: each on time, each twice, or sixteen minutes late. */
export const timings = ['on time', 'doubled', 'late'] as const;
export type Timing = (typeof timings)[number];

const interval = 300_000;
const lateness = 960_000;

/** Fires the schedule of `retryDeliveries` from its first event to the last before `hours` have passed. */
export async function schedule(world: World, timing: Timing, hours: number, offset = 60_000): Promise<void> {
  const end = start + hours * 3_600_000;
  const delay = timing === 'late' ? lateness : 0;
  for (let at = start + offset; at + delay < end; at += interval) {
    await world.time.sleep(at + delay - world.time.now());
    void world.retry(at);
    if (timing === 'doubled') void world.retry(at);
  }
}
