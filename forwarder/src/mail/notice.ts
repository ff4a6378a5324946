import { createHash } from 'node:crypto';
import type { Address } from '../../../schema/src/text/address.ts';
import { answerSuppression } from './fieldNames.ts';
import type { Header } from './headerBytes.ts';
import { headerBytes, writeHeader } from './headerBytes.ts';
import { layOut } from './lines.ts';
import { isMarker, markerField } from './loop.ts';
import { cleanName, mailboxesOf, mailboxWords, usableMailboxes } from './mailbox.ts';
import type { Message } from './message.ts';
import { type Identity, replyToOf, senderAddress } from './sender.ts';
import { plainField, readableText, textField } from './textFields.ts';

/** Why a mail cannot be attached to its notice. */
export type Unattachable = 'too-large' | 'attachment';

type Cause = Unattachable | 'header';

/**
 * What a destination gets instead of a mail that SES refused: who wrote what when, and the mail itself as one
 * message/rfc822 part, its body byte for byte. The notice names the alias, never a destination.
 *
 * @throws UnsafeHeader where the original's header, or that of the notice, cannot be written
 */
export function noticeWithOriginal(message: Message, identity: Identity): Buffer {
  const original = originalHeader(message);
  const body = message.buffer.subarray(message.bodyStart);
  const boundary = boundaryFor(original);
  const text = noticeText(message, identity.alias, [
    'could not be forwarded in the form it was written in. You find it',
    'attached, as it came.',
  ]);
  const type = layOut('Content-Type', ['multipart/mixed;', `boundary="${boundary}"`]);
  return Buffer.concat([
    writeHeader(noticeHeader(message, identity, [type])),
    Buffer.from(`--${boundary}\r\n`),
    headerBytes(textContent),
    base64Lines(text),
    Buffer.from(`--${boundary}\r\n`),
    headerBytes([
      'Content-Type: message/rfc822',
      'Content-Transfer-Encoding: 8bit',
      'Content-Disposition: attachment; filename="original.eml"',
    ]),
    original,
    body,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
}

/**
 * The same without the mail, where that is too large or has an attachment that SES refuses: it says until when a
 * maintainer can send it elsewhere.
 *
 * @param message may end within its body
 * @param until when the bucket forgets the mail
 * @throws UnsafeHeader where the notice's header cannot be written
 */
export function noticeWithoutOriginal(
  message: Message,
  identity: Identity,
  cause: Cause,
  until: Date,
): Buffer {
  const day = until.toISOString().slice(0, 10);
  const text = noticeText(message, identity.alias, [
    reasons[cause],
    `Until ${day} the maintainers can send it to another address of yours.`,
    `Its number is ${identity.messageId}`,
  ]);
  return Buffer.concat([writeHeader(noticeHeader(message, identity, textContent)), base64Lines(text)]);
}

const reasons: Readonly<Record<Cause, string>> = {
  'too-large': 'is too large to be forwarded.',
  attachment: 'has an attachment of a kind that cannot be forwarded.',
  header: 'has a header that cannot be forwarded.',
};

function noticeHeader(message: Message, identity: Identity, content: readonly string[]): Header {
  const from = message.fields.find((field) => field.key === 'from');
  const replyTo = replyToOf(message.fields, from === undefined ? [] : usableMailboxes(mailboxesOf(from)));
  const sender = { name: `Forwarding of ${identity.alias}`, address: senderAddress(identity) };
  return {
    from: sender.address,
    replyTo: replyTo.addresses,
    fields: [
      layOut('From', mailboxWords(sender, 'From: '.length)),
      `To: ${identity.alias}`,
      ...replyTo.fields,
      textField('Subject', `Not forwarded as it was: ${shown(message, 'subject')}`),
      // RFC 3834 5: so that nobody's program answers.
      'Auto-Submitted: auto-generated',
      answerSuppression,
      ...message.fields.filter(isMarker).map(plainField),
      markerField(identity),
      'MIME-Version: 1.0',
      ...content,
    ],
  };
}

function noticeText(message: Message, alias: Address, what: readonly string[]): string {
  return [
    `A mail to ${alias}`,
    ...what,
    '',
    `From: ${shown(message, 'from')}`,
    `Subject: ${shown(message, 'subject')}`,
    `Date: ${shown(message, 'date')}`,
    '',
  ].join('\r\n');
}

function shown(message: Message, key: string): string {
  const field = message.fields.find((candidate) => candidate.key === key);
  return field === undefined ? '' : cleanName(readableText(field));
}

/** The fields of a text in UTF-8. */
export const textContent = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64'];

/** A text in lines of 76 (RFC 2045 6.8). */
export function base64Lines(text: string): Buffer {
  return Buffer.from(
    Buffer.from(text)
      .toString('base64')
      .replace(/.{1,76}/g, '$&\r\n'),
  );
}

/** The fields as they came, made sendable; without what only SES reads and who got a blind copy. */
function originalHeader(message: Message): Buffer {
  const fields = message.fields.filter(({ key }) => !/^(?:x-ses-|(?:resent-)?bcc$)/.test(key));
  return headerBytes(fields.map(plainField));
}

/**
 * A delimiter that stands nowhere in the original: its writer cannot know the Received field that SES put on top, and
 * so cannot know this hash.
 */
function boundaryFor(original: Buffer): string {
  return `=_${createHash('sha256').update(original).digest('hex').slice(0, 40)}`;
}
