import { contentTypeField } from './contenttype.ts';
import { isDropped, onceOnly } from './fieldnames.ts';
import { hasShortLines } from './lines.ts';
import { loopMarker } from './loop.ts';
import { usableMailboxes } from './mailbox.ts';
import type { Message, RawField } from './message.ts';
import { addressField, type Identity, mailboxesOf, renamed, senderFields } from './sender.ts';
import { isStrictAddressList } from './strict.ts';
import { isSound, plainField } from './unstructured.ts';

export type { Identity } from './sender.ts';

/**
 * The mail as it goes on: a new header for the identity, then the body's bytes as they came.
 *
 * @returns a view of the message's buffer, the new header laid right before the body; a new buffer where the header is
 *   longer than what stands before the body. It holds until the message is rewritten again.
 */
export function rewrite(message: Message, identity: Identity): Buffer {
  const header = `${headerFields(message.fields, identity).join('\r\n')}\r\n\r\n`;
  const start = message.bodyStart - header.length;
  if (start < 0) {
    return Buffer.concat([Buffer.from(header, 'latin1'), message.buffer.subarray(message.bodyStart)]);
  }
  message.buffer.write(header, start, 'latin1');
  return message.buffer.subarray(start);
}

function headerFields(fields: readonly RawField[], identity: Identity): string[] {
  return [
    ...firstOfEach(fields).flatMap(forwardedField),
    ...senderFields(fields, identity),
    ...originalFields(fields),
    `${loopMarker}: ${identity.alias}`,
  ];
}

function firstOfEach(fields: readonly RawField[]): RawField[] {
  const seen = new Set<string>();
  return fields.filter(({ key }) => {
    if (!onceOnly.has(key)) return true;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function forwardedField(field: RawField): string[] {
  if (isDropped(field.key)) return [];
  switch (field.key) {
    case 'from':
    case 'reply-to':
      return [];
    case 'to':
    case 'cc':
      return recipientFields(field);
    case 'content-type':
      return [contentTypeField(field) ?? []].flat();
    default:
      return [plainField(field)];
  }
}

/** To and Cc as they are where they are strictly legal; else their usable mailboxes, and the raw value beside them. */
function recipientFields(field: RawField): string[] {
  const asWritten = `${field.name}:${field.value}`;
  if (isSound(field.value) && isStrictAddressList(field.value) && hasShortLines(asWritten))
    return [asWritten];
  const mailboxes = usableMailboxes(mailboxesOf(field));
  const original = field.key === 'to' ? 'X-Original-To' : 'X-Original-Cc';
  return [
    ...(mailboxes.length > 0 ? [addressField(field.name, mailboxes)] : []),
    ...(field.value.trim() === '' ? [] : [plainField(renamed(field, original))]),
  ];
}

/** SES writes a new Message-ID and Date: what they were stays readable, and a thread stays together. */
function originalFields(fields: readonly RawField[]): string[] {
  const first = (key: string) => fields.find((field) => field.key === key && field.value.trim() !== '');
  const messageId = first('message-id');
  const date = first('date');
  const id = /^\s*(<[!-;=?-~]{1,900}>)\s*$/.exec(messageId?.value ?? '')?.[1];
  const isThreaded = fields.some(({ key }) => key === 'references' || key === 'in-reply-to');
  return [
    ...(messageId === undefined ? [] : [plainField(renamed(messageId, 'X-Original-Message-ID'))]),
    ...(date === undefined ? [] : [plainField(renamed(date, 'X-Original-Date'))]),
    ...(id === undefined || isThreaded ? [] : [`References: ${id}`]),
  ];
}
