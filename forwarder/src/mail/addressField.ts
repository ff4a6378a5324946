import { type Mailbox, readMailboxes } from './addresses.ts';
import { decodedText } from './fieldText.ts';
import { layOut } from './lines.ts';
import { listWords } from './mailbox.ts';
import type { RawField } from './message.ts';
import { isSound } from './plainField.ts';
import { isStrictAddressList } from './strictAddresses.ts';

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
