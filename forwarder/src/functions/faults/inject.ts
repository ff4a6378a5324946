/**
 * What may go wrong with a call to AWS. `timed-out`: it was done and nobody heard. `killed-…`: the invocation ends
 * before or after the call, and nothing of it happens any more.
 */
const kinds = ['throttled', 'server-error', 'refused', 'timed-out', 'killed-before', 'killed-after'] as const;
type Kind = (typeof kinds)[number];

export interface Fault {
  /** The number of the call, over all invocations. */
  readonly at: number;
  readonly kind: Kind;
}

export interface Injector {
  /** The names of the calls so far. */
  readonly calls: readonly string[];
  /** The port with its calls counted, and failing where the plan says so. */
  wrap<P extends object>(name: string, port: P): P;
  /** Runs an invocation to its end or death; false when it threw, or was killed. */
  invoke(work: () => Promise<unknown>): Promise<boolean>;
}

/** Makes the calls of wrapped ports fail as planned. */
export function injector(plan: readonly Fault[]): Injector {
  const calls: string[] = [];
  const life = { isOver: false };

  const run = async (name: string, call: () => Promise<unknown>): Promise<unknown> => {
    if (life.isOver) throw errors['killed-before'];
    const kind = plan.find(({ at }) => at === calls.length)?.kind;
    calls.push(name);
    if (kind === undefined) return call();
    if (kind === 'killed-before') life.isOver = true;
    if (kind !== 'timed-out' && kind !== 'killed-after') throw errors[kind];
    await call();
    if (kind === 'killed-after') life.isOver = true;
    throw errors[kind];
  };

  return {
    calls,
    wrap: <P extends object>(name: string, port: P): P =>
      new Proxy(port, {
        get(target, property, receiver) {
          const member: unknown = Reflect.get(target, property, receiver);
          if (typeof member !== 'function') return member;
          return (...args: unknown[]) => {
            const called = `${name}.${String(property)}`;
            const result = () => Reflect.apply(member, target, args);
            if (!listings.has(called)) return run(called, async () => result());
            return (async function* () {
              await run(called, async () => undefined);
              yield* result();
            })();
          };
        },
      }),
    async invoke(work) {
      life.isOver = false;
      try {
        await work();
        return !life.isOver;
      } catch {
        return false;
      }
    },
  };
}

const listings = new Set(['bucket.list', 'bucket.keptEvents']);

/** Made once: what costs in an error is its stack, which nobody reads here. */
const errors = {
  throttled: named('ThrottlingException'),
  'server-error': named('InternalServerError'),
  refused: named('AccessDeniedException'),
  'timed-out': named('TimeoutError'),
  'killed-before': named('Killed'),
  'killed-after': named('Killed'),
} satisfies Record<Kind, Error>;

function named(name: string): Error {
  return Object.assign(new Error('This call fails as planned.'), { name });
}

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
