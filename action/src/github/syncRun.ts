import { allowAll } from '../guard/reason.ts';
import { logText } from '../render/escape.ts';
import { liveMarkdown, syncText } from '../render/syncReport.ts';
import { proposeFiles } from '../review/reviewFiles.ts';
import { faultOf } from '../sync/fault.ts';
import { type SyncResult, type SyncStop, sync } from '../sync/sync.ts';
import { requireMaintainer, starterOf } from './manualRun.ts';
import { ownChanges, permissionOf, policyAt } from './permission.ts';
import { redactFor, report, showChecked } from './report.ts';
import { checkedOut, momentOf, type RunnerCommand } from './runner.ts';

/** `sync`: bring the tables to what the checked-out commit says, and tell the pull request that it is live. */
export const syncRun: RunnerCommand = async (runner) => {
  await requireMaintainer(runner);
  const { stage, moment } = await momentOf(runner);
  const { inputs, context } = runner;
  const { pruneForeign, waitSeconds, expectFingerprint } = inputs;
  const options = { moment, pruneForeign, holds: true };
  const { proposal } = await proposeFiles(await checkedOut(runner), options, showChecked(runner));
  if (proposal === undefined) return false;
  const tables = await runner.openTables(stage);
  const api = await runner.openApi();
  const pull = context.sha === '' ? undefined : await api.pullOfMerge(context.sha);
  const result = await sync(
    {
      ...proposal,
      waitSeconds,
      at: Math.floor(runner.now.getTime() / 1000),
      startedBy: starterOf(runner.environment),
      ...(expectFingerprint === undefined ? {} : { expectFingerprint }),
      ...(context.sha === '' ? {} : { source: { commit: context.sha, run: context.run } }),
    },
    {
      ...tables,
      isDescendant: (later, earlier) => api.isDescendant(later, earlier),
      policyAt: (commit) => policyAt(api, commit, inputs.directory, moment),
      allowed: async (_, since) => {
        if (context.sha === '' || since === undefined) return { allowance: allowAll(inputs.allow) };
        const changes = ownChanges(await api.mainline(since, context.sha));
        return permissionOf({ api, folder: inputs.directory, moment }, changes, inputs.allow);
      },
    },
  );
  await report(runner, result.review);
  const { before, after } = result.review.plan;
  const redact = redactFor(runner, before, after);
  runner.log(logText(syncText(result, redact)));
  await runner.summary(liveMarkdown(result, redact));
  runner.output('applied', String(result.written.length));
  if (result.stop !== undefined) runner.output('stop', stopOutput(result.stop));
  if (pull !== undefined && tells(result)) {
    await api.addComment(pull.number, liveMarkdown(result, redact));
  }
  return result.refused === undefined && result.stop === undefined && result.held.size === 0;
};

/** The output `stop`: `transient` and `conflict` are worth retrying at once. */
export function stopOutput(stop: SyncStop): string {
  return stop.reason === 'fault' && faultOf(stop.error) === 'transient' ? 'transient' : stop.reason;
}

/** A run that had nothing to write has nothing to tell; otherwise a re-run would say it twice. */
function tells({ refused, held, written, stop }: SyncResult): boolean {
  return refused !== undefined || stop !== undefined || held.size > 0 || written.length > 0;
}
