import { suggest } from '../text/suggest.ts';
import { type Options, type Parsed, parseArguments, UsageError, type Word } from './options.ts';

/** One command of a program. `World` is what it has to act on. */
export interface Command<World, O extends Options = Options> {
  /** One line, in the imperative. */
  readonly summary: string;
  readonly words: readonly Word[];
  readonly options: O;
  /** The arguments of a typical call. */
  readonly example: string;
  /** Gives the exit code. */
  run(world: World, parsed: Parsed<O>): Promise<number>;
}

export interface Program<World> {
  /** As it is typed, without a command. */
  readonly name: string;
  readonly version: string;
  /** Loaded when they are asked for, so that one does not wait for what another needs. */
  readonly commands: Readonly<Record<string, () => Promise<Command<World>>>>;
  /** What each exit code means, in the order of the codes. */
  readonly exits: readonly (readonly [code: number, meaning: string])[];
  /** The exit code of wrong usage and of everything that throws. */
  readonly failed: number;
}

/** Where a program writes: its result, and everything else. */
export interface Streams {
  out(text: string): void;
  note(text: string): void;
}

/** A program that is one command. */
export interface SingleProgram<World, O extends Options> extends Omit<Program<World>, 'commands'> {
  readonly command: Command<World, O>;
}

/**
 * Runs one command line. Help that was asked for is a result, and goes to `out` with exit code 0. An error is told by
 * `explain`; of a UsageError the message is told, and where to find help.
 */
export async function runProgram<World extends Streams>(
  program: Program<World>,
  line: readonly string[],
  world: World,
  explain: (error: unknown) => string,
): Promise<number> {
  const [first = '', ...rest] = line;
  const asksHelp = first === 'help' || isHelp(first);
  const name = first === 'help' ? (rest[0] ?? '') : first;
  if (first === '--version') {
    world.out(`${program.version}\n`);
    return 0;
  }
  try {
    if (name === '' || isHelp(name)) {
      (asksHelp ? world.out : world.note)(await programHelp(program));
      return asksHelp ? 0 : program.failed;
    }
    const load = Object.hasOwn(program.commands, name) ? program.commands[name] : undefined;
    if (load === undefined) {
      world.note(`${unknownCommand(name, program)}\n`);
      return program.failed;
    }
    const command = await load();
    if (asksHelp || asksHelpIn(rest)) {
      world.out(commandHelp(program, `${program.name} ${name}`, command));
      return 0;
    }
    return await command.run(world, parseArguments(rest, command.options, command.words));
  } catch (error) {
    world.note(failure(error, `${program.name} ${name}`, explain));
    return program.failed;
  }
}

/** The same for a program that is one command. */
export async function runSingle<World extends Streams, const O extends Options>(
  program: SingleProgram<World, O>,
  line: readonly string[],
  world: World,
  explain: (error: unknown) => string,
): Promise<number> {
  const { command, name, version, failed } = program;
  if (line[0] === '--version') {
    world.out(`${version}\n`);
    return 0;
  }
  if (asksHelpIn(line)) {
    world.out(commandHelp(program, name, command));
    return 0;
  }
  try {
    return await command.run(world, parseArguments(line, command.options, command.words));
  } catch (error) {
    world.note(failure(error, name, explain));
    return failed;
  }
}

function failure(error: unknown, call: string, explain: (error: unknown) => string): string {
  return error instanceof UsageError ? `${error.message}\nSee \`${call} --help\`.\n` : `${explain(error)}\n`;
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h';
}

function asksHelpIn(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  return (end < 0 ? words : words.slice(0, end)).some(isHelp);
}

function unknownCommand(name: string, { name: program, commands }: Program<never>): string {
  const meant = suggest(name, Object.keys(commands));
  const cure = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
  return `There is no command \`${name}\`.${cure}\nSee \`${program} --help\`.`;
}

async function programHelp<World>({ name, commands, exits }: Program<World>): Promise<string> {
  const rows: [string, string][] = [];
  for (const [command, load] of Object.entries(commands)) {
    const { words, summary } = await load();
    rows.push([[command, ...words.map(wordUsage)].join(' '), summary]);
  }
  const lines = [
    `Usage: ${name} COMMAND [OPTION]…`,
    '',
    'Commands:',
    ...columns(rows),
    '',
    `\`${name} COMMAND --help\` lists the options of a command, \`${name} --version\` prints the version.`,
    '',
    ...exitLines(exits),
  ];
  return `${lines.join('\n')}\n`;
}

/** `call`: the command as it is typed. */
function commandHelp(
  { exits }: Pick<Program<never>, 'exits'>,
  call: string,
  { summary, words, options, example }: Pick<Command<never>, 'summary' | 'words' | 'options' | 'example'>,
): string {
  const rows = Object.entries(options).map(([option, described]): [string, string] => {
    if (described.kind === 'flag') return [`--${option}`, described.help];
    const value = described.kind === 'text' ? described.value : described.choices.join('|');
    return [`--${option} ${value}`, described.help];
  });
  const lines = [
    `Usage: ${[call, ...words.map(wordUsage), '[OPTION]…'].join(' ')}`,
    '',
    `${summary}.`,
    '',
    'Options:',
    ...columns([...rows, ['--help', 'print this help']]),
    '',
    `Example: ${[call, example].filter((part) => part !== '').join(' ')}`,
    '',
    ...exitLines(exits),
  ];
  return `${lines.join('\n')}\n`;
}

function wordUsage({ name, isRequired }: Word): string {
  return isRequired ? name : `[${name}]`;
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

function exitLines(exits: readonly (readonly [number, string])[]): string[] {
  return ['Exit codes:', ...exits.map(([code, meaning]) => `  ${code}  ${meaning}`)];
}
