import { check, type SourceFile } from '../../../schema/src/check.ts';
import { assess } from '../guard/assess.ts';
import type { Code } from '../guard/reason.ts';
import { review, withGate } from '../guard/review.ts';
import { rowsOfRevision } from '../plan/change.ts';
import { plan } from '../plan/plan.ts';
import { readFolder } from '../review/folder.ts';
import { UsageError } from '../review/usageError.ts';
import { allowedByLabel } from './allowedByLabel.ts';
import { readMoment } from './moment.ts';
import { readFiles } from './readFiles.ts';
import { report } from './report.ts';
import type { Runner, RunnerCommand } from './runner.ts';

/** `plan`: what the checked-out files would change; fails while that is not safe and not allowed. */
export const planRun: RunnerCommand = async (runner) => {
  const { stage, moment } = await readMoment(runner);
  const { inputs } = runner;
  const base = inputs.from === 'base' ? await baseFiles(runner) : undefined;
  const files = await readFolder(inputs.directory, runner.workspace);
  const desired = await readFiles(runner, files, moment, base && { base });
  if (desired === undefined) return false;
  const before = base === undefined ? undefined : check(base, { ...moment, folder: inputs.directory });
  const { rows, gate } =
    before === undefined
      ? await (await runner.openTables(stage)).read()
      : { rows: rowsOfRevision(before.records), gate: undefined };
  const made = plan(rows, desired.records, moment, inputs);
  // The limits are those of the base: a pull request cannot loosen the guard that it is judged by.
  const reasons = assess(made, (before ?? desired).policy, moment);
  const judged = review(made, reasons, await allowed(runner, reasons.length > 0));
  const reviewed = withGate(judged, gate, runner.now.getTime() / 1000);
  if (base !== undefined) runner.log('Planned from the files of the base revision: no tables were read.\n');
  await report(runner, reviewed);
  return reviewed.unsafe.length === 0;
};

async function baseFiles(runner: Runner): Promise<SourceFile[]> {
  const { context, inputs } = runner;
  const api = await runner.openApi();
  if (context.pull !== undefined) {
    const commit = await api.mergeBase(context.pull.base, context.pull.head);
    return api.files(commit, inputs.directory);
  }
  if (context.base === '') throw new UsageError('The event has no base revision: use `from: tables`.');
  return api.files(context.base, inputs.directory);
}

async function allowed(runner: Runner, isNeeded: boolean): Promise<ReadonlySet<Code>> {
  const { context, inputs } = runner;
  const { pull, queued } = context;
  if (!isNeeded || inputs.token === '' || (pull ?? queued) === undefined) return inputs.allow;
  const api = await runner.openApi();
  const labelled = queued === undefined ? pull : await api.pull(queued);
  const byLabel = labelled === undefined ? [] : await allowedByLabel(api, labelled);
  return new Set([...inputs.allow, ...byLabel]);
}
