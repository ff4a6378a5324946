import { domainToASCII, domainToUnicode } from 'node:url';
import { type Message, say } from '../messages/message.ts';

declare const checked: unique symbol;

/**
 * `local@domain`, folded: lower case, the domain as punycode. Only `parseAddress` and `joinAddress` make one, so a
 * value of this type is known to be legal and comparable with `===`.
 */
export type Address = string & { readonly [checked]: 'Address' };

/** Octets before the `@` (RFC 5321 4.5.3.1.1). */
export const localPartLimit = 64;
/** Octets of a domain in its ASCII form (RFC 1035 2.3.4, less the root's dot and length). */
export const domainLimit = 253;
/** Octets of a label (RFC 1035 2.3.4). */
const labelLimit = 63;

/** The name of the catch-all alias. */
export const catchAll = '*';

export type Parsed<T> =
  | { readonly value: T; readonly fault?: never }
  | { readonly value?: never; readonly fault: Message };

/**
 * Reads `local@domain` and folds it. A fault is a clause that says what is wrong, for the end of a sentence that
 * quotes the text.
 */
export function parseAddress(text: string): Parsed<Address> {
  const { value, fault } = parseParts(text);
  return value === undefined ? { fault } : { value: joinAddress(value.local, value.domain) };
}

interface Parts {
  readonly local: string;
  readonly domain: string;
}

function parseParts(text: string): Parsed<Parts> {
  const at = text.lastIndexOf('@');
  if (at < 0) return { fault: say('it has no `@`') };
  const local = parseLocalPart(text.slice(0, at));
  if (local.fault !== undefined) return local;
  const domain = parseDomain(text.slice(at + 1));
  if (domain.fault !== undefined) return domain;
  return { value: { local: local.value, domain: domain.value } };
}

/** The address of an alias, from its folded name and its folded domain. The catch-all is written `*@domain`. */
export function joinAddress(alias: string, domain: string): Address {
  return `${alias}@${domain}` as Address;
}

export function splitAddress(address: Address): Parts {
  const at = address.lastIndexOf('@');
  return { local: address.slice(0, at), domain: address.slice(at + 1) };
}

const dotAtom = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;

/**
 * A local part is an ASCII dot-atom of at most 64 octets (RFC 5321 4.1.2). Quoted ones are refused: SES neither
 * receives nor sends them.
 */
