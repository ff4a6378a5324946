import { contentTypeField, dispositionField, type Surroundings } from './contentType.ts';
import { answerSuppression, isDispensable, isDropped, isReplaced, onceOnly } from './fieldNames.ts';
import type { Header } from './headerBytes.ts';
import { writeHeader } from './headerBytes.ts';
import { isBlank, lineLimit } from './lines.ts';
import { markerField } from './loop.ts';
import { addressField, isStrictField, mailboxesOf, usableMailboxes } from './mailbox.ts';
import type { Message, RawField } from './message.ts';
import { type Identity, senderOf } from './sender.ts';
import { asWritten, plainField, textOf } from './textFields.ts';

/**
 * The mail as it goes on: a new header for the identity, then the body's bytes as they came.
 *
 * @param extent `reduced` leaves out what a mail can do without, for the rare header that SES finds too long
 * @returns a view of the message's buffer, the new header laid right before the body; a new buffer where the header is
 *   longer than what stands before the body. It holds until the message is rewritten again.
 * @throws UnsafeHeader where the new header would not be read as it was meant: the mail goes in another form then
 */
export function rewrite(message: Message, identity: Identity, extent: Extent = 'whole'): Buffer {
  const header = writeHeader(headerOf(message, identity, extent));
  const start = message.bodyStart - header.length;
  if (start < 0) return Buffer.concat([header, message.buffer.subarray(message.bodyStart)]);
  header.copy(message.buffer, start);
  return message.buffer.subarray(start);
}

/** `reduced` is without ARC-*, X-* and all Received but the last hop's. */
export type Extent = 'whole' | 'reduced';

/** The header of the mail that goes on. */
export function headerOf(message: Message, identity: Identity, extent: Extent): Header {
  const kept = extent === 'whole' ? withoutOldHops(message.fields) : withoutDispensable(message.fields);
  const surroundings = { fields: kept, body: message.buffer.subarray(message.bodyStart) };
  const sender = senderOf(kept, identity);
  const ours = [...sender.fields, ...originalFields(kept)];
  const isEndless = (field: string) => field.startsWith('X-Original-') && field.length > lineLimit;
  return {
    ...sender,
    fields: [
      ...firstOfEach(kept).flatMap((field) => forwardedField(field, identity, surroundings)),
      ...(extent === 'whole' ? ours : ours.filter((field) => !isEndless(field))),
      answerSuppression,
      markerField(identity),
    ],
  };
}

/**
 * Servers take a mail with too many Received fields for a loop, and a stranger can write any number. As many stay as
 * let `hasTooManyHops` see a loop without our marker: a way round adds three or more.
 */
const hopsKept = 23;

function withoutOldHops(fields: readonly RawField[]): readonly RawField[] {
  let hops = 0;
  return fields.filter(({ key }) => key !== 'received' || ++hops <= hopsKept);
}

function withoutDispensable(fields: readonly RawField[]): RawField[] {
  const lastHop = fields.find((field) => field.key === 'received');
  return fields.filter((field) => field === lastHop || !isDispensable(field.key));
}

/** Every field, but of one that may appear once the first alone that says something, or else the first. */
function firstOfEach(fields: readonly RawField[]): RawField[] {
  const first = new Map<string, RawField>();
  for (const field of fields) {
    if (!onceOnly.has(field.key)) continue;
    const earlier = first.get(field.key);
    if (earlier === undefined || (isBlank(earlier.value) && !isBlank(field.value)))
      first.set(field.key, field);
  }
  return fields.filter((field) => !onceOnly.has(field.key) || first.get(field.key) === field);
}

function forwardedField(field: RawField, identity: Identity, surroundings: Surroundings): string[] {
  if (isDropped(field.key) || isReplaced(field.key)) return [];
  switch (field.key) {
    case 'to':
      return recipientFields(field, 'X-Original-To');
    case 'cc':
      return recipientFields(field, 'X-Original-Cc');
    case 'content-type': {
      const contentType = contentTypeField(field, surroundings);
      return contentType === undefined ? [] : [contentType];
    }
    case 'content-disposition':
      return [dispositionField(field)];
    case 'list-unsubscribe':
      return unsubscribeField(field);
    case 'list-unsubscribe-post':
      return identity.isShared ? [] : [plainField(field)];
    default:
      return [plainField(field)];
  }
}

/** As it is where it is strictly legal; else its usable mailboxes, and the raw value under another name. */
function recipientFields(field: RawField, original: string): string[] {
  if (isStrictField(field)) return [asWritten(field)];
  const mailboxes = usableMailboxes(mailboxesOf(field));
  return [
    ...(mailboxes.length > 0 ? [addressField(field.name, mailboxes)] : []),
    ...(isBlank(field.value) ? [] : [plainField({ ...field, name: original })]),
  ];
}

/** Without the addresses that a click writes a mail to: it would come from the mailbox itself (RFC 2369 3.2). */
function unsubscribeField(field: RawField): string[] {
  if (!/mailto:/i.test(field.value)) return [plainField(field)];
  const links = [...textOf(field).matchAll(/<(?!mailto:)[^<>]*>/gi)].map(([link]) => link);
  return links.length === 0 ? [] : [plainField({ ...field, value: ` ${links.join(', ')}` })];
}

/** SES writes a new Message-ID and Date: what they were stays readable, and a thread stays together. */
function originalFields(fields: readonly RawField[]): string[] {
  const messageId = firstWithValue(fields, 'message-id');
  const date = firstWithValue(fields, 'date');
  const id = /^[ \t]*(<[!-;=?-~]{1,900}>)[ \t]*$/.exec(messageId === undefined ? '' : textOf(messageId))?.[1];
  const isThreaded = fields.some(({ key }) => key === 'references' || key === 'in-reply-to');
  return [
    ...(messageId === undefined ? [] : [plainField({ ...messageId, name: 'X-Original-Message-ID' })]),
    ...(date === undefined ? [] : [plainField({ ...date, name: 'X-Original-Date' })]),
    ...(id === undefined || isThreaded ? [] : [`References: ${id}`]),
  ];
}

function firstWithValue(fields: readonly RawField[], key: string): RawField | undefined {
  return fields.find((field) => field.key === key && !isBlank(field.value));
}
