import { quote } from './addresses.ts';
import { trimBlank } from './lines.ts';

/** A value with parameters: `text/plain; charset=utf-8` (RFC 2045 5.1, RFC 2183 2). */
export interface Parameterized {
  readonly value: string;
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

/** No program has a longer name of a parameter, and it must stand on a line. */
const nameLimit = 100;
const token = /^[!#$%&'*+.^_`{|}~0-9A-Za-z-]+$/;

/**
 * Reads a value and its parameters, whatever else stands there: what is no parameter is left out, of two with one name
 * the first counts, a value that lacks its quotes goes to the next semicolon.
 */
export function readParameters(text: string): Parameterized {
  const [value = '', ...rest] = splitUnquoted(text);
  const parameters = new Map<string, string>();
  for (const part of rest) {
    const equals = part.indexOf('=');
    const label = trimBlank(part.slice(0, Math.max(equals, 0)));
    const written = trimBlank(part.slice(equals + 1));
    if (!token.test(label) || label.length > nameLimit || written === '') continue;
    // In lower case only now: a token is ASCII.
    const name = label.toLowerCase();
    if (!parameters.has(name)) parameters.set(name, unquote(written));
  }
  return { value: trimBlank(value), parameters: [...parameters] };
}

/** Cuts at semicolons outside quotes; a quote that nobody closes counts for nothing. */
function splitUnquoted(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  const lastQuote = text.lastIndexOf('"');
  for (let at = 0, isQuoted = false; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\' && isQuoted) at += 1;
    else if (character === '"') isQuoted = !isQuoted && at < lastQuote;
    else if (character === ';' && !isQuoted) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

function unquote(text: string): string {
  if (!text.startsWith('"')) return text;
  return text.slice(1).replace(/\\([\s\S])|"[\s\S]*$/g, '$1');
}

/** The words of a value and its parameters, for `layOut`. Text that is not ASCII goes as RFC 2231 has it. */
export function parameterWords({ value, parameters }: Parameterized): string[] {
  const written = parameters.flatMap(([name, content]) => writeParameter(name, content));
  return [value, ...written].map((word, index, all) => (index < all.length - 1 ? `${word};` : word));
}

const longestPlain = 500;
const sectionLength = 60;

function writeParameter(name: string, content: string): string[] {
  const plain = token.test(content) ? content : quote(content);
  if (/^[ -~]*$/.test(plain) && plain.length <= longestPlain) return [`${name}=${plain}`];
  const encoded = percentEncode(content);
  const sections = encoded.match(new RegExp(`(?:%..|[^%]){1,${sectionLength / 3}}`, 'g')) ?? [];
  if (sections.length === 1) return [`${name}*=UTF-8''${encoded}`];
  return sections.map((section, index) => `${name}*${index}*=${index === 0 ? "UTF-8''" : ''}${section}`);
}

/** All but letters, digits and a few marks as %XX of their UTF-8 bytes (RFC 2231 7: attribute-char). */
function percentEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
