import { type Address, splitAddress } from '../../../schema/src/address.ts';
import { type Mailbox, readMailboxes } from './addresses.ts';
import { decodeUnlabelled } from './charsets.ts';
import { hasShortLines, layOut, unfold } from './lines.ts';
import { cleanName, listWords, mailboxWords, usableMailboxes } from './mailbox.ts';
import type { RawField } from './message.ts';
import { isStrictAddressList } from './strict.ts';
import { isSound, plainField } from './unstructured.ts';

/** In whose name a mail goes on. */
export interface Identity {
  /** Its local part is shown, its domain sends. */
  readonly alias: Address;
  readonly senderLocalPart: string;
}

const unknownSender = 'Unknown sender';

/** The fields that say who wrote and who sends: From, Reply-To where there is an address, X-Original-From. */
export function senderFields(fields: readonly RawField[], identity: Identity): string[] {
  const written = fields.filter((field) => field.key === 'from');
  const read = written.map((field) => ({ field, mailboxes: mailboxesOf(field) }));
  const from = read.find(({ mailboxes }) => mailboxes.some(isShown)) ?? read[0];
  const mailboxes = from?.mailboxes ?? [];
  const replyTo = replyToField(fields) ?? replyToAuthors(mailboxes);
  return [
    fromField(mailboxes, identity),
    ...(replyTo === undefined ? [] : [replyTo]),
    ...(from === undefined ? [] : [plainField(renamed(from.field, 'X-Original-From'))]),
  ];
}

/** The mailboxes of a raw field. */
export function mailboxesOf(field: RawField): Mailbox[] {
  return readMailboxes(decodeUnlabelled(Buffer.from(unfold(field.value), 'latin1')).replace(/\p{Cc}/gu, ' '));
}

/** The same value under another name. */
export function renamed(field: RawField, name: string): RawField {
  return { name, key: name.toLowerCase(), value: field.value };
}

/** `"NAME via ALIAS" <LOCAL@DOMAIN>`: the alias's domain is verified, the author's is not. */
function fromField(authors: readonly Mailbox[], { alias, senderLocalPart }: Identity): string {
  const { local, domain } = splitAddress(alias);
  const author = authors.find(isShown);
  const name = (author && shownName(author)) ?? unknownSender;
  const mailbox = { name: `${name} via ${local}`, address: `${senderLocalPart}@${domain}` };
  return layOut('From', mailboxWords(mailbox, 'From: '.length));
}

function isShown(mailbox: Mailbox): boolean {
  return shownName(mailbox) !== undefined;
}

function shownName({ name, address }: Mailbox): string | undefined {
  return [cleanName(name), cleanName(address)].find((text) => text !== '');
}

/** The first existing Reply-To that has an address, with its addresses. */
function replyToField(fields: readonly RawField[]): string | undefined {
  for (const field of fields) {
    if (field.key !== 'reply-to') continue;
    const asWritten = `${field.name}:${field.value}`;
    const isUsable = isSound(field.value) && isStrictAddressList(field.value) && hasShortLines(asWritten);
    const mailboxes = usableMailboxes(mailboxesOf(field));
    if (mailboxes.length > 0) return isUsable ? asWritten : addressField(field.name, mailboxes);
  }
  return undefined;
}

function replyToAuthors(authors: readonly Mailbox[]): string | undefined {
  const mailboxes = usableMailboxes(authors);
  return mailboxes.length > 0 ? addressField('Reply-To', mailboxes) : undefined;
}

/** A strict list of mailboxes. */
export function addressField(name: string, mailboxes: readonly Mailbox[]): string {
  return layOut(name, listWords(mailboxes, name.length + 2));
}
