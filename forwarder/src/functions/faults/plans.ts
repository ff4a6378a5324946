import { type Fault, kinds } from './inject.ts';

/** Runs a scenario with every single fault; `run` returns how many calls it made. */
export async function eachFault(run: (plan: readonly Fault[]) => Promise<number>): Promise<number> {
  const calls = await run([]);
  let runs = 1;
  for (let at = 0; at < calls; at += 1) {
    for (const kind of kinds) {
      await run([{ at, kind }]);
      runs += 1;
    }
  }
  return runs;
}

/** Runs a scenario with every pair of faults, the second also among the calls that the first one brings. */
export async function eachPair(run: (plan: readonly Fault[]) => Promise<number>): Promise<number> {
  const calls = await run([]);
  let runs = 1;
  for (let at = 0; at < calls; at += 1) {
    for (const kind of kinds) {
      const first = { at, kind };
      const callsWithFirst = await run([first]);
      for (let second = at + 1; second < callsWithFirst; second += 1) {
        for (const other of kinds) {
          await run([first, { at: second, kind: other }]);
          runs += 1;
        }
      }
    }
  }
  return runs;
}
