import manifest from '../../../package.json' with { type: 'json' };
import type { Program } from '../../../schema/src/commandLine/command.ts';
import { failureText } from '../../../schema/src/commandLine/failure.ts';
import { runProgram } from '../../../schema/src/commandLine/program.ts';
import { stageName } from '../../../schema/src/stage/stage.ts';
import { ConfigError } from '../functions/settings.ts';
import type { Terminal } from './terminal.ts';

/** Loaded when they are asked for: the AWS clients take most of the start-up time, and `rewrite` needs none. */
export const forwarder: Program<Terminal> = {
  name: 'npm run -s forwarder --',
  script: 'forwarder',
  version: manifest.version,
  commands: {
    rewrite: async () => (await import('./rewrite.ts')).rewriteCommand,
    queue: async () => (await import('./queue.ts')).queueCommand,
    replay: async () => (await import('./queue.ts')).replayCommand,
    trace: async () => (await import('./trace.ts')).traceCommand,
    rejected: async () => (await import('./rejected.ts')).rejectedCommand,
    blocked: async () => (await import('./blocked.ts')).blockedCommand,
    unblock: async () => (await import('./blocked.ts')).unblockCommand,
    suppressed: async () => (await import('./suppressed.ts')).suppressedCommand,
    compare: async () => (await import('./compare.ts')).compareCommand,
    brake: async () => (await import('./brake.ts')).brakeCommand,
    doctor: async () => (await import('./account.ts')).doctorCommand,
    setup: async () => (await import('./account.ts')).setupCommand,
  },
};

/** Runs one command line. Gives the exit code. */
export function run(line: readonly string[], terminal: Terminal): Promise<number> {
  return runProgram(forwarder, line, terminal, (error, asked) =>
    error instanceof ConfigError ? error.message : failureText(error, stageName(asked, terminal.environment)),
  );
}
