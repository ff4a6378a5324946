import type { Directory } from '../../../schema/src/directory/resolve.ts';
import { type Address, joinAddress } from '../../../schema/src/text/address.ts';
import { compareText } from '../../../schema/src/text/diagnostic.ts';
import { isDay } from './endings.ts';

/** An address that stops working. */
export interface Expiring {
  readonly address: Address;
  /** Midnight (UTC) from which it does. */
  readonly day: Date;
}

/** Days within which somebody should hear of it. */
const noticeDays = 30;

/** The addresses that stop working within the next days, the first ones first. `today` is `YYYY-MM-DD`. */
export function expiringSoon({ definitions }: Directory, today: string): Expiring[] {
  const last = new Date(Date.parse(today) + noticeDays * 86_400_000).toISOString().slice(0, 10);
  const found: Expiring[] = [];
  for (const [domain, aliases] of definitions) {
    for (const { alias, active, expires = '' } of aliases.values()) {
      if (!active || !isDay(expires) || expires <= today || expires > last) continue;
      found.push({ address: joinAddress(alias, domain), day: new Date(expires) });
    }
  }
  return found.sort((a, b) => a.day.getTime() - b.day.getTime() || compareText(a.address, b.address));
}
