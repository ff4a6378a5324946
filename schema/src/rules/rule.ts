import type { Diagnostic } from '../diagnostic.ts';
import type { Repository } from '../repository.ts';

/** One thing that must hold for files of a right shape. */
export interface Rule {
  /** Stable, kebab-case; an entry of schema/README.md. */
  readonly code: string;
  /** What holds, in one line. */
  readonly summary: string;
  readonly find: (repository: Repository) => Iterable<Diagnostic>;
}
