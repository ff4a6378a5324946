import type { Address } from '../../../schema/src/text/address.ts';
import { answerSuppression } from './fieldNames.ts';
import { writeHeader } from './headerBytes.ts';
import { layOut } from './lines.ts';
import { mailboxWords } from './mailbox.ts';
import { base64Lines, textContent } from './notice.ts';
import { type Identity, senderAddress } from './sender.ts';
import { textField } from './textFields.ts';

/** Why a mailbox got no mail. */
export interface Blocking {
  /** The aliases that lead to it, one at least. */
  readonly aliases: readonly Address[];
  /** `YYYY-MM-DD`: since when; undefined where only SES knew. */
  readonly since: string | undefined;
  /** What its server said last, or that its user complained. */
  readonly reason: string | undefined;
}

/** Tells the user of a mailbox that was blocked what happened, and that mail goes there again. */
export function unblockedNotice(
  { aliases, since, reason }: Blocking,
  identity: Pick<Identity, 'alias' | 'senderLocalPart'>,
): Buffer {
  const sender = { name: `Forwarding of ${identity.alias}`, address: senderAddress(identity) };
  const names = aliases.join(', ');
  const text = [
    `Mail to ${names}`,
    'is forwarded to this mailbox again.',
    '',
    since === undefined
      ? 'It was not forwarded for some time, because mail to this mailbox came back.'
      : `It has not been forwarded since ${since}, because mail to this mailbox came back.`,
    ...(reason === undefined ? [] : ['The last reason was:', '', `  ${oneLine(reason)}`, '']),
    'What others wrote to you alone in that time was returned to them. Ask your',
    'group for what it got.',
    '',
    'Please make sure that this mailbox takes mail from us: that it is not full,',
    'and that our mail is not marked as spam there. If mail comes back within a',
    'week, the mailbox stays blocked.',
    '',
  ].join('\r\n');
  const header = writeHeader({
    from: sender.address,
    replyTo: [],
    fields: [
      layOut('From', mailboxWords(sender, 'From: '.length)),
      `To: ${identity.alias}`,
      textField('Subject', `Mail to ${names} reaches you again`),
      // RFC 3834 5: so that nobody's program answers.
      'Auto-Submitted: auto-generated',
      answerSuppression,
      'MIME-Version: 1.0',
      ...textContent,
    ],
  });
  return Buffer.concat([header, base64Lines(text)]);
}

const reasonLimit = 300;

/** A remote server writes it. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, reasonLimit);
}
