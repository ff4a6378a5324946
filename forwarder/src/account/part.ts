/** What was found, or why nobody could look: a token may read one thing and not another, a server may not answer. */
export type Part<T> =
  | { readonly found: T; readonly fault?: never }
  | { readonly found?: never; readonly fault: string };

export function mapPart<T, U>(from: Part<T>, change: (found: T) => U): Part<U> {
  return from.fault === undefined ? { found: change(from.found) } : from;
}

/** All of them, or the first fault. */
export function allParts<T>(parts: readonly Part<T>[]): Part<readonly T[]> {
  const found: T[] = [];
  for (const part of parts) {
    if (part.fault !== undefined) return part;
    found.push(part.found);
  }
  return { found };
}
