/** The row `#sync` of the Domains table: which commit is, or was last, brought to the tables. */
export interface SyncMark {
  readonly commit: string;
  readonly state: 'started' | 'done';
  /** The run that wrote it, as a link or a name. */
  readonly run: string;
  /** Epoch seconds. */
  readonly at: number;
}

export interface MarkWriter {
  /** Sets the mark if it still is `previous`; false when another run has set it since. */
  set(next: SyncMark, previous: SyncMark | undefined): Promise<boolean>;
}

export const syncKey = '#sync';

export function readMark(item: Readonly<Record<string, unknown>>): SyncMark | undefined {
  const { commit, state, run, at } = item;
  if (typeof commit !== 'string') return undefined;
  return {
    commit,
    state: state === 'started' ? 'started' : 'done',
    run: typeof run === 'string' ? run : '',
    at: Number(at) || 0,
  };
}
