import { parseDestination } from './address.ts';
import { brandEndings } from './providers.ts';

/** The candidate that is most like a word, if it is close enough for a typing error to explain the difference. */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  const limit = word.length < 4 ? 1 : word.length < 8 ? 2 : 3;
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= least || candidate === word) continue;
    const distance = editDistance(word, candidate, least);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/**
 * How many letters must be inserted, deleted, replaced, or swapped with their neighbour to turn one word into the
 * other (optimal string alignment); `limit` or more is not counted exactly.
 */
export function editDistance(a: string, b: string, limit = Number.POSITIVE_INFINITY): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const cost = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (isSame ? 0 : 1),
        isSwap ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
      next.push(cost);
      least = Math.min(least, cost);
    }
    if (least >= limit) return limit;
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The brands that people mistype, or imitate, and the endings under which these have mailboxes. */
const providers: ReadonlyMap<string, readonly string[]> = new Map(
  ['gmail', 'googlemail', 'hotmail', 'outlook', 'yahoo', 'icloud', 'protonmail', 'fastmail'].map((brand) => [
    brand,
    brandEndings.get(brand) ?? [],
  ]),
);

/** The domains of the large mail providers, folded. */
export const providerDomains: readonly string[] = [...providers].flatMap(([provider, endings]) =>
  endings.map((ending) => `${provider}.${ending}`),
);

/** Domains that are like a provider's and have mailboxes of their own. */
const real: ReadonlySet<string> = new Set(['mail.com', 'email.com', 'ymail.com', 'jmail.com', 'fmail.com']);

const slips: ReadonlySet<string> = new Set([
  'con',
  'cmo',
  'ocm',
  'om',
  'cm',
  'co',
  'comm',
  'vom',
  'xom',
  'cpm',
  'coml',
]);

/** The provider's domain that the writer of this one meant, such as `gmail.com` for `gmial.com`. */
export function meantProvider(domain: string): string | undefined {
  if (real.has(domain)) return undefined;
  const dot = domain.indexOf('.');
  const label = domain.slice(0, dot);
  const ending = domain.slice(dot + 1);
  const exact = providers.get(label);
  if (exact !== undefined) {
    return !exact.includes(ending) && slips.has(ending) ? `${label}.com` : undefined;
  }
  const likely = slips.has(ending) ? 'com' : ending;
  for (const [provider, endings] of providers) {
    if (endings.includes(likely) && editDistance(label, provider, 2) === 1) return `${provider}.${likely}`;
  }
  return undefined;
}

/**
 * The destinations that the writer meant by one text: with spaces, semicolons or line breaks between
 * them, in other brackets or quotes, or after bullets. Undefined unless each of them could be one.
 */
export function meantList(text: string): readonly string[] | undefined {
  const parts = text
    .split(/[\s,;\u00a0]+/)
    .map((part) =>
      part.replace(/^[\u2022\u2013\u2014\u00b7*([{<'"\u2018-\u201e-]+|[)\]}>'"\u2018-\u201e]+$/gu, ''),
    )
    .filter((part) => part !== '');
  const isLegal = (part: string): boolean => parseDestination(part).fault === undefined;
  return parts.length > 0 && parts.every(isLegal) ? parts : undefined;
}
