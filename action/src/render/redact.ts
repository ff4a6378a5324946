import { parseDomain } from '../../../schema/src/text/address.ts';

/** Gives a text back with the private addresses in it made unreadable, or as it is where that is not asked for. */
export type Redact = (text: string) => string;

export const asIs: Redact = (text) => text;

/**
 * Makes every address outside the managed domains show as `j•••e@g•••.com`: its first and last letter, and the first
 * and the last part of its domain. The renderers pass every text from outside through this, before they escape it.
 */
export function createRedact(managed: ReadonlySet<string>): Redact {
  return (text) =>
    text.replace(addresses, (found: string, local?: string, domain?: string) => {
      if (local === undefined || domain === undefined) return found;
      const name = domain.replace(/[.-]+$/, '');
      const folded = parseDomain(name).value ?? name.toLowerCase();
      if (managed.has(folded)) return found;
      return `${redactLocal(local)}@${redactDomain(name)}${domain.slice(name.length)}`;
    });
}

/**
 * Anything that could be read as an address: all that a local part may hold, and letters of any script. A run without
 * an `@` is matched as well, to step over it: tried from each of its letters, a long one would take quadratic time.
 */
const addresses =
  /([A-Za-z0-9!#$%&'*+/=?^_`{|}~.\u0080-\uffff-]+)@([A-Za-z0-9.\u0080-\uffff-]+)|[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\u0080-\uffff-]+/g;

function redactLocal(local: string): string {
  const [, quote = '', name = ''] = /^([`'*_(]*)(.*)$/s.exec(local) ?? [];
  const letters = [...name];
  return letters.length < 3 ? `${quote}•••` : `${quote}${letters[0] ?? ''}•••${letters.at(-1) ?? ''}`;
}

function redactDomain(domain: string): string {
  const labels = domain.split('.');
  const [first = ''] = [...(labels[0] ?? '')];
  return labels.length < 2 ? `${first}•••` : `${first}•••.${labels.at(-1) ?? ''}`;
}

/** A JSON value with every text in it, keys too, redacted. */
export function redactJson(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((inner) => redactJson(inner, redact));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [redact(name), redactJson(inner, redact)]),
  );
}
