import type { SourceFile } from '../../../schema/src/check.ts';
import { UsageError } from '../../../schema/src/commandLine/options.ts';
import type { Moment } from '../../../schema/src/directory/resolve.ts';
import { allowAll, type Permission } from '../guard/reason.ts';
import { checkMarkdown } from '../render/checkReport.ts';
import { proposeFiles, reviewFiles } from '../review/reviewFiles.ts';
import type { Api, Step } from './api.ts';
import type { Context } from './context.ts';
import { ownChanges, permissionOf, policyAt, queuedSteps } from './permission.ts';
import { baseOf, redactFiles, report, showChecked } from './report.ts';
import { checkedOut, momentOf, type Runner, type RunnerCommand } from './runner.ts';

/** `check`: are the checked-out files right. */
export const checkRun: RunnerCommand = async (runner) => {
  const { moment } = await momentOf(runner);
  const { pruneForeign } = runner.inputs;
  const revision = await checkedOut(runner);
  const { checked, proposal } = await proposeFiles(revision, { moment, pruneForeign }, showChecked(runner));
  if (proposal === undefined) return false;
  await runner.summary(
    checkMarkdown(checked, redactFiles(runner, revision.files, baseOf(runner, checked), checked.directory)),
  );
  return true;
};

/** `plan`: what the checked-out files would change; fails while that is not safe and not allowed. */
export const planRun: RunnerCommand = async (runner) => {
  const { stage, moment } = await momentOf(runner);
  const { from, directory: folder, pruneForeign } = runner.inputs;
  const base = from === 'base' ? { folder, files: await baseFiles(runner) } : undefined;
  const { review } = await reviewFiles(
    await checkedOut(runner),
    { moment, pruneForeign, base },
    {
      show: showChecked(runner),
      read: async () => (await runner.openTables(stage)).read(),
      allowed: () => allowed(runner, moment),
      policyAt: async (commit) => policyAt(await runner.openApi(), commit, folder, moment),
      now: runner.now.getTime() / 1000,
    },
  );
  if (review === undefined) return false;
  if (base !== undefined) runner.log('Planned from the files of the base revision: no tables were read.\n');
  await report(runner, review);
  return review.unsafe.length === 0;
};

async function baseFiles(runner: Runner): Promise<SourceFile[]> {
  const { context, inputs } = runner;
  const api = await runner.openApi();
  if (context.pull !== undefined) {
    const commit = await api.mergeBase(context.pull.base, context.pull.head);
    return api.files(commit, inputs.directory);
  }
  if (context.base === '') throw new UsageError('The event has no base revision. Use `from: tables`.');
  return api.files(context.base, inputs.directory);
}

/** What the labels of this pull request, or of those in the merge group, allow. */
async function allowed(runner: Runner, moment: Moment): Promise<Permission> {
  const { context, inputs } = runner;
  const { pull, queued } = context;
  if (inputs.token === '' || (pull ?? queued) === undefined) {
    return { allowance: allowAll(inputs.allow) };
  }
  const api = await runner.openApi();
  const changes =
    pull === undefined
      ? ownChanges(await stepsOfQueue(api, context))
      : [{ pull, before: await api.mergeBase(pull.base, pull.head), after: pull.head }];
  return permissionOf({ api, folder: inputs.directory, moment }, changes, inputs.allow);
}

async function stepsOfQueue(api: Api, { base, sha, queued }: Context): Promise<Step[]> {
  const numbers = new Map(await api.queued());
  if (queued !== undefined) numbers.set(sha, queued);
  return queuedSteps(api, await api.mainline(base, sha), numbers);
}
