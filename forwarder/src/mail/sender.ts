import { type Address, joinAddress, splitAddress } from '../../../schema/src/text/address.ts';
import type { Mailbox } from './addresses.ts';
import type { Header } from './headerBytes.ts';
import { layOut } from './lines.ts';
import {
  addressField,
  cleanName,
  isStrictField,
  mailboxesOf,
  mailboxWords,
  usableMailboxes,
} from './mailbox.ts';
import type { RawField } from './message.ts';
import { asWritten, plainField } from './textFields.ts';

/** In whose name a mail goes on. */
export interface Identity {
  /** Its local part is shown, its domain sends. */
  readonly alias: Address;
  readonly senderLocalPart: string;
  /** SES's id of the mail. */
  readonly messageId: string;
  /** Whether SPF, DKIM or DMARC vouches for who wrote it. */
  readonly isVerified: boolean;
  /** Whether others get it too in the alias's name. */
  readonly isShared: boolean;
}

const unknownSender = 'Unknown sender';

/** The fields that say who wrote (From, Reply-To where there is an address, X-Original-From), and their addresses. */
export function senderOf(fields: readonly RawField[], identity: Identity): Header {
  const from = fromOf(fields);
  const replyTo = replyToOf(fields, from?.usable ?? []);
  return {
    fields: [
      fromField(from?.usable[0] ?? from?.mailboxes.find(isShown), identity),
      ...replyTo.fields,
      ...(from === undefined ? [] : [plainField({ ...from.field, name: 'X-Original-From' })]),
    ],
    from: senderAddress(identity),
    replyTo: replyTo.addresses,
  };
}

/** The first From that has an address, else the first that names somebody, else the first. */
function fromOf(fields: readonly RawField[]) {
  const all = fields
    .filter((field) => field.key === 'from')
    .map((field) => {
      const mailboxes = mailboxesOf(field);
      return { field, mailboxes, usable: usableMailboxes(mailboxes) };
    });
  return (
    all.find(({ usable }) => usable.length > 0) ??
    all.find(({ mailboxes }) => mailboxes.some(isShown)) ??
    all[0]
  );
}

/**
 * `"NAME (ADDRESS) via ALIAS" <LOCAL@DOMAIN>`: the alias's domain is verified, the author's is not, and mail programs
 * show the name alone.
 */
function fromField(author: Mailbox | undefined, identity: Identity): string {
  const name = author === undefined ? unknownSender : shownAuthor(author, identity);
  const mailbox = {
    name: `${name} via ${splitAddress(identity.alias).local}`,
    address: senderAddress(identity),
  };
  return layOut('From', mailboxWords(mailbox, 'From: '.length));
}

/** The address that sends in an alias's name. */
export function senderAddress({
  alias,
  senderLocalPart,
}: Pick<Identity, 'alias' | 'senderLocalPart'>): Address {
  return joinAddress(senderLocalPart, splitAddress(alias).domain);
}

function isShown(mailbox: Mailbox): boolean {
  return shownName(mailbox) !== '';
}

function shownName({ name, address }: Mailbox): string {
  return cleanName(name) || cleanName(address);
}

/** Name and address; the address alone where the name could be taken for another one. */
function shownAuthor({ name, address }: Mailbox, { isVerified }: Identity): string {
  const shown = cleanName(shortAddress(address));
  const own = cleanName(name);
  const isMisleading = own.normalize('NFKC').includes('@');
  const remarks = isVerified ? [] : ['unverified'];
  if (own === '' || (isMisleading && shown !== '')) return withRemarks(shown, remarks);
  return withRemarks(own, shown === '' ? remarks : [shown, ...remarks]);
}

function withRemarks(text: string, remarks: readonly string[]): string {
  return remarks.length === 0 ? text : `${text} (${remarks.join(', ')})`;
}

/** Characters of an address that are shown; of a longer one the end, which is its domain. */
const shownLimit = 80;

function shortAddress(address: string): string {
  return address.length > shownLimit ? `…${address.slice(1 - shownLimit)}` : address;
}

/**
 * Reply-To as a field, or none, with its addresses: the first existing one that has an address, else the authors.
 *
 * @param authors those whose address can be used
 */
export function replyToOf(
  fields: readonly RawField[],
  authors: readonly Mailbox[],
): { readonly fields: readonly string[]; readonly addresses: readonly string[] } {
  for (const field of fields) {
    if (field.key !== 'reply-to') continue;
    const mailboxes = mailboxesOf(field);
    const usable = usableMailboxes(mailboxes);
    if (usable.length === 0) continue;
    return isStrictField(field)
      ? { fields: [asWritten(field)], addresses: addressesOf(mailboxes) }
      : { fields: [addressField(field.name, usable)], addresses: addressesOf(usable) };
  }
  return {
    fields: authors.length > 0 ? [addressField('Reply-To', authors)] : [],
    addresses: addressesOf(authors),
  };
}

function addressesOf(mailboxes: readonly Mailbox[]): string[] {
  return mailboxes.map(({ address }) => address);
}
