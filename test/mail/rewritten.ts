import { headroom, openMessage } from '../../forwarder/src/mail/message.ts';
import { rewrite } from '../../forwarder/src/mail/rewrite.ts';
import { joinAddress } from '../../schema/src/text/address.ts';

/** A mail as info@example.com sends it on. */
export function rewritten(mail: Buffer, isVerified = true): Buffer {
  const identity = {
    alias: joinAddress('info', 'example.com'),
    senderLocalPart: 'forwarder-daemon',
    messageId: 'corpus',
    isVerified,
    isShared: false,
  };
  return Buffer.from(rewrite(openMessage(Buffer.concat([Buffer.alloc(headroom), mail]), headroom), identity));
}
