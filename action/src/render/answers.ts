import type { Explanation } from '../../../schema/src/directory/resolve.ts';
import type { Reaching } from '../../../schema/src/directory/who.ts';
import type { Address } from '../../../schema/src/text/address.ts';
import { counted } from './planText.ts';

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
  if (!isOurs) return `${address} is not at a domain of these files, so they say nothing about its mail.\n`;
  if (status === 'unknown') return `${address} is not defined; its mail is refused.\n`;
  if (status === 'inactive') return `${address} is inactive (alias ${path[0]}); its mail is refused.\n`;
  const how = matched === 'exact' ? '' : ` (by its ${matched}${matched === 'subaddress' ? ' base' : ''})`;
  const lines = [
    `${address}${how} reaches ${destinations.length === 0 ? 'nobody' : `${counted(destinations.length, 'mailbox')}:`}`,
  ];
  for (const { address: mailbox, blockedUntil } of destinations) {
    lines.push(`  ${mailbox}${blockedUntil === undefined ? '' : ` (blocked until ${blockedUntil})`}`);
  }
  if (path.length > 0) lines.push(`by way of ${path.join(', ')}`);
  return `${lines.join('\n')}\n`;
}

/** Which addresses reach a mailbox, for a person. */
export function whoText(destination: Address, addresses: readonly Reaching[]): string {
  if (addresses.length === 0) return `No address reaches ${destination}.\n`;
  const lines = addresses.map(({ address, path }) => {
    const through = path.slice(1);
    return through.length === 0 ? `  ${address}` : `  ${address}, through ${through.join(', ')}`;
  });
  return [`Mail to these addresses reaches ${destination}:`, ...lines, ''].join('\n');
}

/** The latest moment that a date can be, in epoch seconds (ECMA-262, 21.4.1.1). */
const latest = 8.64e12;

/** What follows "blocked until": a time (ISO 8601, UTC), or what ends a block that has no end. Takes epoch seconds. */
export function blockEnd(until: number): string {
  return endOfBlock(until)?.toISOString() ?? 'somebody unblocks it';
}

/** Undefined for a block that ends only when somebody ends it. Takes epoch seconds. */
export function endOfBlock(until: number): Date | undefined {
  return until <= latest ? new Date(until * 1000) : undefined;
}
