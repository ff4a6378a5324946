import { parseArgs } from 'node:util';
import { UsageError } from '../review/usageError.ts';

type Kinds = Readonly<Record<string, 'string' | 'boolean'>>;

/** A command's options as given, and its other words. */
export interface Options<K extends Kinds> {
  readonly values: { readonly [name in keyof K]?: K[name] extends 'string' ? string : boolean };
  readonly words: readonly string[];
}

/** Reads a command line; what it does not know is a usage error that says what there is. */
export function readOptions<const K extends Kinds>(
  given: readonly string[],
  kinds: K,
  most: number,
): Options<K> {
  const options = Object.fromEntries(Object.entries(kinds).map(([name, type]) => [name, { type }]));
  try {
    const { values, positionals } = parseArgs({
      args: [...given],
      options,
      allowPositionals: true,
      strict: true,
    });
    const extra = positionals[most];
    if (extra !== undefined) throw new UsageError(`What is \`${extra}\` for? It is one word too many.`);
    return { values: values as Options<K>['values'], words: positionals };
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof TypeError)) throw error;
    const known = Object.keys(kinds).map((name) => `--${name}`);
    throw new UsageError(`${error.message.split('. ')[0]}. The options are ${known.join(', ')}.`);
  }
}

/** One of a few words; the first where nothing is given. */
export function readChoice<const T extends string>(
  given: string | undefined,
  [usual, ...others]: readonly [T, ...T[]],
  name: string,
): T {
  const choices = [usual, ...others];
  if (given === undefined) return usual;
  const found = choices.find((choice) => choice === given);
  if (found === undefined) {
    throw new UsageError(`--${name} is one of ${choices.join(', ')}, not \`${given}\`.`);
  }
  return found;
}
