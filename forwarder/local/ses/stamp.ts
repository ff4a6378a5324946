import { randomUUID } from 'node:crypto';
import { headerBlock } from './headerBlock.ts';

/** An id as SES gives them to sent messages. */
export function sentId(): string {
  return `0102${Date.now().toString(16).padStart(12, '0')}-${randomUUID()}-000000`;
}

/** Message-ID, Date and Return-Path are SES's own in what it sends; every other byte stays. */
export function stampSent(raw: Buffer, messageId: string, region: string, sentAt: Date): Buffer {
  const { fields, bodyStart } = headerBlock(raw);
  const kept = fields.filter(
    ({ name }) => !['message-id', 'date', 'return-path'].includes(name.toLowerCase()),
  );
  const lines = [
    `Return-Path: <${messageId}@${region}.amazonses.com>`,
    ...kept.flatMap((field) => field.lines),
    `Message-ID: <${messageId}@${region}.amazonses.com>`,
    `Date: ${sentAt.toUTCString().replace('GMT', '+0000')}`,
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), raw.subarray(bodyStart)]);
}