export function parseLocalPart(text: string): Parsed<string> {
  if (text === '') return { fault: say('there is nothing before the `@`') };
  if (text.startsWith('"')) return { fault: say('quoted names are not supported') };
  const folded = foldName(text);
  if (dotAtom.test(folded)) {
    return folded.length > localPartLimit
      ? { fault: say('the part before the `@` is longer than {limit} characters', { limit: localPartLimit }) }
      : { value: folded };
  }
  if (folded.startsWith('.')) return { fault: say('it starts with a dot') };
  if (folded.endsWith('.')) return { fault: say('the part before the `@` ends with a dot') };
  if (folded.includes('..')) return { fault: say('it has two dots in a row') };
  const characters = [...folded];
  const place = characters.findIndex((character) => !/[a-z0-9!#$%&'*+/=?^_`{|}~.-]/.test(character));
  const foreign = characters[place] ?? folded;
  const character = characterName(foreign);
  // A letter that looks like a Latin one would not be found without its place.
  return isTwin(foreign)
    ? {
        fault: say('character {place}, {character}, is not allowed in an address', {
          place: place + 1,
          character,
        }),
      }
    : { fault: say('{character} is not allowed in an address', { character }) };
}

/**
 * Where an alias's mail goes on to, as it is written, folded: `text` is an address, or the name of an alias of the same
 * domain. Whether an address is a mailbox or an alias of ours depends on the managed domains: `follow` tells.
 */
export type Destination =
  | { readonly kind: 'name'; readonly text: string; readonly local: string }
  | { readonly kind: 'address'; readonly text: Address; readonly local: string; readonly domain: string };

/** Reads a destination; the only place where a bare name is told from an address. */
export function parseDestination(text: string): Parsed<Destination> {
  if (text.includes('@')) {
    const { value, fault } = parseParts(text);
    if (value === undefined) return { fault };
    const { local, domain } = value;
    return { value: { kind: 'address', text: joinAddress(local, domain), local, domain } };
  }
  const { value, fault } = parseLocalPart(text);
  return value === undefined ? { fault } : { value: { kind: 'name', text: value, local: value } };
}

/** What is after the last `@` of a text that may be no address; the whole text where there is none. */
export function domainPart(text: string): string {
  return text.slice(text.lastIndexOf('@') + 1);
}

/** Most domains are folded already, and need not be looked at label by label. */
const usualDomain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** A domain has two labels or more; it is folded to lower case and punycode. */
export function parseDomain(text: string): Parsed<string> {
  if (usualDomain.test(text) && text.length <= domainLimit && !text.includes('xn--')) return { value: text };
  if (text === '') return { fault: say('there is nothing after the `@`') };
  if (text.endsWith('.')) return { fault: say('the domain ends with a dot') };
  const labels = foldName(text.normalize('NFC')).split('.');
  if (labels.length < 2) return { fault: say('the domain `{domain}` has no dot', { domain: text }) };
  const ascii: string[] = [];
  for (const label of labels) {
    if (label === '') return { fault: say('the domain has two dots in a row, or starts with one') };
    const parsed = parseLabel(label);
    if (parsed.fault !== undefined) return parsed;
    ascii.push(parsed.value);
  }
  if (/^\d+$/.test(ascii.at(-1) ?? '')) return { fault: say('the domain ends with a number') };
  const domain = ascii.join('.');
  if (domain.length > domainLimit)
    return { fault: say('the domain is longer than {limit} characters', { limit: domainLimit }) };
  return { value: domain };
}

function parseLabel(label: string): Parsed<string> {
  const isAscii = /^[ -~]*$/.test(label);
  if (isAscii && !/^[a-z0-9-]+$/.test(label)) {
    const wrong = [...label].find((c) => !/[a-z0-9-]/.test(c)) ?? '';
    return { fault: notInDomain(wrong) };
  }
  if (label.startsWith('-') || label.endsWith('-')) {
    return { fault: say('the part `{label}` of the domain starts or ends with a hyphen', { label }) };
  }
  if (isAscii && !label.startsWith('xn--')) {
    return label.length > labelLimit ? { fault: tooLongLabel } : { value: label };
  }
  const foreign = [...label].find((c) => !/[\p{L}\p{M}\p{N}-]/u.test(c));
  if (foreign !== undefined) return { fault: notInDomain(foreign) };
  const ascii = domainToASCII(label);
  const back = domainToUnicode(ascii);
  if (ascii === '' || !/^[a-z0-9-]+$/.test(ascii)) {
    return {
      fault: say('the part `{label}` of the domain is not a valid internationalized name', { label }),
    };
  }
  // UTS 46 maps look-alikes such as full-width letters in silence; a name in a reviewed file must be what it looks like.
  if (!isAscii && back !== label.toLowerCase()) {
    const wrong = [...label].find((c) => c.normalize('NFKC') !== c) ?? label;
    return { fault: notInDomain(wrong) };
  }
  return ascii.length > labelLimit ? { fault: tooLongLabel } : { value: ascii };
}

const tooLongLabel = say('a part of the domain is longer than {limit} characters', { limit: labelLimit });

function notInDomain(character: string): Message {
  return say('{character} is not allowed in a domain', { character: characterName(character) });
}

/** A local part without its subaddress: `john+lists` gives `john`; undefined where there is none (RFC 5233 1). */
export function withoutSubaddress(local: string): string | undefined {
  const plus = local.indexOf('+');
  return plus > 0 ? local.slice(0, plus) : undefined;
}

/**
 * The one fold of names, for files and tables alike: in ASCII alone. `toLowerCase` would turn the Kelvin sign into a k,
 * and so one name into another.
 */
export function foldName(text: string): string {
  return text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}

const names: ReadonlyMap<string, Message> = new Map([
  [' ', say('a space')],
  ['\t', say('a tab')],
  ['\n', say('a line break')],
  ['\r', say('a carriage return')],
  ['\u0000', say('a NUL character')],
  ['\u00a0', say('a no-break space (U+00A0)')],
  ['\u00ad', say('a soft hyphen (U+00AD)')],
  ['\u200b', say('a zero-width space (U+200B)')],
  ['\u200c', say('a zero-width non-joiner (U+200C)')],
  ['\u200d', say('a zero-width joiner (U+200D)')],
  ['\u2060', say('a word joiner (U+2060)')],
  ['\ufeff', say('a byte-order mark (U+FEFF)')],
  ['\u3000', say('an ideographic space (U+3000)')],
]);

/** How a message names a character that a reader may not see, or may take for another. */
export function characterName(character: string): Message {
  const known = names.get(character);
  if (known !== undefined) return known;
  const point = character.codePointAt(0) ?? 0;
  const hex = point.toString(16).toUpperCase().padStart(4, '0');
  if (point >= 0xff01 && point <= 0xff5e)
    return say('the full-width character `{character}` (U+{hex})', { character, hex });
  const named = scripts.find(([pattern]) => pattern.test(character))?.[1];
  if (named !== undefined) return named({ character, hex });
  if (/[\p{C}\p{Z}\p{M}]/u.test(character)) return say('the character U+{hex}', { hex });
  return point < 0x7f
    ? say('`{character}`', { character })
    : say('`{character}` (U+{hex})', { character, hex });
}

/** Whether a character is a letter of another script that is taken for a Latin one. */
export function isTwin(character: string): boolean {
  return scripts.some(([pattern]) => pattern.test(character));
}

/** Scripts whose letters are taken for Latin ones. */
const scripts: readonly (readonly [RegExp, (parts: Message['parts']) => Message])[] = [
  [/\p{Script=Cyrillic}/u, (parts) => say('the Cyrillic letter `{character}` (U+{hex})', parts)],
  [/\p{Script=Greek}/u, (parts) => say('the Greek letter `{character}` (U+{hex})', parts)],
  [/\p{Script=Armenian}/u, (parts) => say('the Armenian letter `{character}` (U+{hex})', parts)],
];
