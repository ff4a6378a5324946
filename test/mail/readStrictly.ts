import emailAddresses from 'email-addresses';
import { type LetterparserNode, parse, parseHeaders } from 'letterparser';
import { quoted } from './addressRules.ts';
import { linesOf } from './rawHeader.ts';
import { part, type Reader, type Reading } from './reading.ts';

/**
 * A mail as two strict readers of other authors read it: email-addresses for its address fields, whose grammar is that
 * of RFC 5322 without the obsolete forms, and letterparser for the rest, which throws where others guess. What they
 * refuse is left out.
 */
export function readStrictly(mail: Buffer): Partial<Reading> {
  const lines = linesOf(mail);
  const read: { -readonly [aspect in keyof Reading]?: Reading[aspect] } = {};
  for (const [aspect, key] of addressFields) {
    const values = lines.filter((line) => line.key === key).map((line) => line.text);
    const people = orNothing(() => readersOf(values));
    if (people !== undefined) read[aspect] = people;
  }
  const subject = orNothing(() => subjectOf(lines.filter(({ key }) => key === 'subject')));
  if (subject !== undefined) read.subject = subject;
  const parts = orNothing(() => partsOf(parse(mail.toString('latin1'))));
  if (parts !== undefined) read.parts = parts;
  return read;
}

const addressFields = [
  ['from', 'from'],
  ['replyTo', 'reply-to'],
  ['to', 'to'],
  ['cc', 'cc'],
] as const;

/** Undefined where a strict reader refuses: for a second field, too (RFC 5322 3.6). */
function readersOf(values: readonly string[]): Reader[] | undefined {
  const [value, second] = values;
  if (value === undefined) return [];
  if (second !== undefined) return undefined;
  const list = emailAddresses.parseAddressList({ input: value, strict: true, rfc6532: false });
  return (
    list
      ?.flatMap((one) => (one.type === 'group' ? one.addresses : [one]))
      .map(({ name, address }) => ({ name: decoded(name ?? ''), address: quoted(address) })) ?? undefined
  );
}

function subjectOf(fields: readonly { readonly text: string }[]): string | undefined {
  const [field, second] = fields;
  const text = field?.text ?? '';
  return second === undefined && /^[\t -~]*$/.test(text) ? decoded(text) : undefined;
}

/**
 * letterparser decodes the words of every field.
 *
 * @throws Error where it leaves a word as it is, or a character unread
 */
function decoded(text: string): string {
  const read = parseHeaders(`X: ${text}\n\n`).X ?? '';
  if (/=\?|\ufffd/.test(read)) throw new Error('a word that cannot be read');
  return read;
}

function partsOf({ contentType, headers, body }: LetterparserNode): string[] {
  if (Array.isArray(body)) return [contentType.type, ...body.flatMap(partsOf)];
  if (typeof body === 'object' && !(body instanceof Uint8Array)) return [contentType.type, ...partsOf(body)];
  return [part(contentType.type, headers['Content-Disposition'] ?? '', body)];
}

/** What these readers throw says that they refuse. */
function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
