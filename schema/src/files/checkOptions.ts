import type { SourceFile } from '../text/source.ts';

export interface CheckOptions {
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string;
  /** Local parts that no alias may have. */
  readonly reserved: readonly string[];
  /** The folder as it is shown to the user. */
  readonly folder: string;
  /** The files of the pull request's base: what was wrong there already is not held against the change. */
  readonly base?: readonly SourceFile[];
}
