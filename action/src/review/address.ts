import { type Address, parseAddress } from '../../../schema/src/text/address.ts';
import { UsageError } from './usageError.ts';

/** The address that a command is about. */
export function readAddress(word: string | undefined, example: string): Address {
  if (word === undefined) throw new UsageError(`Which address? As in \`${example}\`.`);
  const { value, fault } = parseAddress(word);
  if (fault !== undefined) throw new UsageError(`\`${word}\` is not an address: ${fault}.`);
  return value;
}
