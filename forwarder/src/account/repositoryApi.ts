import { getOctokit } from '@actions/github';
import type { BranchRule } from './branchRules.ts';
import { mapPart, type Part } from './part.ts';
import {
  type Environment,
  type Protection,
  type Repository,
  type RepositoryStep,
  rulesetName,
  type WorkflowFacts,
} from './repository.ts';

/** GitHub's REST API behind a token, for the set-up of one repository. */
export interface RepositoryApi {
  /** Reads everything that is compared; writes nothing. Throws where the token may not see the repository at all. */
  observe(): Promise<Repository>;
  perform(step: RepositoryStep): Promise<void>;
}

type Variables = Readonly<Record<string, string | undefined>>;
type Kit = ReturnType<typeof getOctokit>;
type Here = Readonly<Record<'owner' | 'repo', string>>;
type FoundEnvironments = NonNullable<
  Awaited<ReturnType<Kit['rest']['repos']['getAllEnvironments']>>['data']['environments']
>;

/** The token of whoever runs a command; undefined without one. */
export function tokenIn(environment: Variables): string | undefined {
  return environment.GITHUB_TOKEN || environment.GH_TOKEN || undefined;
}

export function repositoryApi(token: string, here: Here, environment: Variables): RepositoryApi {
  const kit = getOctokit(token, { baseUrl: environment.GITHUB_API_URL || 'https://api.github.com' });
  return {
    observe: () => observe(kit, here),
    perform: (step) => perform(kit, here, step),
  };
}

/** What GitHub, or the way to it, says against a call. */
export function refusal(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // The documentation's address follows the reason, and says nothing more.
  const [message = ''] = error.message.split(' - https://');
  const isAnswer = 'response' in error && error.response !== undefined && 'status' in error;
  return isAnswer ? `GitHub answers ${error.status}, ${message}` : `no answer from GitHub, ${message}`;
}

async function part<T>(read: Promise<T>): Promise<Part<T>> {
  try {
    return { found: await read };
  } catch (error) {
    return { fault: refusal(error) };
  }
}

async function observe(kit: Kit, here: Here): Promise<Repository> {
  const { rest } = kit;
  const { data } = await rest.repos.get(here);
  const [labels, environments, variables, protection, codeOwnerErrors, drift] = await Promise.all([
    part(kit.paginate(rest.issues.listLabelsForRepo, { ...here, per_page: 100 })),
    part(observeEnvironments(kit, here)),
    part(kit.paginate(rest.actions.listRepoVariables, { ...here, per_page: 30 })),
    part(observeProtection(kit, here, data.default_branch)),
    part(rest.repos.codeownersErrors(here)),
    part(observeWorkflow(kit, here, 'drift.yml')),
  ]);
  return {
    id: data.id,
    ownerId: data.owner.id,
    defaultBranch: data.default_branch,
    labels: mapPart(labels, (found) => found.map(({ name }) => name)),
    environments,
    variables: mapPart(variables, (found) => new Map(found.map(({ name, value }) => [name, value]))),
    protection,
    codeOwnerErrors: mapPart(codeOwnerErrors, ({ data: { errors } }) =>
      errors.map(({ line, kind }) => `line ${line}: ${kind}`),
    ),
    drift,
  };
}

async function observeWorkflow({ rest }: Kit, here: Here, file: string): Promise<WorkflowFacts> {
  const [{ data: workflow }, { data: runs }] = await Promise.all([
    rest.actions.getWorkflow({ ...here, workflow_id: file }),
    rest.actions.listWorkflowRuns({ ...here, workflow_id: file, status: 'completed', per_page: 100 }),
  ]);
  const last = runs.workflow_runs.find(({ conclusion }) => conclusion !== 'skipped');
  if (last === undefined) return { state: workflow.state };
  const age = Math.floor((Date.now() - Date.parse(last.run_started_at ?? last.created_at)) / 1_000);
  return { state: workflow.state, lastRun: { age, conclusion: last.conclusion ?? '' } };
}

