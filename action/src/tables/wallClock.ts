import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from './retry.ts';

/** The machine's own time and chance, for the entry files: everything else is handed a clock. */
export const wallClock: Clock = {
  now: () => performance.now(),
  sleep: async (milliseconds) => {
    await sleep(milliseconds);
  },
  random: Math.random,
};
