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

/** What a scenario did, and what it left. */
export interface Ran {
  /** The names of its calls, in order. */
  readonly calls: readonly string[];
  /** Rows, mails and whatever else there is in the end. */
  readonly end: unknown;
}

type Scenario = (plan: readonly Fault[]) => Promise<Ran>;

/** Runs a scenario with every single fault. */
export async function eachFault(run: Scenario): Promise<number> {
  const { calls } = await run([]);
  let runs = 1;
  for (const at of calls.keys()) {
    for (const kind of kinds) {
      await run([{ at, kind }]);
      runs += 1;
    }
  }
  return runs;
}

/**
 * Runs a scenario with every pair of faults, the second also among the calls that the first one brings. Errors that make
 * no difference where they come alone, in what is called and in what is left, are one error.
 */
export async function eachPair(run: Scenario): Promise<number> {
  const { calls } = await run([]);
  const firsts = await Promise.all(calls.map((_, at) => differentFaults(at, run)));
  const kindsOf = Map.groupBy(firsts.flat(), ({ fault }) => calls[fault.at]);
  let runs = 1;
  for (const { fault: first, ran } of firsts.flat()) {
    runs += 1;
    for (let second = first.at + 1; second < ran.calls.length; second += 1) {
      const known = kindsOf.get(ran.calls[second])?.map(({ fault }) => fault.kind);
      for (const kind of new Set<Kind>(known ?? kinds)) {
        await run([first, { at: second, kind }]);
        runs += 1;
      }
    }
  }
  return runs;
}

/** The single faults of a call, of those that end in the same way the first alone. */
async function differentFaults(at: number, run: Scenario): Promise<{ fault: Fault; ran: Ran }[]> {
  const found = new Map<string, { fault: Fault; ran: Ran }>();
  for (const kind of kinds) {
    const fault = { at, kind };
    const ran = await run([fault]);
    const outcome = kind === 'timed-out' || kind.startsWith('killed') ? kind : withoutErrors(ran);
    if (!found.has(outcome)) found.set(outcome, { fault, ran });
  }
  return [...found.values()];
}

const errorNames = new RegExp(
  Object.values(errors)
    .map(({ name }) => name)
    .join('|'),
  'g',
);

function withoutErrors({ calls, end }: Ran): string {
  return JSON.stringify([calls, end]).replace(errorNames, 'error');
}
