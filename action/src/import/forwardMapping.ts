import { UsageError } from '../review/usageError.ts';
import type { Entry } from './imported.ts';

/**
 * Reads the `forwardMapping` of aws-lambda-ses-forwarder: an object from an address, `@domain` or a bare name to a
 * list of addresses; either itself or within a configuration.
 */
export function readForwardMapping(text: string): Entry[] {
  const mapping = mappingIn(text);
  return Object.entries(mapping).map(([address, destinations]) => ({
    place: `\`${address}\``,
    address,
    destinations: Array.isArray(destinations)
      ? destinations.map(String)
      : [typeof destinations === 'string' ? destinations : ''],
    // It folds a recipient, not its keys, before it compares them.
    ...(address === address.toLowerCase()
      ? {}
      : { unused: 'it has capitals, with which it was never found' }),
  }));
}

function mappingIn(text: string): Record<string, unknown> {
  const value: unknown = parseJson(text);
  if (!isObject(value))
    throw new UsageError('The file holds no object from addresses to lists of addresses.');
  return isObject(value.forwardMapping) ? value.forwardMapping : value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError('The file is not JSON.');
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
