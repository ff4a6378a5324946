import { addressField, isStrictField, mailboxesOf } from './addressField.ts';
import { contentTypeField, dispositionField } from './contentType.ts';
import { isDispensable, isDropped, loopMarker, onceOnly } from './fieldNames.ts';
import { textOf } from './fieldText.ts';
import { isBlank, lineLimit } from './lines.ts';
import { usableMailboxes } from './mailbox.ts';
import type { RawField } from './message.ts';
import { asWritten, plainField } from './plainField.ts';
import type { Header } from './readBack.ts';
import { type Identity, senderOf } from './sender.ts';

/** `reduced` is without ARC-*, X-* and all Received but the last hop's. */
export type Extent = 'whole' | 'reduced';

/** The header of the mail that goes on. */
export function headerOf(fields: readonly RawField[], identity: Identity, extent: Extent): Header {
  const kept = extent === 'whole' ? fields : withoutDispensable(fields);
  const sender = senderOf(kept, identity);
  const ours = [...sender.fields, ...originalFields(kept)];
  const isEndless = (field: string) => field.startsWith('X-Original-') && field.length > lineLimit;
  return {
    ...sender,
    fields: [
      ...firstOfEach(kept).flatMap(forwardedField),
      ...(extent === 'whole' ? ours : ours.filter((field) => !isEndless(field))),
      `${loopMarker}: ${identity.alias}`,
    ],
  };
}

function withoutDispensable(fields: readonly RawField[]): RawField[] {
  const lastHop = fields.find((field) => field.key === 'received');
  return fields.filter((field) => field === lastHop || !isDispensable(field.key));
}

/** Every field, but of one that may appear once the first alone. */
function firstOfEach(fields: readonly RawField[]): RawField[] {
  const seen = new Set<string>();
  return fields.filter(({ key }) => {
    if (seen.has(key)) return false;
    if (onceOnly.has(key)) seen.add(key);
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
      return recipientFields(field, 'X-Original-To');
    case 'cc':
      return recipientFields(field, 'X-Original-Cc');
    case 'content-type': {
      const contentType = contentTypeField(field);
      return contentType === undefined ? [] : [contentType];
    }
    case 'content-disposition':
      return [dispositionField(field)];
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