async function observeEnvironments({ paginate, rest }: Kit, here: Here): Promise<Environment[]> {
  const environments = await paginate(
    rest.repos.getAllEnvironments,
    { ...here, per_page: 100 },
    // The pages are lists already, which the types do not know: `environments` may be missing from an answer.
    ({ data }) => data as unknown as FoundEnvironments,
  );
  return Promise.all(
    environments.map(async ({ name, deployment_branch_policy: limit, protection_rules: rules = [] }) => {
      const gates = Object.assign({}, ...rules.map(gateOf));
      if (limit?.custom_branch_policies !== true) return { name, gates };
      const policies = await paginate(rest.repos.listDeploymentBranchPolicies, {
        ...here,
        environment_name: name,
        per_page: 100,
      });
      return {
        name,
        gates,
        policies: policies.map(({ id = 0, name: pattern = '', type = 'branch' }) => ({ id, pattern, type })),
      };
    }),
  );
}

/** As little as there was: a private repository's plan may not have what is said, and then all of it is refused. */
function gateOf(rule: {
  readonly type: string;
  readonly wait_timer?: number;
  readonly prevent_self_review?: boolean;
  readonly reviewers?: readonly { readonly type?: string; readonly reviewer?: { readonly id?: number } }[];
}): object {
  if (rule.type === 'wait_timer') return { wait_timer: rule.wait_timer };
  if (rule.type !== 'required_reviewers') return {};
  return {
    prevent_self_review: rule.prevent_self_review ?? false,
    reviewers: rule.reviewers?.map(({ type, reviewer }) => ({ type, id: reviewer?.id })),
  };
}

async function observeProtection({ paginate, rest }: Kit, here: Here, branch: string): Promise<Protection> {
  const [rules, rulesets, app] = await Promise.all([
    paginate(rest.repos.getBranchRules, { ...here, branch, per_page: 100 }),
    paginate(rest.repos.getRepoRulesets, { ...here, includes_parents: false, per_page: 100 }),
    rest.apps.getBySlug({ app_slug: 'github-actions' }),
  ]);
  const known = { rules: rules as readonly BranchRule[], actionsApp: app.data?.id ?? 0 };
  const own = rulesets.find(({ name }) => name === rulesetName);
  if (own === undefined) return known;
  const { data } = await rest.repos.getRepoRuleset({ ...here, ruleset_id: own.id });
  return { ...known, own: { id: own.id, rules: (data.rules ?? []) as readonly BranchRule[] } };
}

async function perform({ rest, request }: Kit, here: Here, step: RepositoryStep): Promise<void> {
  switch (step.kind) {
    case 'create-label':
      await rest.issues.createLabel({
        ...here,
        name: step.name,
        color: 'd93f0b',
        description: 'Set by a maintainer, it lets the plan pass in spite of this reason',
      });
      return;
    case 'limit-environment':
      await rest.repos.createOrUpdateEnvironment({
        ...here,
        ...step.gates,
        environment_name: step.environment,
        deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
      });
      return;
    case 'let-branch':
      await rest.repos.createDeploymentBranchPolicy({
        ...here,
        environment_name: step.environment,
        name: step.branch,
        type: 'branch',
      });
      return;
    case 'shut-out':
      await rest.repos.deleteDeploymentBranchPolicy({
        ...here,
        environment_name: step.environment,
        branch_policy_id: step.policy.id,
      });
      return;
    case 'set-variable': {
      const { name, value } = step;
      if (step.isNew) await rest.actions.createRepoVariable({ ...here, name, value });
      else await rest.actions.updateRepoVariable({ ...here, name, value });
      return;
    }
    case 'protect-branch': {
      // By its path: the rules go back as GitHub gave them, of kinds too that the types do not know yet.
      const ruleset = {
        ...here,
        name: rulesetName,
        target: 'branch',
        enforcement: 'active',
        conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
        rules: step.rules,
      };
      if (step.ruleset === undefined) await request('POST /repos/{owner}/{repo}/rulesets', ruleset as never);
      else {
        const known = { ...ruleset, ruleset_id: step.ruleset };
        await request('PUT /repos/{owner}/{repo}/rulesets/{ruleset_id}', known as never);
      }
      return;
    }
  }
}
