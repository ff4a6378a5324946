import { suggest } from '../text/suggest.ts';
import type { Command, Program, SingleProgram, Streams } from './command.ts';
import { completionCommand } from './completion.ts';
import { exit } from './exit.ts';
import { commandHelp, programHelp } from './help.ts';
import { type Options, parseArguments, UsageError } from './options.ts';

/** Tells an error. `stage`: the option of that name, where the command line had one. */
export type Explain = (error: unknown, stage: string | undefined) => string;

/**
 * Runs one command line. Help that was asked for is a result, and goes to `out` with exit code 0. An error is told by
 * `explain`; of a UsageError the message is told, and where to find help.
 */
export async function runProgram<World extends Streams>(
  program: Program<World>,
  line: readonly string[],
  world: World,
  explain: Explain,
): Promise<number> {
  const [first = '', ...rest] = line;
  const asksHelp = first === 'help' || isHelp(first);
  const name = first === 'help' ? (rest[0] ?? '') : first;
  if (first === '--version') {
    world.out(`${program.version}\n`);
    return exit.fine;
  }
  const commands = new Map(Object.entries(program.commands));
  commands.set('completion', async () => completionCommand(program.script, () => loaded(commands)));
  if (name === '' || isHelp(name) || name === 'help') {
    (asksHelp ? world.out : world.note)(programHelp(program.name, await loaded(commands)));
    return asksHelp ? exit.fine : exit.failed;
  }
  const load = commands.get(name);
  if (load === undefined) {
    world.note(`${unknownCommand(name, program.name, [...commands.keys(), 'help'])}\n`);
    return exit.failed;
  }
  const single = { name: `${program.name} ${name}`, version: program.version, command: await load() };
  return runSingle(single, asksHelp ? ['--help'] : rest, world, explain);
}

/** The same for a program that is one command. */
export async function runSingle<World extends Streams, const O extends Options>(
  { command, name, version }: SingleProgram<World, O>,
  line: readonly string[],
  world: World,
  explain: Explain,
): Promise<number> {
  if (line[0] === '--version') {
    world.out(`${version}\n`);
    return exit.fine;
  }
  if (asksHelpIn(line)) {
    world.out(commandHelp(name, command));
    return exit.fine;
  }
  let stage: string | undefined;
  try {
    const parsed = parseArguments(line, command.options, command.words);
    stage = stageIn(parsed.values);
    return await command.run(world, parsed);
  } catch (error) {
    const isUsage = error instanceof UsageError;
    world.note(`${isUsage ? `${error.message}\nSee \`${name} --help\`.` : explain(error, stage)}\n`);
    return exit.failed;
  }
}

function stageIn(values: object): string | undefined {
  return 'stage' in values && typeof values.stage === 'string' ? values.stage : undefined;
}

async function loaded<World>(
  commands: ReadonlyMap<string, () => Promise<Command<World>>>,
): Promise<Map<string, Command<World>>> {
  const found = new Map<string, Command<World>>();
  for (const [name, load] of commands) found.set(name, await load());
  return found;
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h';
}

function asksHelpIn(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  return (end < 0 ? words : words.slice(0, end)).some(isHelp);
}

function unknownCommand(name: string, program: string, commands: readonly string[]): string {
  const isOption = name.startsWith('-');
  const meant = suggest(name, isOption ? ['--help', '--version'] : commands);
  const cure = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
  const what = isOption ? `Unknown option \`${name}\`.` : `There is no command \`${name}\`.`;
  return `${what}${cure}\nSee \`${program} --help\`.`;
}
