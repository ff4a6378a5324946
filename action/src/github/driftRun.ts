import { plan } from '../plan/plan.ts';
import { driftMarkdown } from '../render/driftMarkdown.ts';
import { readFolder } from '../sources/folder.ts';
import { readMoment } from './moment.ts';
import { readFiles } from './readFiles.ts';
import { redactFor } from './redaction.ts';
import type { RunnerCommand } from './runner.ts';

const label = 'aliasops-drift';
const title = 'The tables are not what the files say';

/** `drift`: compares the tables with the checked-out files, and keeps one issue open while they differ. Writes no row. */
export const driftRun: RunnerCommand = async (runner) => {
  const { stage, moment } = await readMoment(runner);
  const files = await readFolder(runner.inputs.directory, runner.workspace);
  const desired = await readFiles(runner, files, moment);
  if (desired === undefined) return false;
  const { rows } = await (await runner.openTables(stage)).read();
  const made = plan(rows, desired.records, moment, { pruneForeign: false });
  const differs = made.changes.length > 0 || made.foreign.length > 0;
  runner.output('drift', String(differs));
  const redact = redactFor(runner, made.before, made.after);
  const body = driftMarkdown(made, redact);
  await runner.summary(body);
  const api = await runner.openApi();
  const [issue] = await api.openIssues(label);
  if (differs && issue === undefined) await api.openIssue(title, body, label);
  else if (differs && issue !== undefined && issue.body !== body) await api.changeIssue(issue.number, body);
  else if (!differs && issue !== undefined) {
    await api.closeIssue(issue.number, 'The tables are what the files say again.');
  }
  return true;
};
