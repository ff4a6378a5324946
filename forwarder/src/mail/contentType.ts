import { quote } from './addresses.ts';
import { layOut, trimBlank, unfold } from './lines.ts';
import type { RawField } from './message.ts';
import { asWritten, isSound, plainField, textOf } from './textFields.ts';

/**
 * Content-Type as SES takes it: byte for byte where it is strictly legal (RFC 2045 5.1), else type and parameters
 * written anew. Undefined where the field says nothing: then the default is what it meant.
 */
export function contentTypeField(field: RawField): string | undefined {
  if (isSound(field) && isStrictContentType(field.value)) return asWritten(field);
  const read = readParameters(textOf(field));
  if (read.value === '' && read.parameters.length === 0) return undefined;
  return layOut(field.name, parameterWords({ ...read, value: repairType(read) }));
}

/** Content-Disposition: SES reads it less strictly, but 8-bit file names go as RFC 2231 has them. */
export function dispositionField(field: RawField): string {
  if (isSound(field)) return asWritten(field);
  const read = readParameters(textOf(field));
  const isReadable = tokenAlone.test(read.value) && read.value.length <= typeLimit;
  return isReadable ? layOut(field.name, parameterWords(read)) : plainField(field);
}

const token = "[!#$%&'*+.^_`{|}~0-9A-Za-z-]+";
/** RFC 6838 4.2: 127 for a type and for a subtype; what is longer is no type. */
const typeLimit = 255;
const tokenAlone = new RegExp(`^${token}$`);
const mediaType = new RegExp(`^[ \\t]*(${token}/${token})[ \\t]*`);
const looseMediaType = new RegExp(`^(${token})[ \\t]*/[ \\t]*(${token})`);

/** `type/subtype` and parameters as `; name=value`, without comments. */
export function isStrictContentType(value: string): boolean {
  const text = unfold(value);
  // Made anew for each text, since a sticky expression remembers where it was.
  const parameter = new RegExp(
    `;[ \\t]*${token}=(?:${token}|"[^"\\\\]*(?:\\\\[\\s\\S][^"\\\\]*)*")[ \\t]*`,
    'y',
  );
  let at = mediaType.exec(text)?.[0].length ?? 0;
  if (at === 0) return false;
  while (at < text.length) {
    parameter.lastIndex = at;
    if (!parameter.test(text)) return false;
    at = parameter.lastIndex;
  }
  return true;
}

/** What cannot be read is plain text (RFC 2045 5.2), unless a boundary shows that it has parts. */
function repairType({ value, parameters }: Parameterized): string {
  const readable = looseMediaType.exec(value);
  if (readable !== null && readable[0].length <= typeLimit) return `${readable[1]}/${readable[2]}`;
  return parameters.some(([name]) => name === 'boundary') ? 'multipart/mixed' : 'text/plain';
}

/** A value with parameters: `text/plain; charset=utf-8` (RFC 2045 5.1, RFC 2183 2). */
export interface Parameterized {
  readonly value: string;
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

/** No program has a longer name of a parameter, and it must stand on a line. */
const nameLimit = 100;

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
    if (!tokenAlone.test(label) || label.length > nameLimit || written === '') continue;
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
