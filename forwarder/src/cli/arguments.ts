import { parseArgs } from 'node:util';
import { type Address, parseAddress } from '../../../schema/src/text/address.ts';
import { UsageError } from './terminal.ts';

export interface Arguments {
  readonly positionals: readonly string[];
  readonly options: Readonly<Partial<Record<OptionName, string>>>;
}

const names = ['alias', 'in', 'out', 'to', 'stage', 'format'] as const;
type OptionName = (typeof names)[number];

/** Reads `--name value` pairs and what stands alone. */
export function readArguments(args: readonly string[]): Arguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
    });
    return { positionals, options: values as Arguments['options'] };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The one thing that a command is about. */
export function only({ positionals }: Arguments, what: string): string {
  const [first, ...others] = positionals;
  if (first === undefined) throw new UsageError(`${what} is missing.`);
  if (others.length > 0) throw new UsageError(`One ${what} at a time: ${others.join(', ')} is too many.`);
  return first;
}

export function address(text: string): Address {
  const { value, fault } = parseAddress(text);
  if (value === undefined) throw new UsageError(`\`${text}\` is no address: ${fault}.`);
  return value;
}

export function wantsJson({ options }: Arguments): boolean {
  const { format = 'text' } = options;
  if (format !== 'text' && format !== 'json') throw new UsageError('--format is text or json.');
  return format === 'json';
}
