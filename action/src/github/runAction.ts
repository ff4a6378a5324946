import { UsageError } from '../../../schema/src/commandLine/options.ts';
import { commandData } from '../render/escape.ts';
import { UnreadableFolder } from '../review/folder.ts';
import type { CommandName } from './inputs.ts';
import { redactError } from './report.ts';
import type { Runner, RunnerCommand } from './runner.ts';

const commands: Readonly<Record<CommandName, () => Promise<RunnerCommand>>> = {
  check: async () => (await import('./planRun.ts')).checkRun,
  plan: async () => (await import('./planRun.ts')).planRun,
  sync: async () => (await import('./syncRun.ts')).syncRun,
  unsynced: async () => (await import('./syncRun.ts')).unsyncedRun,
  comment: async () => (await import('./commentRun.ts')).commentRun,
  drift: async () => (await import('./driftRun.ts')).driftRun,
};

/** Runs the command of the inputs; false when the step fails. An error's text may hold anything: it is redacted. */
export async function runAction(runner: Runner): Promise<boolean> {
  try {
    const command = await commands[runner.inputs.command]();
    const succeeds = await command(runner);
    if (!succeeds) runner.log('::error::The files or the plan are not right. The summary says why.\n');
    return succeeds;
  } catch (error) {
    const { faultOf } = await import('../sync/fault.ts');
    if (faultOf(error) === 'transient') runner.output('stop', 'transient');
    runner.log(`::error::${commandData(redactError(runner)(failure(error)))}\n`);
    return false;
  }
}

function failure(error: unknown): string {
  if (error instanceof UsageError || error instanceof UnreadableFolder) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
