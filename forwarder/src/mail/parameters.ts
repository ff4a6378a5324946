import { quote } from './addresses.ts';
import { trimBlank } from './lines.ts';

/** RFC 2045 5.1. */
export const token = "[!#$%&'*+.^_`{|}~0-9A-Za-z-]+";
export const tokenAlone = new RegExp(`^${token}$`);

/** A value with parameters: `text/plain; charset=utf-8` (RFC 2045 5.1, RFC 2183 2). */
export interface Parameterized {
  readonly value: string;
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

/** No program has a longer name of a parameter, and it must stand on a line. */
const nameLimit = 100;

/**
 * Reads a value and its parameters, whatever else stands there. Comments (RFC 822 3.4.3) are left out, and what is no
 * parameter; of two with one name the first counts; a semicolon may be missing between two, and the quote that ends a
 * value, which then goes to the next semicolon, or to the space before the next name.
 */
export function readParameters(text: string): Parameterized {
  const [first = '', ...rest] = splitUnquoted(withoutComments(text));
  const end = nameAtStart.test(first) ? 0 : first.search(nextName);
  const value = end < 0 ? first : first.slice(0, end);
  const parameters = new Map<string, string>();
  for (const part of [first.slice(value.length), ...rest]) {
    for (const [label, content] of readAll(part)) {
      // In lower case only now: a token is ASCII.
      const name = label.toLowerCase();
      if (content !== '' && !parameters.has(name)) parameters.set(name, content);
    }
  }
  return { value: trimBlank(value), parameters: [...parameters] };
}

/** A name with its `=`, after white space. */
const nextName = new RegExp(`(?<=[ \\t])${token}[ \\t]*=`);
const nameAtStart = new RegExp(`^[ \\t]*(${token})[ \\t]*=[ \\t]*`);

/** The parameters between two semicolons, one as a rule. */
function* readAll(part: string): Generator<readonly [label: string, content: string]> {
  let rest = nameAtStart.test(part) ? part : part.slice(endOf(part));
  while (rest !== '') {
    const [named = '', label = ''] = nameAtStart.exec(rest) ?? [];
    const written = rest.slice(named.length);
    const [quoted = ''] = quotedString.exec(written) ?? [];
    const end = quoted.length + endOf(written.slice(quoted.length));
    if (label.length <= nameLimit) yield [label, unquote(trimBlank(written.slice(0, end)))];
    rest = written.slice(end);
  }
}

const quotedString = /^"(?:[^"\\]|\\[\s\S])*"/;

/** Where the next name begins, or the text ends. */
function endOf(text: string): number {
  const next = text.search(nextName);
  return next < 0 ? text.length : next;
}

/** A parenthesis that nobody closes is a character like any other. */
function withoutComments(text: string): string {
  if (!text.includes('(')) return text;
  const kept: string[] = [];
  let depth = 0;
  let isQuoted = false;
  const lastQuote = text.lastIndexOf('"');
  const lastClosing = text.lastIndexOf(')');
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    const isEscaped = character === '\\' && (isQuoted || depth > 0);
    if (depth === 0 && character === '"') isQuoted = !isQuoted && at < lastQuote;
    if (!isQuoted && character === '(' && at < lastClosing) depth += 1;
    if (depth === 0) kept.push(isEscaped ? text.slice(at, at + 2) : character);
    else if (character === ')') depth -= 1;
    if (isEscaped) at += 1;
  }
  return kept.join('');
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
  const plain = tokenAlone.test(content) ? content : quote(content);
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
