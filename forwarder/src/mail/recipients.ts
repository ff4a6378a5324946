import type { Address } from '../../../schema/src/text/address.ts';

/** Where the mail to one envelope recipient goes. */
export interface Route {
  /** As in the envelope. */
  readonly recipient: string;
  /** What the destination sees in From: the recipient's local part at its main domain. */
  readonly alias: Address;
  readonly destinations: readonly Address[];
}

export interface Delivery {
  readonly destination: Address;
  readonly alias: Address;
  readonly recipient: string;
}

/**
 * Each destination once, however many recipients lead there: in the name of the first that does, in the event's
 * order.
 */
export function deliveriesOf(routes: readonly Route[]): Delivery[] {
  const deliveries = new Map<Address, Delivery>();
  for (const { recipient, alias, destinations } of routes) {
    for (const destination of destinations) {
      if (!deliveries.has(destination)) deliveries.set(destination, { destination, alias, recipient });
    }
  }
  return [...deliveries.values()];
}
