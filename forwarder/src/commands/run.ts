import { ConfigError } from '../functions/settings.ts';
import { type Arguments, readArguments } from './arguments.ts';
import { type Terminal, UsageError } from './terminal.ts';

type Command = (args: Arguments, terminal: Terminal) => Promise<number>;

/** Loaded when they are asked for: the AWS clients take most of the start-up time, and `rewrite` needs none. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  rewrite: async () => (await import('./rewrite.ts')).rewriteFiles,
  queue: async () => (await import('./queue.ts')).queue,
  replay: async () => (await import('./replay.ts')).replay,
  trace: async () => (await import('./trace.ts')).trace,
  blocked: async () => (await import('./blocked.ts')).blocked,
  unblock: async () => (await import('./unblock.ts')).unblock,
};

const usage = `Usage: npm run -s forwarder -- COMMAND
  rewrite --alias ADDRESS [--in FILE|DIR] [--out FILE|DIR]   mails as they would go on
  queue                                                      what waits, and what nothing knows of
  replay ID [--to ADDRESS] [--alias ADDRESS]                 sends a stored mail again
  trace ADDRESS|ID                                           what happened to a mail
  blocked                                                    destinations that get no mail
  unblock ADDRESS                                            lets one get mail again
All but rewrite take --stage STAGE (production) and --format text|json.
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
    return await (await load())(readArguments(rest), terminal);
  } catch (error) {
    const isExpected = error instanceof UsageError || error instanceof ConfigError;
    terminal.note(isExpected ? `${error.message}\n` : `${String(error)}\n`);
    return 2;
  }
}
