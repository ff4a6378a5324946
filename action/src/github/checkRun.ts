import { checkMarkdown } from '../render/checkReport.ts';
import { readFolder } from '../review/folder.ts';
import { readMoment } from './moment.ts';
import { readFiles } from './readFiles.ts';
import { redactFor } from './redaction.ts';
import type { RunnerCommand } from './runner.ts';

/** `check`: are the checked-out files right. */
export const checkRun: RunnerCommand = async (runner) => {
  const { moment } = await readMoment(runner);
  const files = await readFolder(runner.inputs.directory, runner.workspace);
  const checked = await readFiles(runner, files, moment);
  if (checked === undefined) return false;
  await runner.summary(checkMarkdown(checked, redactFor(runner, checked.directory)));
  return true;
};
