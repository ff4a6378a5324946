import { foldName, parseDestination, parseDomain } from '../../../schema/src/text/address.ts';
import { isPublicProvider } from '../../../schema/src/text/providers.ts';
import { languageWords } from './fileNames.ts';

/**
 * Gives a text back with the private addresses in it made unreadable, or as it is where that is not asked for. What went
 * through once may go through again. Within one of these, two addresses that differ look different.
 */
export interface Redact {
  (text: string): string;
  /** A destination as somebody wrote it: what is neither an address nor the name of an alias is hidden as a whole. */
  destination(text: string): string;
  /**
   * A sentence about a file, by its path, with what the file says between backticks: that may be an address with a
   * mistake in it.
   */
  message(text: string, file: string): string;
  /** A line of a file: as much of it shows as is surely no part of an address. */
  line(text: string): string;
}

const same = (text: string): string => text;
export const asIs: Redact = Object.assign((text: string) => text, {
  destination: same,
  message: same,
  line: same,
});

/** What may be shown, and what may not, besides the addresses of the managed domains. */
export interface Known {
  /** Folded names of aliases and domains, and other words that are in the files and not private. */
  readonly names: ReadonlySet<string>;
  /** Folded domains of private addresses, which are hidden where they stand alone, too. */
  readonly privateDomains: ReadonlySet<string>;
  /** The paths of files with backticks in them. */
  readonly withBackticks: ReadonlySet<string>;
}

const nothing: Known = { names: new Set(), privateDomains: new Set(), withBackticks: new Set() };

/**
 * Makes every address outside the managed domains show as `j•••e@g•••.org`: its first and last letter, and the first
 * and the last part of its domain; that of a public provider as it is. The second address that would look the same
 * shows as `j•••e@g•••.org (2)`. The renderers pass every text from outside through this, before they escape it.
 */
