/** What the runner says about the run: read from the environment and the event's file. */
export interface Context {
  readonly owner: string;
  readonly repo: string;
  /** The commit that the run is for. */
  readonly sha: string;
  /** The address of the repository's page. */
  readonly page: string;
  /** A link to the run. */
  readonly run: string;
  /** The page on which a maintainer runs the workflow `sync`. */
  readonly syncPage: string;
  /** Public, or not known not to be: private addresses are made unreadable then. */
  readonly isPublic: boolean;
  readonly pull: PullContext | undefined;
  /** The number of the pull request that a merge group is about. */
  readonly queued: number | undefined;
  /** What a plan without a pull request compares with: the base of a merge group, or what was pushed onto. */
  readonly base: string;
  readonly workflowRun: WorkflowRunContext | undefined;
}

export interface PullContext {
  readonly number: number;
  readonly base: string;
  readonly head: string;
  /** `owner/name` of the repository that the branch is in; empty where that is gone. */
  readonly headRepository: string;
}

/** The run that a `workflow_run` event is about: which commit, in which repository. */
export interface WorkflowRunContext {
  readonly headSha: string;
  readonly headRepository: string;
  readonly headBranch: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

export function readContext(environment: Environment, event: unknown): Context {
  const [owner = '', repo = ''] = (environment.GITHUB_REPOSITORY ?? '').split('/');
  const page = `${environment.GITHUB_SERVER_URL ?? 'https://github.com'}/${owner}/${repo}`;
  return {
    owner,
    repo,
    sha: environment.GITHUB_SHA ?? '',
    page,
    run: `${page}/actions/runs/${environment.GITHUB_RUN_ID ?? ''}`,
    syncPage: `${page}/actions/workflows/sync.yml`,
    isPublic: at(at(event, 'repository'), 'private') !== true,
    pull: readPull(at(event, 'pull_request')),
    queued: queuedPull(textAt(at(event, 'merge_group'), 'head_ref')),
    base: textAt(at(event, 'merge_group'), 'base_sha') || textAt(event, 'before'),
    workflowRun: readWorkflowRun(at(event, 'workflow_run')),
  };
}

function readPull(pull: unknown): PullContext | undefined {
  const number = at(pull, 'number');
  if (typeof number !== 'number') return undefined;
  const head = at(pull, 'head');
  return {
    number,
    base: textAt(at(pull, 'base'), 'sha'),
    head: textAt(head, 'sha'),
    headRepository: textAt(at(head, 'repo'), 'full_name'),
  };
}

/** Of whom a merge queue's branch is: GitHub names them `gh-readonly-queue/BRANCH/pr-NUMBER-COMMIT`. */
export function queuedPull(ref: string): number | undefined {
  const number = /^refs\/heads\/gh-readonly-queue\/.+\/pr-(\d+)-[0-9a-f]{40}$/.exec(ref)?.[1];
  return number === undefined ? undefined : Number(number);
}

function readWorkflowRun(run: unknown): WorkflowRunContext | undefined {
  const headSha = textAt(run, 'head_sha');
  if (headSha === '') return undefined;
  const headRepository = textAt(at(run, 'head_repository'), 'full_name');
  return { headSha, headRepository, headBranch: textAt(run, 'head_branch') };
}

function at(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' ? Reflect.get(value, name) : undefined;
}

function textAt(value: unknown, name: string): string {
  const found = at(value, name);
  return typeof found === 'string' ? found : '';
}
