import { parseDomain } from '../../../schema/src/text/address.ts';
import { type Mailbox, quote, readMailboxes } from './addresses.ts';
import { encodeWords } from './encodedWords.ts';
import { layOut } from './lines.ts';
import type { RawField } from './message.ts';
import { isStrictAddress, isStrictAddressList } from './strictAddresses.ts';
import { decodedText, isSound, withoutControls } from './textFields.ts';

/** Characters of a name: more is an attack or an accident, and mail programs show fewer. */
const nameLimit = 100;

/**
 * An address that SES takes and that means the same mailbox: an international domain as punycode, a local part that is
 * no dot-atom as a quoted string. Undefined where there is none: SES has no addresses with other than ASCII before the
 * `@`.
 */
export function usableAddress(address: string): string | undefined {
  // An encoded-word in an address (RFC 2047 5 forbids it) would be decoded by some readers into another one.
  if (!address.includes('@') || address.includes('=?')) return undefined;
  if (isStrictAddress(address)) return address;
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const domain = parseDomain(address.slice(at + 1).replace(/\.$/, ''));
  if (at < 1 || domain.value === undefined) return undefined;
  const spellings = [`${local}@${domain.value}`, `${quote(local)}@${domain.value}`];
  return spellings.find((spelling) => isStrictAddress(spelling));
}

/**
 * A name as people may see it: one line, without marks that turn the direction of the text or cannot be seen, not
 * endless; '' where there is nothing to see.
 */
export function cleanName(name: string): string {
  if (name.length <= nameLimit && plainName.test(name)) return name;
  const visible = withoutControls(name.slice(0, 20 * nameLimit)).replace(invisible, '');
  // Spaces of any kind show as a gap, and a run of them would push what follows the name out of sight.
  const line = visible.replace(/\p{Z}{2,}/gu, ' ').replace(/^\p{Z}|\p{Z}$/gu, '');
  const short = [...line]
    .slice(0, nameLimit)
    .join('')
    .replace(/\p{Z}$/u, '');
  return /[^\p{Z}\p{Cf}]/u.test(short) ? short : '';
}

/** Format characters but the joiners of scripts and emoji, and letters and marks that show nothing. */
const invisible = /(?![\u200c\u200d])\p{Cf}|[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/gu;

/** Most names are such, and need no look at what Unicode has. */
const plainName = /^[!-~]+(?: [!-~]+)*$/;

/** The mailboxes whose address can be used, with it. */
export function usableMailboxes(mailboxes: readonly Mailbox[]): Mailbox[] {
  const usable: Mailbox[] = [];
  for (const { name, address } of mailboxes) {
    const spelling = usableAddress(address);
    if (spelling !== undefined) usable.push({ name: cleanName(name), address: spelling });
  }
  return usable;
}

/**
 * A mailbox as the words of a strict field: a quoted string, or encoded-words for what is not ASCII or looks like one.
 *
 * @param column characters that already stand on its first line
 */
export function mailboxWords({ name, address }: Mailbox, column: number): string[] {
  if (name === '') return [address];
  const isPlain = /^[ -~]*$/.test(name) && !name.includes('=?');
  return [...(isPlain ? [quote(name)] : encodeWords(name, column)), `<${address}>`];
}

/** Mailboxes as the words of a list. */
export function listWords(mailboxes: readonly Mailbox[], column: number): string[] {
  return mailboxes.flatMap((mailbox, index) => {
    const words = mailboxWords(mailbox, column);
    if (index === mailboxes.length - 1) return words;
    return [...words.slice(0, -1), `${words.at(-1)},`];
  });
}

/** The mailboxes of an address field, whatever state it is in. */
export function mailboxesOf(field: RawField): Mailbox[] {
  return readMailboxes(decodedText(field));
}

/** Whether SES takes an address field as it is written. */
export function isStrictField(field: RawField): boolean {
  return isSound(field) && isStrictAddressList(field.value);
}

/** A field that lists mailboxes with usable addresses, strictly. */
export function addressField(name: string, mailboxes: readonly Mailbox[]): string {
  return layOut(name, listWords(mailboxes, `${name}: `.length));
}
