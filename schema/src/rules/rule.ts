import type { Repository } from '../files/repository.ts';
import type { Diagnostic } from '../text/diagnostic.ts';

/** One thing that must hold for files of a right shape. */
export interface Rule {
  /** Stable, kebab-case; an entry of schema/README.md. */
  readonly code: string;
  /** What holds, in one line. */
  readonly summary: string;
  readonly find: (repository: Repository) => Iterable<Diagnostic>;
}
