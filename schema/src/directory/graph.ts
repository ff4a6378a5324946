import type { Definition } from '../records/records.ts';

/** Where a destination leads: to an alias (its number in the graph), to a mailbox outside, or to nothing. */
export type Target =
  | number
  | 'outside'
  | 'undefined'
  /** Whether it is defined cannot be told, since the file that would say so was not read. */
  | 'unjudged'
  | 'illegal';

/** Which alias refers to which. An alias's number is its place in `aliases`; `edges` are in written order. */
export interface Graph {
  readonly aliases: readonly { readonly definition: Definition }[];
  readonly edges: readonly (readonly { readonly target: Target }[])[];
}

/** One step of a cycle: the alias, and the number of the destination by which it leads on. */
export interface Step {
  readonly alias: number;
  readonly edge: number;
}

export interface Walk {
  /** Each begins at its first alias in order; none begins at the same destination as another. */
  readonly cycles: readonly (readonly Step[])[];
  /** For each alias the longest chain of references that starts from it, not counting cycles. */
  readonly depths: readonly number[];
}

/** Walks all references once, depth first in order, with a stack of its own: time and memory grow with their number. */
export function walk({ edges }: Pick<Graph, 'edges'>): Walk {
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

/**
 * For each alias whether its mail reaches a mailbox, when mail passes only through aliases in force. What is wrong
 * in itself, such as an undefined reference, counts as somebody: one mistake is reported once.
 */
export function reach(
  { aliases, edges }: Graph,
  isInForce: (definition: Definition) => boolean,
  presumed: ReadonlySet<number>,
): boolean[] {
  const callers = aliases.map((): number[] => []);
  const reached = aliases.map(() => false);
  const news: number[] = [];
  const mark = (alias: number): void => {
    const definition = aliases[alias]?.definition;
    if (reached[alias] === true || definition === undefined || !isInForce(definition)) return;
    reached[alias] = true;
    news.push(alias);
  };
  for (const [alias, own] of edges.entries()) {
    for (const { target } of own) if (typeof target === 'number') callers[target]?.push(alias);
  }
  for (const [alias, own] of edges.entries()) {
    if (presumed.has(alias) || own.some(({ target }) => typeof target === 'string')) mark(alias);
  }
  for (let alias = news.pop(); alias !== undefined; alias = news.pop()) {
    for (const caller of callers[alias] ?? []) mark(caller);
  }
  return reached;
}