export function createRedact(managed: ReadonlySet<string>, given: Partial<Known> = {}): Redact {
  const known = { ...nothing, ...given };
  const numbered = createNumbers();

  function domainMask(name: string): string {
    const folded = foldDomain(name);
    return isPublicProvider(folded) ? folded : redactDomain(name);
  }

  function address(local: string, text: string): string {
    const domain = withoutTail(text);
    const tail = text.slice(domain.length);
    const [, quote = '', name = ''] = /^([`'*_(]*)(.*)$/s.exec(local) ?? [];
    const mask =
      isMask(name) && isMask(domain) ? undefined : `${redactLocal(foldName(name))}@${domainMask(domain)}`;
    if (mask === undefined) return `${local}@${text}`;
    return `${quote}${numbered(mask, `${foldName(name)}@${foldDomain(domain)}`)}${tail}`;
  }

  /** Private domains in a text that holds no address, those of a file's name and of a subdomain too. */
  function bareDomains(text: string): string {
    if (known.privateDomains.size === 0 || !text.includes('.')) return text;
    return text.replace(word, (found) => {
      if (!found.includes('.')) return found;
      const ending = /\.ya?ml$/i.exec(found)?.[0] ?? '';
      const name = found.slice(0, found.length - ending.length);
      // A domain has 127 labels at most (RFC 1035 2.3.4).
      const labels = foldDomain(name).split('.').slice(-127);
      const isPrivate = labels.some((_, index) => known.privateDomains.has(labels.slice(index).join('.')));
      return isPrivate ? `${numbered(redactDomain(name), foldDomain(name))}${ending}` : found;
    });
  }

  function addresses(text: string): string {
    return text.replace(
      addressPattern,
      (found: string, local?: string, domain?: string, apart?: string, far?: string) => {
        if (local !== undefined && domain !== undefined) {
          const name = withoutTail(domain);
          return managed.has(foldDomain(name)) ? found : address(local, domain);
        }
        if (apart !== undefined && far !== undefined) return address(apart, far);
        return bareDomains(found);
      },
    );
  }

  /** One value of a file. */
  function scalar(text: string): string {
    const folded = foldName(text);
    const domain = foldDomain(text);
    if (known.privateDomains.has(domain)) return bareDomains(text);
    const isListOfNames = folded.split(/\s+/).every((name) => known.names.has(name));
    if (isListOfNames || isHarmless(text) || managed.has(domain) || isPublicProvider(domain)) {
      return text;
    }
    if (parseDestination(text).value?.kind === 'address') return addresses(text);
    return numbered('•••', text.normalize('NFKC').toLowerCase());
  }

  function line(text: string): string {
    return text
      .split(punctuation)
      .map((piece, index) => {
        const core = piece.trim();
        return index % 2 === 1 || core === '' ? piece : piece.replace(core, () => scalar(core));
      })
      .join('');
  }

  function prose(text: string): string {
    return addresses(text).replace(word, (found) => {
      if (!found.includes('.')) return found;
      const folded = foldDomain(found);
      const isShown = managed.has(folded) || known.names.has(folded) || isPublicProvider(folded);
      if (isShown || isHarmless(found) || found.includes('•')) return found;
      return numbered(redactDomain(found), folded);
    });
  }

  function message(text: string, file: string): string {
    const parts = text.split('`');
    // Where a value has backticks of its own, nobody can tell what is within and what without.
    if (parts.length > 1 && (parts.length % 2 === 0 || known.withBackticks.has(file))) {
      const [first = '', ...rest] = parts;
      const last = rest.pop() ?? '';
      return `${prose(first)}\`${line(rest.join(' '))}\`${prose(last)}`;
    }
    return parts.map((part, index) => (index % 2 === 1 ? line(part) : prose(part))).join('`');
  }

  return Object.assign((text: string) => addresses(text), { destination: scalar, message, line });
}

/** Numbers what looks the same and is not: the first has no number, the second has ` (2)`. */
function createNumbers(): (mask: string, of: string) => string {
  const seen = new Map<string, Map<string, number>>();
  return (mask, of) => {
    const numbers = seen.get(mask) ?? new Map<string, number>();
    const number = numbers.get(of) ?? numbers.size + 1;
    seen.set(mask, numbers.set(of, number));
    return number === 1 ? mask : `${mask} (${number})`;
  };
}

/**
 * Anything that could be read as an address: all that a local part may hold, and letters of any script; the sign as
 * itself, in a form that looks like it, percent-encoded, in words, or with spaces about it, then only before a domain
 * with a dot. A run without one is matched as well, to step over it: tried from each of its letters, a long one would
 * take quadratic time.
 */
const addressPattern = (() => {
  const local = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\\u0080-\\uffff-]+";
  const label = '[A-Za-z0-9_%+@\\u0080-\\uffff-]';
  const sign = '(?:@|\uff20|\ufe6b|%40|&#64;)';
  const inWords = '[([{<] ?(?:at|@) ?[)\\]}>]';
  const space = '[ \\t\\u00a0\\u3000]{0,3}';
  return new RegExp(
    `(${local})${sign}((?:${label}|\\.)+)|(${local})${space}(?:${sign}|${inWords})${space}(${label}+(?:\\.${label}+)+)|${local}`,
    'gi',
  );
})();

/** A word, which may have dots in it. */
const word = /[\p{L}\p{M}\p{N}_•-]+(?:\.[\p{L}\p{M}\p{N}_•-]+)*/gu;

/** What stands between the values of a YAML file. */
const punctuation = /([[\]{},"'“”„«»;#|<>]+|(?<=^|\s)-(?=\s|$)|:(?=\s|$))/;

/** A word of the language, a date, a file's name, signs alone or one letter. */
function isHarmless(text: string): boolean {
  if (languageWords.has(text) || /^[^\p{L}\p{N}]*$/u.test(text) || /^.$/su.test(text)) return true;
  return /^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{1,3}(?:\.\d{1,3})?|[\w./-]+\.ya?ml|•••(?: \(\d+\))?)$/.test(
    text,
  );
}

/** A domain without what follows it in a sentence. */
function withoutTail(domain: string): string {
  let end = domain.length;
  while (end > 0 && '.-'.includes(domain.charAt(end - 1))) end -= 1;
  return domain.slice(0, end);
}

function foldDomain(domain: string): string {
  return parseDomain(domain).value ?? domain.toLowerCase();
}

function redactLocal(name: string): string {
  const letters = [...name];
  return letters.length < 3 ? '•••' : `${letters[0] ?? ''}•••${letters.at(-1) ?? ''}`;
}

/** Top-level domains that say nothing about whose a domain is, besides those of countries, which have two letters. */
const topLevels = /^(?:[a-z]{2}|com|net|org|info|biz|edu|gov|app|dev|test|example)$/;

/** The last label shows where it is surely a top-level domain: a line that was cut may end with another. */
function redactDomain(domain: string): string {
  const labels = foldName(domain).split('.');
  const letters = [...(labels[0] ?? '')];
  const first = letters.length < 3 ? '' : (letters[0] ?? '');
  const last = labels.at(-1) ?? '';
  return labels.length > 1 && topLevels.test(last) ? `${first}•••.${last}` : `${first}•••`;
}

/** Whether this is what `redactLocal` or `redactDomain` made, or needs no redaction. */
function isMask(text: string): boolean {
  return /^[^•]?•••(?:[^•.]|\.[a-z]+)?$/iu.test(text) || isPublicProvider(text);
}

/** A JSON value with every text in it, keys too, redacted. */
export function redactJson(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((inner) => redactJson(inner, redact));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [redact(name), redactField(name, inner, redact)]),
  );
}

function redactField(name: string, value: unknown, redact: Redact): unknown {
  if (name !== 'destinations' || !Array.isArray(value)) return redactJson(value, redact);
  return value.map((inner) =>
    typeof inner === 'string' ? redact.destination(inner) : redactJson(inner, redact),
  );
}
