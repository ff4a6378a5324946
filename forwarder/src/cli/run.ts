import { ConfigError } from '../functions/settings.ts';
import { type Arguments, readArguments } from './arguments.ts';
import { type Terminal, UsageError } from './terminal.ts';

type Command = (argv: readonly string[], terminal: Terminal) => Promise<number>;

/** Loaded when they are asked for: the AWS clients take most of the start-up time, and `rewrite` needs none. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  rewrite: async () => reading((await import('./rewrite.ts')).rewriteFiles),
  queue: async () => reading((await import('./queue.ts')).queue),
  replay: async () => reading((await import('./replay.ts')).replay),
  trace: async () => reading((await import('./trace.ts')).trace),
  blocked: async () => reading((await import('./blocked.ts')).blocked),
  unblock: async () => reading((await import('./unblock.ts')).unblock),
  doctor: async () => (await import('../account/doctor.ts')).doctor,
  setup: async () => (await import('../account/setup.ts')).setup,
};

function reading(command: (args: Arguments, terminal: Terminal) => Promise<number>): Command {
  return (argv, terminal) => command(readArguments(argv), terminal);
}

const usage = `Usage: npm run -s forwarder -- COMMAND
  rewrite --alias ADDRESS [--in FILE|DIR] [--out FILE|DIR]   mails as they would go on
  queue                                                      what waits, and what nothing knows of
  replay ID [--to ADDRESS] [--alias ADDRESS]                 sends a stored mail again
  trace ADDRESS|ID                                           what happened to a mail
  blocked                                                    destinations that get no mail
  unblock ADDRESS                                            lets one get mail again
  doctor [--dns]                                             what the account and its DNS lack
  setup [--dry-run] [--yes] [--test-mail ADDRESS]            does what the API can about it
All but rewrite take --stage STAGE (production); all but rewrite, unblock and setup --format text|json.
`;

/** Runs one command. 0: fine; 1: not all was done; 2: the arguments or the world are at fault. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name = '', ...rest] = args;
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    terminal.note(name === '' ? usage : `There is no command \`${name}\`.\n${usage}`);
    return 2;
  }
  try {
    return await (await load())(rest, terminal);
  } catch (error) {
    terminal.note(`${isExpected(error) ? error.message : String(error)}\n`);
    return 2;
  }
}

function isExpected(error: unknown): error is Error {
  if (error instanceof UsageError || error instanceof ConfigError) return true;
  // What `parseArgs` says about an option is a sentence of its own.
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS');
}
