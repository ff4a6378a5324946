import { type Extent, headerOf } from './header.ts';
import { writeHeader } from './headerBytes.ts';
import type { Message } from './message.ts';
import type { Identity } from './sender.ts';

export type { Extent } from './header.ts';
export type { Identity } from './sender.ts';

/**
 * The mail as it goes on: a new header for the identity, then the body's bytes as they came.
 *
 * @param extent `reduced` leaves out what a mail can do without, for the rare header that SES finds too long
 * @returns a view of the message's buffer, the new header laid right before the body; a new buffer where the header is
 *   longer than what stands before the body. It holds until the message is rewritten again.
 * @throws UnsafeHeader where the new header would not be read as it was meant: the mail goes in another form then
 */
export function rewrite(message: Message, identity: Identity, extent: Extent = 'whole'): Buffer {
  const header = writeHeader(headerOf(message.fields, identity, extent));
  const start = message.bodyStart - header.length;
  if (start < 0) return Buffer.concat([header, message.buffer.subarray(message.bodyStart)]);
  header.copy(message.buffer, start);
  return message.buffer.subarray(start);
}
