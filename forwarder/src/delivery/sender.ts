import type { Address } from '../../../schema/src/text/address.ts';

export interface Outgoing {
  /** Envelope sender: at a verified domain, and no alias, since bounces that SES mails go there. */
  readonly from: Address;
  readonly to: Address;
  readonly raw: Uint8Array;
}

/** Sends one mail to one destination, once: whoever calls decides about another try. */
export interface Sender {
  /** SES's id of the mail. Rejects with what `classify` sorts. */
  send(mail: Outgoing): Promise<string>;
}
