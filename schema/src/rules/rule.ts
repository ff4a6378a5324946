import type { Repository } from '../files/repository.ts';
import type { Finding } from '../text/diagnostic.ts';

/** One thing that must hold for files of the right shape. */
export interface Rule {
  /** Stable, kebab-case; an entry of schema/README.md. */
  readonly code: string;
  /** What holds, in one line. */
  readonly summary: string;
  readonly find: (repository: Repository) => Iterable<Finding>;
}

/** A shared alias is judged in every domain; what is wrong with it is in one place, and is reported once. */
export function* oncePerPlace(findings: Iterable<Finding>): Generator<Finding> {
  const places = new Set<string>();
  for (const finding of findings) {
    const { file, start } = finding;
    const place = `${file}:${start.line}:${start.column}`;
    if (places.has(place)) continue;
    places.add(place);
    yield finding;
  }
}
