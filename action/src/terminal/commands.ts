import manifest from '../../../package.json' with { type: 'json' };
import type { Program } from '../../../schema/src/commandLine/command.ts';
import { failureText } from '../../../schema/src/commandLine/failure.ts';
import { runProgram } from '../../../schema/src/commandLine/program.ts';
import { defaults } from '../../../schema/src/stage/stage.ts';
import type { Terminal } from './terminal.ts';

/** Loaded when they are asked for: most commands do without what another needs. */
export const aliases: Program<Terminal> = {
  name: 'npm run -s aliases --',
  script: 'aliases',
  version: manifest.version,
  commands: {
    check: async () => (await import('./checkCommand.ts')).checkCommand,
    plan: async () => (await import('./planCommand.ts')).planCommand,
    sync: async () => (await import('./syncCommand.ts')).syncCommand,
    explain: async () => (await import('./explainCommand.ts')).explainCommand,
    who: async () => (await import('./whoCommand.ts')).whoCommand,
    fmt: async () => (await import('./fmtCommand.ts')).fmtCommand,
    import: async () => (await import('./importCommand.ts')).importCommand,
    accept: async () => (await import('./acceptCommand.ts')).acceptCommand,
    backout: async () => (await import('./backoutCommand.ts')).backoutCommand,
  },
};

/** Runs one command line. Gives the exit code. */
export function runAliases(line: readonly string[], terminal: Terminal): Promise<number> {
  return runProgram(aliases, line, terminal, (error, stage = defaults.stage) => failureText(error, stage));
}
