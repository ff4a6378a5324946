import { suggest } from '../text/suggest.ts';

/** What was asked for makes no sense; nothing was done. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** An option of a command: a switch, a text, or one of a few words, of which the first is the default. */
export type Option =
  | { readonly kind: 'flag'; readonly help: string }
  | { readonly kind: 'text'; readonly value: string; readonly help: string }
  | { readonly kind: 'choice'; readonly choices: readonly [string, ...string[]]; readonly help: string };

/** Options by their names, without the dashes. */
export type Options = Readonly<Record<string, Option>>;

/** An argument that has no name but a place. */
export interface Word {
  /** What it stands for, in capitals. */
  readonly name: string;
  readonly isRequired: boolean;
  /** All that it may be; absent where it is anybody's to choose. */
  readonly choices?: readonly string[];
}

export type Values<O extends Options> = {
  readonly [name in keyof O]: O[name] extends { readonly kind: 'flag' }
    ? boolean
    : O[name] extends { readonly choices: readonly (infer Choice)[] }
      ? Choice
      : string | undefined;
};

/** A command line as read. */
export interface Parsed<O extends Options> {
  readonly values: Values<O>;
  readonly words: readonly string[];
}

/**
 * Reads a command's arguments: `--name value`, `--name=value`, `--flag`, and words; after `--` everything is a word. The
 * last of several values wins. Throws a UsageError that says what is wrong and, where it can tell, what was meant.
 */
export function parseArguments<O extends Options>(
  given: readonly string[],
  options: O,
  words: readonly Word[],
): Parsed<O> {
  const values = new Map<string, string | boolean>();
  const found: string[] = [];
  const rest = [...given];
  for (let part = rest.shift(); part !== undefined; part = rest.shift()) {
    if (part === '--') {
      found.push(...rest);
      break;
    }
    if (!part.startsWith('-') || part === '-') {
      found.push(part);
      continue;
    }
    const [, name = part, inline] = /^--([^=]+)(?:=(.*))?$/s.exec(part) ?? [];
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option === undefined) throw new UsageError(unknownOption(part.split('=', 1)[0] ?? part, options));
    if (option.kind === 'flag') {
      if (inline !== undefined) throw new UsageError(`\`--${name}\` takes no value.`);
      values.set(name, true);
    } else {
      const next = rest[0];
      const isMissing = next === undefined || (next.startsWith('-') && next !== '-');
      const value = inline ?? (isMissing ? undefined : rest.shift());
      values.set(name, readValue(name, option, value));
    }
  }
  checkWords(found, words);
  return { values: withDefaults(options, values) as Values<O>, words: found };
}

function unknownOption(written: string, options: Options): string {
  const names = Object.keys(options);
  const meant = suggest(written.replace(/^-+/, ''), [...names, 'help']);
  const known = [...names, 'help'].map((name) => `--${name}`).join(', ');
  return meant === undefined
    ? `Unknown option \`${written}\`. The options are ${known}.`
    : `Unknown option \`${written}\`. Did you mean \`--${meant}\`?`;
}

function readValue(
  name: string,
  option: Exclude<Option, { kind: 'flag' }>,
  value: string | undefined,
): string {
  if (value === undefined) {
    const placeholder = option.kind === 'text' ? option.value : option.choices.join('|');
    throw new UsageError(`\`--${name}\` needs a value: \`--${name} ${placeholder}\`.`);
  }
  if (option.kind === 'choice') checkChoice(`\`--${name}\``, value, option.choices);
  return value;
}

function checkChoice(subject: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  const meant = suggest(value, choices);
  const cure = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
  throw new UsageError(`${subject} must be ${oneOf(choices)}, not \`${value}\`.${cure}`);
}

function oneOf(choices: readonly string[]): string {
  if (choices.length < 3) return choices.join(' or ');
  return `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}

function checkWords(found: readonly string[], words: readonly Word[]): void {
  const extra = found[words.length];
  if (extra !== undefined) throw new UsageError(`Unexpected argument \`${extra}\`.`);
  const missing = words.find(({ isRequired }, place) => isRequired && found[place] === undefined);
  if (missing !== undefined) throw new UsageError(`Missing argument ${missing.name}.`);
  for (const [place, { choices }] of words.entries()) {
    const value = found[place];
    if (value !== undefined && choices !== undefined) checkChoice('The argument', value, choices);
  }
}

function withDefaults(options: Options, values: ReadonlyMap<string, string | boolean>): object {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => {
      const usual = option.kind === 'flag' ? false : option.kind === 'choice' ? option.choices[0] : undefined;
      return [name, values.get(name) ?? usual];
    }),
  );
}
