import type { Moment } from '../../../schema/src/directory/resolve.ts';
import type { Records } from '../../../schema/src/records/records.ts';
import { staleSince } from '../guard/reason.ts';
import { diff } from '../plan/diff.ts';
import type { Plan } from '../plan/plan.ts';
import { blockEnd } from '../render/answers.ts';
import { checkMarkdown } from '../render/checkReport.ts';
import { noFacts, planComment, type TableFacts } from '../render/planMarkdown.ts';
import { reviewFiles } from '../review/reviewFiles.ts';
import type { Stage } from '../review/stage.ts';
import type { Api, Pull } from './api.ts';
import type { Context } from './context.ts';
import { permissionOf, policyAt } from './permission.ts';
import { redactFiles } from './report.ts';
import { momentOf, type Runner, type RunnerCommand } from './runner.ts';

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
  const { stage, moment } = await momentOf(runner);
  await stickyComment(api, pull.number, planMarker, await bodyFor(runner, api, pull, stage, moment));
  return true;
};

async function pullOf(runner: Runner, api: Api): Promise<Pull | undefined> {
  const { pull, workflowRun } = runner.context;
  if (workflowRun === undefined) return pull;
  return api.pullOfHead(workflowRun.headSha, workflowRun.headRepository, workflowRun.headBranch);
}

async function bodyFor(runner: Runner, api: Api, pull: Pull, stage: Stage, moment: Moment): Promise<string> {
  const { directory: folder, pruneForeign, from, allow } = runner.inputs;
  const start = await api.mergeBase(pull.base, pull.head);
  const base = { folder, files: await api.files(start, folder) };
  const head = { folder, files: await api.files(pull.head, folder) };
  const { checked, proposal, before, review } = await reviewFiles(
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
  const redact = redactFiles(runner, head.files, before?.directory, checked.directory);
  if (proposal === undefined || review === undefined) return checkMarkdown(checked, redact);
  const isToldFacts = from === 'tables' && isOwn(runner.context);
  const facts = isToldFacts ? await tableFacts(runner, stage, proposal.desired, review.plan) : noFacts;
  return planComment(review, facts, redact);
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

/** Begins the one comment of ours on a pull request; it does not show. */
export const planMarker = '<!-- aliasops:plan -->';

/** Writes a comment, or writes it anew where it already is: found by its marker over all pages, never doubled. */
export async function stickyComment(api: Api, issue: number, marker: string, body: string): Promise<void> {
  const text = `${marker}\n${body}`;
  const mine = (await api.comments(issue)).find((comment) => comment.body.startsWith(marker));
  if (mine === undefined) await api.addComment(issue, text);
  else if (mine.body !== text) await api.changeComment(mine.id, text);
}

/** More mailboxes than this are not asked for one by one. */
const askedLimit = 200;

export async function tableFacts(
  runner: Runner,
  stage: Stage,
  desired: Records,
  { effects }: Plan,
): Promise<TableFacts> {
  const tables = await runner.openTables(stage);
  const { rows, gate } = await tables.read();
  const now = runner.now.getTime() / 1000;
  const { foreign, editedOutside } = diff(rows, desired, { pruneForeign: false });
  const mailboxes = [...new Set(effects.flatMap(({ after }) => after))].slice(0, askedLimit);
  const blocked: { readonly mailbox: string; readonly until: string }[] = [];
  for (const mailbox of mailboxes) {
    const until = await tables.blockedUntil(mailbox, now);
    if (until !== undefined) blocked.push({ mailbox, until: blockEnd(until) });
  }
  const since = staleSince(gate, now);
  const stale = since === undefined ? {} : { stale: { since, syncPage: runner.context.syncPage } };
  return { known: true, blocked, foreign, editedOutside, ...stale };
}
