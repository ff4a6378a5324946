/**
 * The row `#sync` of the Domains table: the gate that a sync opens before its first write and closes after its last.
 * While it is open the tables are between two revisions of the files, and no build publishes them.
 */
export interface Gate {
  readonly state: 'open' | 'closed';
  /** Increases by one with each opening. A build publishes what it read only if the number is the same before and after. */
  readonly number: number;
  /** The commit that is, or was last, brought to the tables; absent where nobody said which. */
  readonly commit?: string;
  /** The run that wrote the row, as a link or a name. */
  readonly run: string;
  /** Epoch seconds of this state's beginning. */
  readonly at: number;
}

/** Keys of the Domains table that are no domains. `#build` holds the build's lease and the number it published. */
export const gateKey = '#sync';
export const buildKey = '#build';

/** Seconds. A sync takes a minute or two: a gate that is open for longer was left so by a run that was cut short. */
export const staleAfter = 15 * 60;

/** Whether a gate was left open: mail goes on as it was before that run, and no change arrives until another run ends. */
export function isStale(gate: Gate | undefined, now: number): boolean {
  return gate?.state === 'open' && now - gate.at >= staleAfter;
}

/** Rows of an earlier version have no number, and say `started` and `done`. */
export function readGate(item: Readonly<Record<string, unknown>> | undefined): Gate | undefined {
  if (item === undefined) return undefined;
  const { state, number, commit, run, at } = item;
  return {
    state: state === 'open' || state === 'started' ? 'open' : 'closed',
    number: Number(number) || 0,
    ...(typeof commit === 'string' ? { commit } : {}),
    run: typeof run === 'string' ? run : '',
    at: Number(at) || 0,
  };
}
