import type { Reaching } from '../../../schema/src/directory/who.ts';
import type { Address } from '../../../schema/src/text/address.ts';

/** Which addresses reach a mailbox, for a person. */
export function whoText(destination: Address, addresses: readonly Reaching[]): string {
  if (addresses.length === 0) return `No address reaches ${destination}.\n`;
  const lines = addresses.map(({ address, path }) => {
    const through = path.slice(1);
    return through.length === 0 ? `  ${address}` : `  ${address}, through ${through.join(', ')}`;
  });
  return [`${destination} is reached by`, ...lines, ''].join('\n');
}
