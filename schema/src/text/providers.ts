import { editDistance } from './suggest.ts';

/** Large mail providers and the endings under which they have mailboxes. */
const providers: ReadonlyMap<string, readonly string[]> = new Map([
  ['gmail', ['com']],
  ['googlemail', ['com']],
  ['hotmail', ['com', 'de', 'fr', 'it', 'es', 'be', 'nl', 'se', 'ch', 'co.uk']],
  ['outlook', ['com', 'de', 'fr', 'it', 'es', 'be', 'dk', 'ie']],
  ['yahoo', ['com', 'de', 'fr', 'it', 'es', 'ca', 'in', 'co.uk', 'co.jp', 'co.in', 'com.br', 'com.au']],
  ['icloud', ['com']],
  ['protonmail', ['com', 'ch']],
  ['fastmail', ['com', 'fm']],
]);

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

/** The provider's domain that somebody meant who wrote this one, such as `gmail.com` for `gmial.com`. */
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
