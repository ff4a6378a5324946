import type { Explanation } from '../../../schema/src/directory/resolve.ts';
import type { Address } from '../../../schema/src/text/address.ts';

export interface Explained extends Omit<Explanation, 'destinations'> {
  readonly destinations: readonly {
    readonly address: Address;
    /** ISO 8601, UTC. */
    readonly blockedUntil?: string;
  }[];
}

/** Who gets mail to an address, for a person. `isOurs`: whether its domain is one of the files'. */
export function explainText(
  { address, status, matched, path, destinations }: Explained,
  isOurs: boolean,
): string {
  if (!isOurs) return `${address} is not at a domain of these files: they say nothing about its mail.\n`;
  if (status === 'unknown') return `${address} is not defined: mail to it reaches nobody.\n`;
  if (status === 'inactive') return `${address} is switched off, by ${path[0]}: mail to it reaches nobody.\n`;
  const how = matched === 'exact' ? '' : ` (by its ${matched}${matched === 'subaddress' ? ' base' : ''})`;
  const lines = [
    `${address}${how} reaches ${destinations.length === 0 ? 'nobody' : `${destinations.length}:`}`,
  ];
  for (const { address: mailbox, blockedUntil } of destinations) {
    lines.push(`  ${mailbox}${blockedUntil === undefined ? '' : ` (blocked until ${blockedUntil})`}`);
  }
  if (path.length > 0) lines.push(`by way of ${path.join(', ')}`);
  return `${lines.join('\n')}\n`;
}
