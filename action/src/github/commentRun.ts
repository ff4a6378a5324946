import { languageOf } from '../../../schema/src/files/language.ts';
import type { Records } from '../../../schema/src/records/records.ts';
import { staleSince } from '../guard/reason.ts';
import { diff } from '../plan/diff.ts';
import type { Effect, Plan } from '../plan/plan.ts';
import { commandData } from '../render/escape.ts';
import { noPlanComment } from '../render/planComment.ts';
import { type Saying, sayingOn } from '../render/saying.ts';
import { type BlockedMailbox, noFacts, type TableFacts } from '../render/tableFacts.ts';
import { reviewFiles } from '../review/reviewFiles.ts';
import type { Stage } from '../review/stage.ts';
import type { Api, OpenPull } from './api.ts';
import { causeOf, errorName, planMarker, stickyComment } from './comments.ts';
import type { Context } from './context.ts';
import { keepSuggestions } from './keepSuggestions.ts';
import { permissionOf, policyAt } from './permission.ts';
import { redactError, redactFiles } from './report.ts';
import { momentOf, type Runner, type RunnerCommand } from './runner.ts';

/**
 * `comment`: says on each pull request what it would change, or why nobody can say. Nothing that its own run made is
 * trusted: the pull requests are found by commit and repository, their files are read as data, and this code plans.
 */
export const commentRun: RunnerCommand = async (runner) => {
  const api = await runner.openApi();
  const pulls = await pullsOf(runner, api);
  if (pulls.length === 0) runner.log('No open pull request has this commit as its head: nothing to say.\n');
  const failures: unknown[] = [];
  for (const pull of pulls) {
    const said = await sayingOf(runner, api, pull).catch((error: unknown) => {
      failures.push(error);
      return failureOf(runner, pull, error);
    });
    if (await isStill(api, pull)) await speak(runner, api, pull, said);
    else
      runner.log(`#${pull.number} has another commit or another base by now: its own run speaks of that.\n`);
  }
  if (failures.length > 0) throw failures[0];
  return true;
};

/** The comment counts; suggestions are an ease, and GitHub may refuse them, as where the commit is overtaken. */
async function speak(runner: Runner, api: Api, pull: OpenPull, said: Saying): Promise<void> {
  await stickyComment(api, pull.number, planMarker, said.comment);
  await keepSuggestions(api, pull, said.suggestions).catch((error: unknown) => {
    runner.log(`::warning::The suggestions could not be written (${commandData(errorName(error))}).\n`);
  });
}

/** One branch may be proposed for several others. */
async function pullsOf({ context }: Runner, api: Api): Promise<readonly OpenPull[]> {
  const { pull, workflowRun } = context;
  if (workflowRun === undefined) return pull === undefined ? [] : [await api.pull(pull.number)];
  return api.pullsOfHead(workflowRun.headSha, workflowRun.headRepository, workflowRun.headBranch);
}

/** A run may be overtaken by a later one, whose comment says more. */
async function isStill(api: Api, { number, head, into }: OpenPull): Promise<boolean> {
  const now = await api.pull(number);
  return now.head === head && now.into === into;
}

async function sayingOf(runner: Runner, api: Api, pull: OpenPull): Promise<Saying> {
  const { directory: folder, pruneForeign, from, allow } = runner.inputs;
  const { stage, moment } = await momentOf(runner);
  const start = await api.mergeBase(pull.base, pull.head);
  const base = { folder, files: await api.files(start, folder) };
  const head = { folder, files: await api.files(pull.head, folder) };
  const reviewed = await reviewFiles(
    head,
    { moment, pruneForeign, base },
    {
      show: () => {},
      read: async () => (await runner.openTables(stage)).read(),
      allowed: () =>
        permissionOf({ api, folder, moment }, [{ pull, before: start, after: pull.head }], allow),
      policyAt: (commit) => policyAt(api, commit, folder, moment),
      now: runner.now.getTime() / 1000,
    },
  );
  const { checked, proposal, before, review } = reviewed;
  const isToldFacts = from === 'tables' && isOwn(runner.context);
  const facts =
    isToldFacts && proposal !== undefined && review !== undefined
      ? await tableFacts(runner, stage, proposal.desired, review.plan)
      : noFacts;
  return sayingOn(reviewed, {
    moment,
    language: languageOf(head.files, base.files),
    compared: { head: pull.head, base: start, into: pull.into, page: runner.context.page },
    facts,
    redact: redactFiles(runner, head.files, before?.directory, checked.directory),
  });
}

function failureOf(runner: Runner, { head, into }: OpenPull, error: unknown): Saying {
  const { page, run } = runner.context;
  const comment = noPlanComment(causeOf(error), { head, into, page }, run, 'en', redactError(runner));
  return { comment, suggestions: [] };
}

/**
 * Whether the change comes from a branch of this repository, and so from somebody who may write to it. Others learn
 * nothing of the tables: a stranger could ask, destination by destination, which mailboxes are blocked.
 */
export function isOwn({
  owner,
  repo,
  pull,
  workflowRun,
}: Pick<Context, 'owner' | 'repo' | 'pull' | 'workflowRun'>): boolean {
  const head = workflowRun === undefined ? pull?.headRepository : workflowRun.headRepository;
  return head !== undefined && head !== '' && head === `${owner}/${repo}`;
}

/** More mailboxes than this are not asked for one by one. */
const askedLimit = 200;

/** What the tables say of a plan; the plan itself needs none of it. */
async function tableFacts(
  runner: Runner,
  stage: Stage,
  desired: Records,
  { effects }: Plan,
): Promise<TableFacts> {
  try {
    return await readFacts(runner, stage, desired, effects);
  } catch (error) {
    runner.log(`::warning::The tables could not be read (${commandData(errorName(error))}).\n`);
    return { ...noFacts, fault: errorName(error) };
  }
}

async function readFacts(
  runner: Runner,
  stage: Stage,
  desired: Records,
  effects: readonly Effect[],
): Promise<TableFacts> {
  const tables = await runner.openTables(stage);
  const { rows, gate } = await tables.read();
  const now = runner.now.getTime() / 1000;
  const { foreign, editedOutside } = diff(rows, desired, { pruneForeign: false });
  const mailboxes = [...new Set(effects.flatMap(({ after }) => after))].slice(0, askedLimit);
  const blocked: BlockedMailbox[] = [];
  for (const mailbox of mailboxes) {
    const until = await tables.blockedUntil(mailbox, now);
    if (until !== undefined) blocked.push({ mailbox, until });
  }
  const since = staleSince(gate, now);
  const stale = since === undefined ? {} : { stale: { since, syncPage: runner.context.syncPage } };
  return { known: true, blocked, foreign, editedOutside, ...stale };
}
