import type { Repository } from '../files/repository.ts';
import type { Diagnostic } from '../text/diagnostic.ts';

/** One thing that must hold for files of the right shape. */
export interface Rule {
  /** Stable, kebab-case; an entry of schema/README.md. */
  readonly code: string;
  /** What holds, in one line. */
  readonly summary: string;
  readonly find: (repository: Repository) => Iterable<Diagnostic>;
}

/** A shared alias is judged in every domain; what is wrong with it is in one place, and is reported once. */
export function* oncePerPlace(diagnostics: Iterable<Diagnostic>): Generator<Diagnostic> {
  const places = new Set<string>();
  for (const diagnostic of diagnostics) {
    const { file, start } = diagnostic;
    const place = `${file}:${start.line}:${start.column}`;
    if (places.has(place)) continue;
    places.add(place);
    yield diagnostic;
  }
}
