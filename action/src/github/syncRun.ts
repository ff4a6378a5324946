import { languageOf } from '../../../schema/src/files/language.ts';
import type { Language } from '../../../schema/src/messages/message.ts';
import { allowAll } from '../guard/reason.ts';
import { meaningOf } from '../meaning/changeMeaning.ts';
import { failedMarkdown, liveMarkdown, skippedMarkdown, wrongFilesMarkdown } from '../render/afterMerge.ts';
import { logText } from '../render/escape.ts';
import { syncText } from '../render/syncReport.ts';
import { proposeFiles } from '../review/reviewFiles.ts';
import { faultOf } from '../sync/fault.ts';
import { type SyncResult, type SyncStop, sync } from '../sync/sync.ts';
import { causeOf, type SyncNews, tellOfSync } from './comments.ts';
import { requireMaintainer, starterOf } from './manualRun.ts';
import { mainlineSince, mergedPulls } from './mergedPulls.ts';
import { ownChanges, permissionOf, policyAt } from './permission.ts';
import { redactError, redactFiles, redactFor, report, showChecked } from './report.ts';
import { checkedOut, momentOf, type Runner, type RunnerCommand } from './runner.ts';

/** `sync`: bring the tables to what the checked-out commit says, and tell the pull requests whether it is live. */
export const syncRun: RunnerCommand = async (runner) => {
  await requireMaintainer(runner);
  let since: string | undefined;
  const learn = (commit: string | undefined): void => {
    since ??= commit;
  };
  const result = await bringTables(runner, learn).catch(async (error: unknown) => {
    const body = failedMarkdown(
      causeOf(error),
      await languageHere(runner),
      runner.context,
      redactError(runner),
    );
    // The run should say what went wrong first.
    await tellPulls(runner, since, { isLive: false, isNew: true, body }).catch(() => {});
    throw error;
  });
  if ('wrong' in result) {
    await tellPulls(runner, since, { isLive: false, isNew: true, body: result.wrong });
    return false;
  }
  await report(runner, result.review);
  const { before, after } = result.review.plan;
  const redact = redactFor(runner, before, after);
  runner.log(logText(syncText(result, redact)));
  const { moment } = await momentOf(runner);
  const merged = {
    language: await languageHere(runner),
    meaning: meaningOf(result.review.plan, moment),
    at: new Date(runner.now.getTime() + (result.liveAfterMs ?? 0)),
  };
  const body = liveMarkdown(result, merged, runner.context, redact);
  await runner.summary(liveMarkdown(result, { ...merged, language: 'en' }, runner.context, redact));
  runner.output('applied', String(result.written.length));
  if (result.stop !== undefined) runner.output('stop', stopOutput(result.stop));
  const isLive = result.refused === undefined && result.stop === undefined && result.held.size === 0;
  await tellPulls(runner, since, { isLive, isNew: !isLive || result.written.length > 0, body });
  return isLive;
};

/** Files with which nothing can be synced. */
interface WrongFiles {
  /** What is wrong with them, as Markdown. */
  readonly wrong: string;
}

/** `learn` is told which commit the tables hold. */
async function bringTables(
  runner: Runner,
  learn: (commit: string | undefined) => void,
): Promise<SyncResult | WrongFiles> {
  const { stage, moment } = await momentOf(runner);
  const { inputs, context } = runner;
  const { pruneForeign, waitSeconds, expectFingerprint } = inputs;
  const options = { moment, pruneForeign, holds: true };
  const revision = await checkedOut(runner);
  const { checked, proposal } = await proposeFiles(revision, options, showChecked(runner));
  if (proposal === undefined) {
    const redact = redactFiles(runner, revision.files, checked.directory);
    return { wrong: wrongFilesMarkdown(checked, languageOf(revision.files), context, redact) };
  }
  const tables = await runner.openTables(stage);
  const api = await runner.openApi();
  return sync(
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
      read: async () => {
        const snapshot = await tables.read();
        learn(snapshot.gate?.commit);
        return snapshot;
      },
      isDescendant: (later, earlier) => api.isDescendant(later, earlier),
      policyAt: (commit) => policyAt(api, commit, inputs.directory, moment),
      allowed: async (since) => {
        if (context.sha === '' || since === undefined) return { allowance: allowAll(inputs.allow) };
        const changes = ownChanges(await mainlineSince(api, since, context.sha));
        return permissionOf({ api, folder: inputs.directory, moment }, changes, inputs.allow);
      },
    },
  );
}

/** `unsynced`: tells the merged pull request that there is no sync, since the repository is not set up for one. */
export const unsyncedRun: RunnerCommand = async (runner) => {
  runner.log('::warning::No sync: the variable AWS_SYNC_ROLE is not set.\n');
  const body = skippedMarkdown(await languageHere(runner), runner.context, redactError(runner));
  await tellPulls(runner, undefined, { isLive: false, isNew: true, body });
  return true;
};

/** In which language members read, by the merged files; English where these cannot be read. */
async function languageHere(runner: Runner): Promise<Language> {
  try {
    return languageOf((await checkedOut(runner)).files);
  } catch {
    return 'en';
  }
}

async function tellPulls(runner: Runner, since: string | undefined, news: SyncNews): Promise<void> {
  const { context } = runner;
  if (context.sha === '') return;
  const api = await runner.openApi();
  for (const { number } of await mergedPulls(api, context, since)) await tellOfSync(api, number, news);
}

/** The output `stop`: `transient` and `conflict` are worth retrying at once. */
export function stopOutput(stop: SyncStop): string {
  return stop.reason === 'fault' && faultOf(stop.error) === 'transient' ? 'transient' : stop.reason;
}
