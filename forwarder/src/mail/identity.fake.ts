import { joinAddress } from '../../../schema/src/text/address.ts';
import type { Identity } from './sender.ts';

/** In whose name the tests forward: an alias of one mailbox, a mail that somebody vouches for. */
export const fakeIdentity: Identity = {
  alias: joinAddress('info', 'example.com'),
  senderLocalPart: 'forwarder-daemon',
  messageId: 'm1',
  isVerified: true,
  isShared: false,
};
