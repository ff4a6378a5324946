import type { References } from '../files/references.ts';

/** One step of a cycle: the alias, and the number of the destination by which it leads on. */
export interface Step {
  readonly alias: number;
  readonly edge: number;
}

export interface Walk {
  /** Each begins at its first alias in order; none begins at the same destination as another. */
  readonly cycles: readonly (readonly Step[])[];
  /** For each alias the most references in a row that follow from it, cycles not counted. */
  readonly depths: readonly number[];
}

/** Walks all references once, depth first in order, with a stack of its own: time and memory grow with their number. */
export function walk({ edges }: References): Walk {
  const depths = edges.map(() => 0);
  const isDone = edges.map(() => false);
  const heightOf = new Map<number, number>();
  const cycles = new Map<string, readonly Step[]>();
  const stack: { readonly alias: number; edge: number }[] = [];

  const enter = (alias: number): void => {
    heightOf.set(alias, stack.length);
    stack.push({ alias, edge: -1 });
  };
  const leave = (alias: number): void => {
    stack.pop();
    heightOf.delete(alias);
    isDone[alias] = true;
    const caller = stack.at(-1);
    if (caller !== undefined) deepen(caller.alias, alias);
  };
  const deepen = (caller: number, alias: number): void => {
    depths[caller] = Math.max(depths[caller] ?? 0, (depths[alias] ?? 0) + 1);
  };

  for (const root of edges.keys()) {
    if (isDone[root] === true) continue;
    enter(root);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      top.edge += 1;
      const target = edges[top.alias]?.[top.edge]?.target;
      if (target === undefined) leave(top.alias);
      else if (typeof target === 'string') continue;
      else if (isDone[target] === true) deepen(top.alias, target);
      else {
        const height = heightOf.get(target);
        if (height === undefined) enter(target);
        else keepCycle(cycles, stack.slice(height));
      }
    }
  }
  return { cycles: [...cycles.values()], depths };
}

function keepCycle(cycles: Map<string, readonly Step[]>, frames: readonly Step[]): void {
  const first = frames.reduce(
    (least, { alias }, at) => (alias < (frames[least]?.alias ?? 0) ? at : least),
    0,
  );
  const steps = [...frames.slice(first), ...frames.slice(0, first)].map(({ alias, edge }) => ({
    alias,
    edge,
  }));
  const start = `${steps[0]?.alias} ${steps[0]?.edge}`;
  if (!cycles.has(start)) cycles.set(start, steps);
}
