import type { Diagnostic } from '../text/diagnostic.ts';

/** A shared alias is judged in every domain; what is wrong with it stands in one place, and is told once. */
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
