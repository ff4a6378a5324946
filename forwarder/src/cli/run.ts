import manifest from '../../../package.json' with { type: 'json' };
import { type Program, runProgram } from '../../../schema/src/commandLine/program.ts';
import { ConfigError } from '../functions/settings.ts';
import { exit, type Terminal } from './terminal.ts';

/** Loaded when they are asked for: the AWS clients take most of the start-up time, and `rewrite` needs none. */
const program: Program<Terminal> = {
  name: 'npm run -s forwarder --',
  version: manifest.version,
  commands: {
    rewrite: async () => (await import('./rewrite.ts')).rewriteCommand,
    queue: async () => (await import('./queue.ts')).queueCommand,
    replay: async () => (await import('./queue.ts')).replayCommand,
    trace: async () => (await import('./queue.ts')).traceCommand,
    blocked: async () => (await import('./blocked.ts')).blockedCommand,
    unblock: async () => (await import('./blocked.ts')).unblockCommand,
    brake: async () => (await import('./brake.ts')).brakeCommand,
    doctor: async () => (await import('./account.ts')).doctorCommand,
    setup: async () => (await import('./account.ts')).setupCommand,
  },
  exits: [
    [exit.fine, 'all is done'],
    [exit.notAll, 'not everything could be done, or something would lose mail'],
    [exit.failed, 'the usage is wrong, or something outside failed'],
  ],
  failed: exit.failed,
};

/** Runs one command line. Gives the exit code. */
export function run(args: readonly string[], terminal: Terminal): Promise<number> {
  return runProgram(program, args, terminal, (error) =>
    error instanceof ConfigError ? error.message : String(error),
  );
}
