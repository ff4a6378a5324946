import { UsageError } from '../../../schema/src/commandLine/options.ts';
import { parseDomain } from '../../../schema/src/text/address.ts';
import type { Entry } from './imported.ts';

/**
 * Reads a Postfix virtual alias file (virtual(5)): `address destination, …`, continued on lines that begin with
 * white space. A line that names a domain alone declares it, and says nothing about mail.
 */
export function readPostfix(text: string): Entry[] {
  return logicalLines(text).flatMap(({ number, line }): Entry[] => {
    const [address = '', ...rest] = line.trim().split(/\s+/);
    if (parseDomain(address).fault === undefined) return [];
    const destinations = rest
      .join(' ')
      .split(/[\s,]+/)
      .filter((one) => one !== '');
    return [{ place: `line ${number}`, address, destinations }];
  });
}

interface LogicalLine {
  readonly number: number;
  readonly line: string;
}

function logicalLines(text: string): LogicalLine[] {
  const lines: LogicalLine[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const last = lines.at(-1);
    if (/^\s/.test(line) && last !== undefined) {
      lines[lines.length - 1] = { number: last.number, line: `${last.line} ${line.trim()}` };
    } else {
      lines.push({ number: index + 1, line });
    }
  }
  return lines;
}

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
      : { unused: 'it contains capitals, so no mail ever matched it' }),
  }));
}

function mappingIn(text: string): Record<string, unknown> {
  const value: unknown = parseJson(text);
  if (!isObject(value))
    throw new UsageError('The file is not an object that maps addresses to lists of addresses.');
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
