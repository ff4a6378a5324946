import { MissingFolder } from '../review/folder.ts';
import { UsageError } from '../review/usageError.ts';
import { type Command, type Exit, exit, type Terminal } from './terminal.ts';

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import('./checkCommand.ts')).checkCommand,
  plan: async () => (await import('./planCommand.ts')).planCommand,
  sync: async () => (await import('./syncCommand.ts')).syncCommand,
  who: async () => (await import('./whoCommand.ts')).whoCommand,
  fmt: async () => (await import('./fmtCommand.ts')).fmtCommand,
  import: async () => (await import('./importCommand.ts')).importCommand,
  explain: async () => (await import('./explainCommand.ts')).explainCommand,
};

const usage = `Usage: npm run -s aliases -- COMMAND

  check [DIR]                           are the files right, and if not, where and why
  plan [--from DIR|tables] [--to DIR]   what a sync would write, and who would get what mail
  sync [--dir DIR]                      bring the tables to what the files say
  explain ADDRESS                       who gets mail to it, and by which way
  who DESTINATION                       which addresses reach a mailbox
  fmt [DIR] [--check]                   bring the files into one style
  import tables|postfix|json [FILE]     write the files that say what another system does

Exit 0 fine, 1 the files or the plan are not right, 2 the usage or the world is not.
`;

/** Runs one command line, and says what a failure means. */
export async function run(line: readonly string[], terminal: Terminal): Promise<Exit> {
  const [name = '', ...words] = line;
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    const asked = ['', 'help', '--help', '-h'].includes(name);
    if (!asked) terminal.note(`There is no command \`${name}\`.\n\n`);
    terminal.note(usage);
    return asked && name !== '' ? exit.fine : exit.failed;
  }
  try {
    const command = await load();
    return await command(terminal, words);
  } catch (error) {
    terminal.note(`${failure(error)}\n`);
    return exit.failed;
  }
}

function failure(error: unknown): string {
  if (error instanceof UsageError || error instanceof MissingFolder) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
