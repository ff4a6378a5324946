import { getOctokit } from '@actions/github';
import type { SourceFile } from '../../../schema/src/check.ts';
import type { Suggestion } from '../render/suggestions.ts';
import type { Patch } from './changedLines.ts';
import { queuedPull } from './context.ts';
import { isNotFound, readFilesAt } from './filesAt.ts';

export interface Comment {
  readonly id: number;
  readonly body: string;
}

/** A comment of a bot on lines of a file of a pull request. */
export interface ReviewComment {
  readonly id: number;
  readonly file: string;
  /** Absent for a single line. */
  readonly firstLine?: number;
  /** Absent where the pull request has changed the line since. */
  readonly lastLine?: number;
  readonly body: string;
}

export interface Pull {
  readonly number: number;
  readonly base: string;
  readonly head: string;
}

export interface OpenPull extends Pull {
  /** The branch that it asks to change. */
  readonly into: string;
}

/** A commit of the default branch. */
export interface Step {
  readonly commit: string;
  readonly parent: string;
  /** The merged pull request that it comes from. */
  readonly pull?: Pull;
}

export interface LabelEvent {
  readonly label: string;
  /** Empty where nobody is known to have set it since the branch was last rewritten. */
  readonly actor: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface Issue {
  readonly number: number;
  readonly body: string;
}

/** What the action asks of GitHub, and does there. */
export interface Api {
  /** The last commit that two have in common. */
  mergeBase(base: string, head: string): Promise<string>;
  isDescendant(later: string, earlier: string): Promise<boolean>;
  /** The files of a folder at a commit, as data: bounded in number and size. */
  files(commit: string, folder: string): Promise<SourceFile[]>;
  pull(number: number): Promise<OpenPull>;
  /** The open pull requests from a branch that is at a commit; one branch may be proposed for several others. */
  pullsOfHead(head: string, repository: string, branch: string): Promise<readonly OpenPull[]>;
  /** The merged pull request that a commit of the default branch comes from. */
  pullOfMerge(commit: string): Promise<Pull | undefined>;
  comments(issue: number): Promise<readonly Comment[]>;
  addComment(issue: number, body: string): Promise<void>;
  changeComment(comment: number, body: string): Promise<void>;
  /** What a pull request changes, file by file. */
  patches(pull: number): Promise<readonly Patch[]>;
  reviewComments(pull: number): Promise<readonly ReviewComment[]>;
  /** Comments on lines of a commit of a pull request, in one review that neither approves nor refuses. */
  addReview(pull: number, commit: string, comments: readonly Suggestion[]): Promise<void>;
  deleteReviewComment(comment: number): Promise<void>;
  /** Labels on an issue or a pull request now, who set each last and when; none from before its branch was rewritten. */
  labels(issue: number): Promise<readonly LabelEvent[]>;
  /** When a commit came to GitHub, by GitHub's clock, in epoch milliseconds; undefined where GitHub does not say. */
  arrivedAt(commit: string): Promise<number | undefined>;
  /** The commits after `base` up to `head`, by first parents, the oldest first; with what was merged as each. */
  mainline(base: string, head: string): Promise<Step[]>;
  /** What waits in merge queues: the commit of each branch that GitHub made, and the pull request that it is about. */
  queued(): Promise<ReadonlyMap<string, number>>;
  /** Whether a login has maintain or admin rights. */
  maintains(login: string): Promise<boolean>;
  openIssues(label: string): Promise<readonly Issue[]>;
  openIssue(title: string, body: string, label: string): Promise<void>;
  changeIssue(issue: number, body: string): Promise<void>;
  closeIssue(issue: number, comment: string): Promise<void>;
}

/** GitHub's REST API behind a token, for one repository. */
export function githubApi(token: string, owner: string, repo: string): Api {
  const kit = getOctokit(token);
  const { rest } = kit;
  const here = { owner, repo };
  const compare = async (base: string, head: string) =>
    (await rest.repos.compareCommitsWithBasehead({ ...here, basehead: `${base}...${head}`, per_page: 1 }))
      .data;
  const mergedPull = async (commit: string): Promise<Pull | undefined> => {
    try {
      const { data } = await rest.repos.listPullRequestsAssociatedWithCommit({ ...here, commit_sha: commit });
      // One that was merged into another branch counts for nothing here, should that branch be pushed as it is.
      const merged = data.filter(
        ({ merged_at: at, base }) => at !== null && base.ref === base.repo.default_branch,
      );
      const found = merged.find(({ merge_commit_sha: sha }) => sha === commit) ?? merged[0];
      return found === undefined ? undefined : pullOf(found);
    } catch (error) {
      // What comes with a commit that GitHub knows nothing of counts as nobody's.
      if (isNotFound(error)) return undefined;
      throw error;
    }
  };
  return {
    mergeBase: async (base, head) => (await compare(base, head)).merge_base_commit.sha,
    async isDescendant(later, earlier) {
      try {
        return ['ahead', 'identical'].includes((await compare(earlier, later)).status);
      } catch (error) {
        // A commit that GitHub does not know is no ancestor of any.
        if (isNotFound(error)) return false;
        throw error;
      }
    },
    files: (commit, folder) => readFilesAt(kit, here, commit, folder),
    pull: async (number) => openPullOf((await rest.pulls.get({ ...here, pull_number: number })).data),
    async pullsOfHead(head, repository, branch) {
      const pulls = await kit.paginate(rest.pulls.list, {
        ...here,
        state: 'open',
        head: `${repository.split('/')[0] ?? ''}:${branch}`,
        per_page: 100,
      });
      return pulls
        .filter((pull) => pull.head.sha === head && pull.head.repo?.full_name === repository)
        .map(openPullOf);
    },
    async pullOfMerge(commit) {
      const { data } = await rest.repos.listPullRequestsAssociatedWithCommit({ ...here, commit_sha: commit });
      const found = data.find((pull) => pull.merge_commit_sha === commit && pull.merged_at !== null);
      return found === undefined ? undefined : pullOf(found);
    },
    async comments(issue) {
      const all = await kit.paginate(rest.issues.listComments, {
        ...here,
        issue_number: issue,
        per_page: 100,
      });
      return all.filter(({ user }) => user?.type === 'Bot').map(({ id, body }) => ({ id, body: body ?? '' }));
    },
    async addComment(issue, body) {
      await rest.issues.createComment({ ...here, issue_number: issue, body });
    },
    async changeComment(comment, body) {
      await rest.issues.updateComment({ ...here, comment_id: comment, body });
    },
    async patches(pull) {
      const files = await kit.paginate(rest.pulls.listFiles, { ...here, pull_number: pull, per_page: 100 });
      return files.map(({ filename: file, patch }) => ({ file, ...(patch === undefined ? {} : { patch }) }));
    },
    async reviewComments(pull) {
      const all = await kit.paginate(rest.pulls.listReviewComments, {
        ...here,
        pull_number: pull,
        per_page: 100,
      });
      return all.filter(({ user }) => user?.type === 'Bot').map(reviewCommentOf);
    },
    async addReview(pull, commit, comments) {
      await rest.pulls.createReview({
        ...here,
        pull_number: pull,
        commit_id: commit,
        event: 'COMMENT',
        comments: comments.map(({ file, firstLine, lastLine, body }) => ({
          path: file,
          line: lastLine,
          side: 'RIGHT',
          ...(firstLine === lastLine ? {} : { start_line: firstLine, start_side: 'RIGHT' }),
          body,
        })),
      });
    },
    async deleteReviewComment(comment) {
      await rest.pulls.deleteReviewComment({ ...here, comment_id: comment });
    },
    async labels(issue) {
      const now = new Set(
        (await kit.paginate(rest.issues.listLabelsOnIssue, { ...here, issue_number: issue })).map(
          ({ name }) => name,
        ),
      );
      const events = await kit.paginate(rest.issues.listEvents, {
        ...here,
        issue_number: issue,
        per_page: 100,
      });
      const known = standing(events);
      return [...now].map((label) => known.get(label) ?? { label, actor: '', at: 0 });
    },
    async arrivedAt(commit) {
      const { data } = await rest.repos.getCommit({ ...here, ref: commit });
      const said = Date.parse(data.commit.committer?.date ?? '') || 0;
      const suites = await rest.checks.listSuitesForRef({ ...here, ref: commit });
      const seen = suites.data.check_suites
        .map(({ created_at: at }) => Date.parse(at ?? ''))
        .filter((at) => !Number.isNaN(at));
      return seen.length === 0 ? undefined : Math.max(said, Math.min(...seen));
    },
    async maintains(login) {
      try {
        const { data } = await rest.repos.getCollaboratorPermissionLevel({ ...here, username: login });
        return ['admin', 'maintain'].includes(data.role_name ?? data.permission);
      } catch (error) {
        // Somebody who is gone, or was never here.
        if (isNotFound(error)) return false;
        throw error;
      }
    },
    async mainline(base, head) {
      const parents = new Map<string, string>();
      for (let page = 1; page <= mainlinePages; page += 1) {
        const basehead = `${base}...${head}`;
        const { data } = await rest.repos.compareCommitsWithBasehead({
          ...here,
          basehead,
          per_page: 100,
          page,
        });
        for (const { sha, parents: of } of data.commits) parents.set(sha, of[0]?.sha ?? '');
        if (data.commits.length < 100) break;
      }
      const steps: Step[] = [];
      for (let commit = head, parent = parents.get(commit); parent !== undefined; ) {
        const pull = await mergedPull(commit);
        steps.push({ commit, parent, ...(pull === undefined ? {} : { pull }) });
        [commit, parent] = [parent, parents.get(parent)];
      }
      return steps.reverse();
    },
    async queued() {
      const refs = await kit.paginate(rest.git.listMatchingRefs, {
        ...here,
        ref: 'heads/gh-readonly-queue/',
      });
      return new Map(
        refs.flatMap(({ ref, object }) => {
          const number = queuedPull(ref);
          return number === undefined ? [] : [[object.sha, number] as const];
        }),
      );
    },
    async openIssues(label) {
      const issues = await kit.paginate(rest.issues.listForRepo, { ...here, state: 'open', labels: label });
      return issues
        .filter(({ user }) => user?.type === 'Bot')
        .map(({ number, body }) => ({ number, body: body ?? '' }));
    },
    async openIssue(title, body, label) {
      await rest.issues.create({ ...here, title, body, labels: [label] });
    },
    async changeIssue(issue, body) {
      await rest.issues.update({ ...here, issue_number: issue, body });
    },
    async closeIssue(issue, comment) {
      await rest.issues.createComment({ ...here, issue_number: issue, body: comment });
      await rest.issues.update({ ...here, issue_number: issue, state: 'closed' });
    },
  };
}

/** Pages of a hundred commits between two syncs that are looked at; what others brought counts as nobody's. */
const mainlinePages = 3;

interface IssueEvent {
  readonly event?: string;
  readonly label?: { readonly name?: string | null };
  readonly actor?: { readonly login: string } | null;
  readonly created_at?: string;
}

/**
 * Who set each label last. One that was taken off was withdrawn, whoever sets it again; what stood on a branch that
 * was rewritten was set on other commits, whatever their dates.
 */
function standing(events: readonly IssueEvent[]): ReadonlyMap<string, LabelEvent> {
  const labels = new Map<string, LabelEvent>();
  for (const { event, label, actor, created_at: at = '' } of events) {
    const name = label?.name ?? '';
    if (event === 'head_ref_force_pushed') labels.clear();
    else if (event === 'unlabeled') labels.delete(name);
    else if (event === 'labeled') {
      labels.set(name, { label: name, actor: actor?.login ?? '', at: Date.parse(at) });
    }
  }
  return labels;
}

function reviewCommentOf(comment: {
  readonly id: number;
  readonly path: string;
  readonly line?: number | null;
  readonly start_line?: number | null;
  readonly body: string;
}): ReviewComment {
  const { id, path: file, line, start_line: start, body } = comment;
  return {
    id,
    file,
    body,
    ...(typeof line === 'number' ? { lastLine: line } : {}),
    ...(typeof start === 'number' ? { firstLine: start } : {}),
  };
}

function pullOf(pull: {
  readonly number: number;
  readonly base: { readonly sha: string };
  readonly head: { readonly sha: string };
}): Pull {
  return { number: pull.number, base: pull.base.sha, head: pull.head.sha };
}

function openPullOf(
  pull: Parameters<typeof pullOf>[0] & { readonly base: { readonly ref: string } },
): OpenPull {
  return { ...pullOf(pull), into: pull.base.ref };
}
