import { type Program, runProgram } from '../../../schema/src/commandLine/program.ts';
import { UnreadableFolder } from '../review/folder.ts';
import { exit, type Terminal } from './terminal.ts';

const commands: Program<Terminal>['commands'] = {
  check: async () => (await import('./checkCommand.ts')).checkCommand,
  plan: async () => (await import('./planCommand.ts')).planCommand,
  sync: async () => (await import('./syncCommand.ts')).syncCommand,
  explain: async () => (await import('./explainCommand.ts')).explainCommand,
  who: async () => (await import('./whoCommand.ts')).whoCommand,
  fmt: async () => (await import('./fmtCommand.ts')).fmtCommand,
  import: async () => (await import('./importCommand.ts')).importCommand,
};

/** Runs one command line, and says what a failure means. Gives the exit code. */
export function runAliases(line: readonly string[], version: string, terminal: Terminal): Promise<number> {
  const program: Program<Terminal> = {
    name: 'npm run -s aliases --',
    version,
    commands,
    exits: [
      [exit.fine, 'the command did its work'],
      [exit.notRight, 'the files or the plan are not right'],
      [exit.failed, 'the usage is wrong, or something outside the files failed'],
      [exit.changes, '`plan --detailed-exitcode`: all is right, and there are changes'],
    ],
    failed: exit.failed,
  };
  return runProgram(program, line, terminal, explainFailure);
}

function explainFailure(error: unknown): string {
  if (error instanceof UnreadableFolder) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
