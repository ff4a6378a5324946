import { check } from '../../../schema/src/check.ts';
import type { Moment } from '../../../schema/src/directory/resolve.ts';
import { hasErrors } from '../../../schema/src/text/diagnostic.ts';
import { assess } from '../guard/assess.ts';
import { review } from '../guard/review.ts';
import { type Rows, rowsOfRevision } from '../plan/change.ts';
import { plan } from '../plan/plan.ts';
import { checkMarkdown } from '../render/checkReport.ts';
import { noFacts, planComment, type TableFacts } from '../render/planComment.ts';
import type { Stage } from '../review/stage.ts';
import { allowedByLabel } from './allowedByLabel.ts';
import type { Api, Pull } from './api.ts';
import { readMoment } from './moment.ts';
import { redactFor } from './redaction.ts';
import type { Runner, RunnerCommand } from './runner.ts';
import { planMarker, stickyComment } from './sticky.ts';
import { tableFacts } from './tableFacts.ts';

/**
 * `comment`: says on the pull request what it would change. Nothing that its own run made is trusted: the pull
 * request is found by commit and repository, its files are read as data, and this code plans.
 */
export const commentRun: RunnerCommand = async (runner) => {
  const api = await runner.openApi();
  const pull = await pullOf(runner, api);
  if (pull === undefined) {
    runner.log('No open pull request has this commit as its head: nothing to say.\n');
    return true;
  }
  const { stage, moment } = await readMoment(runner);
  await stickyComment(api, pull.number, planMarker, await bodyFor(runner, api, pull, stage, moment));
  return true;
};

async function pullOf(runner: Runner, api: Api): Promise<Pull | undefined> {
  const { pull, workflowRun } = runner.context;
  if (workflowRun === undefined) return pull;
  return api.pullOfHead(workflowRun.headSha, workflowRun.headRepository, workflowRun.headBranch);
}

async function bodyFor(runner: Runner, api: Api, pull: Pull, stage: Stage, moment: Moment): Promise<string> {
  const folder = runner.inputs.directory;
  const base = await api.files(await api.mergeBase(pull.base, pull.head), folder);
  const head = check(await api.files(pull.head, folder), { ...moment, folder, base });
  const before = check(base, { ...moment, folder });
  const redact = redactFor(runner, before.directory, head.directory);
  if (hasErrors(head.diagnostics)) return checkMarkdown(head, redact);
  const current: Rows = rowsOfRevision(before.records);
  const made = plan(current, head.records, moment, runner.inputs);
  // The limits are those of the base: a pull request cannot loosen the guard that it is judged by.
  const reasons = assess(made, before.policy, moment);
  const allow = new Set([...runner.inputs.allow, ...(await allowedByLabel(api, pull))]);
  const facts: TableFacts =
    runner.inputs.from === 'tables' ? await tableFacts(runner, stage, head.records, made) : noFacts;
  return planComment(review(made, reasons, allow), facts, redact);
}
