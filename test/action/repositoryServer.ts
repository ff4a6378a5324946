import type { BranchRule } from '../../forwarder/src/account/branchRules.ts';
import { type Answer, type Call, List, Refusal, type RestServer, startRest } from './restServer.ts';

export interface EnvironmentOnServer {
  readonly deployment_branch_policy: {
    readonly protected_branches: boolean;
    readonly custom_branch_policies: boolean;
  } | null;
  readonly protection_rules: readonly object[];
  readonly policies: { readonly id: number; readonly name: string; readonly type: string }[];
}

export interface RulesetOnServer {
  readonly id: number;
  readonly name: string;
  readonly target: string;
  readonly enforcement: string;
  readonly conditions: {
    readonly ref_name: { readonly include: readonly string[]; readonly exclude: readonly string[] };
  };
  readonly rules: readonly BranchRule[];
}

export interface RepositoryServer extends RestServer {
  readonly numbers: { readonly id: number; readonly ownerId: number };
  /** The one token that it knows. */
  readonly token: string;
  readonly labels: string[];
  readonly environments: Map<string, EnvironmentOnServer>;
  readonly variables: Map<string, string>;
  readonly rulesets: RulesetOnServer[];
  readonly codeOwnerErrors: { readonly line: number; readonly kind: string }[];
  /** The workflow that looks for drift, and its runs, the latest first. */
  readonly drift: { state: string; runs: { readonly conclusion: string; readonly run_started_at: string }[] };
  /** Beginnings of `METHOD PATH` that the token has no right to. */
  readonly forbidden: Set<string>;
  /** What was written, as `METHOD PATH`, in order. */
  readonly writes: string[];
}

type State = Omit<RepositoryServer, keyof RestServer>;

/**
 * The settings of a repository, `example/mail` unless told otherwise, as GitHub's REST API keeps them, in memory and in small pages. Where
 * GitHub forgets what a call does not repeat, or refuses it, so does this.
 */
export async function startRepository(
  repository = 'example/mail',
  numbers: RepositoryServer['numbers'] = { id: 1, ownerId: 1 },
): Promise<RepositoryServer> {
  const state: State = {
    numbers,
    token: 'an-admins-token',
    labels: ['bug'],
    environments: new Map(),
    variables: new Map(),
    rulesets: [],
    codeOwnerErrors: [],
    drift: { state: 'active', runs: [] },
    forbidden: new Set(),
    writes: [],
  };
  return { ...state, ...(await startRest((call) => answer(state, call), repository)) };
}

type Route = readonly [call: string, handle: (words: readonly string[], body: never) => unknown];

function answer(state: State, { method, path, authorization, body }: Call): Answer {
  if (authorization !== `token ${state.token}`) throw new Refusal(401, 'Bad credentials');
  const call = `${method} ${path}`;
  if ([...state.forbidden].some((start) => call.startsWith(start))) {
    throw new Refusal(403, 'Resource not accessible by personal access token');
  }
  for (const [pattern, handle] of [...settings(state), ...rules(state)]) {
    const found = new RegExp(`^${pattern.replaceAll('*', '([^/]+)')}$`).exec(call);
    if (found === null) continue;
    const value = handle(found.slice(1), body);
    if (method !== 'GET') state.writes.push(call);
    return { status: { POST: 201, DELETE: 204, PATCH: 204 }[method] ?? 200, value };
  }
  throw new Refusal(404, 'Not Found');
}

/** The repository, its labels, variables and environments. */
function settings(state: State): readonly Route[] {
  const { labels, environments, variables, codeOwnerErrors, drift, numbers } = state;
  const environment = (name = '') => {
    const found = environments.get(name);
    if (found === undefined) throw new Refusal(404, 'Not Found');
    return found;
  };
  return [
    ['GET ', () => ({ id: numbers.id, owner: { id: numbers.ownerId }, default_branch: 'main' })],
    ['GET /apps/github-actions', () => ({ id: 15_368, slug: 'github-actions' })],
    ['GET /actions/workflows/drift.yml', () => ({ id: 1, name: 'drift', state: drift.state })],
    ['GET /actions/workflows/drift.yml/runs', () => new List(drift.runs, 'workflow_runs')],
    ['GET /codeowners/errors', () => ({ errors: codeOwnerErrors })],
    ['GET /labels', () => new List(labels.map((name) => ({ name })))],
    [
      'POST /labels',
      (_, { name, description = '' }: { name: string; description?: string }) => {
        if (labels.some((label) => label.toLowerCase() === name.toLowerCase())) {
          throw new Refusal(422, 'Validation Failed: {"code":"already_exists"}');
        }
        if (description.length > 100) throw new Refusal(422, 'Validation Failed: description is too long');
        labels.push(name);
        return { name };
      },
    ],
    [
      'GET /actions/variables',
      () =>
        new List(
          [...variables].map(([name, value]) => ({ name, value })),
          'variables',
        ),
    ],
    [
      'POST /actions/variables',
      (_, { name, value }: { name: string; value: string }) => {
        if (variables.has(name)) throw new Refusal(409, 'Already exists - Variable already exists');
        variables.set(name, value);
        return {};
      },
    ],
    [
      'PATCH /actions/variables/*',
      ([name = ''], { value }: { value: string }) => {
        if (!variables.has(name)) throw new Refusal(404, 'Not Found');
        variables.set(name, value);
      },
    ],
    [
      'GET /environments',
      () =>
        new List(
          [...environments].map(([name, { policies: _, ...shown }]) => ({ name, ...shown })),
          'environments',
        ),
    ],
    [
      'PUT /environments/*',
      ([name = ''], given: Gates) => {
        const limit = given.deployment_branch_policy ?? null;
        if (limit !== null && limit.protected_branches === limit.custom_branch_policies) {
          throw new Refusal(422, 'protected_branches and custom_branch_policies cannot have the same value');
        }
        const policies = limit?.custom_branch_policies ? (environments.get(name)?.policies ?? []) : [];
        environments.set(name, { deployment_branch_policy: limit, protection_rules: gates(given), policies });
        return { name };
      },
    ],
    [
      'GET /environments/*/deployment-branch-policies',
      ([name]) => new List(environment(name).policies, 'branch_policies'),
    ],
    [
      'POST /environments/*/deployment-branch-policies',
      ([name], { name: pattern, type = 'branch' }: { name: string; type?: string }) => {
        const { policies, deployment_branch_policy: limit } = environment(name);
        if (limit?.custom_branch_policies !== true) throw new Refusal(404, 'Not Found');
        const policy = { id: Math.max(0, ...policies.map(({ id }) => id)) + 1, name: pattern, type };
        policies.push(policy);
        return policy;
      },
    ],
    [
      'DELETE /environments/*/deployment-branch-policies/*',
      ([name, id]) => {
        const { policies } = environment(name);
        const place = policies.findIndex((policy) => policy.id === Number(id));
        if (place < 0) throw new Refusal(404, 'Not Found');
        policies.splice(place, 1);
      },
    ],
  ];
}

interface Gates extends Pick<EnvironmentOnServer, 'deployment_branch_policy'> {
  readonly wait_timer?: number;
  readonly prevent_self_review?: boolean;
  readonly reviewers?: readonly { readonly type: string; readonly id: number }[];
}

/** What a call does not say again is gone. */
function gates({ wait_timer = 0, prevent_self_review = false, reviewers = [] }: Gates): object[] {
  const people = reviewers.map(({ type, id }) => ({ type, reviewer: { id } }));
  return [
    ...(wait_timer === 0 ? [] : [{ type: 'wait_timer', wait_timer }]),
    ...(people.length === 0 ? [] : [{ type: 'required_reviewers', prevent_self_review, reviewers: people }]),
    { type: 'branch_policy' },
  ];
}

type NewRuleset = Omit<RulesetOnServer, 'id'>;

function rules({ rulesets }: State): readonly Route[] {
  const placeOf = (id = '') => {
    const place = rulesets.findIndex((ruleset) => ruleset.id === Number(id));
    if (place < 0) throw new Refusal(404, 'Not Found');
    return place;
  };
  return [
    [
      'GET /rules/branches/*',
      ([branch = '']) => {
        const names = [`refs/heads/${branch}`, '~ALL', ...(branch === 'main' ? ['~DEFAULT_BRANCH'] : [])];
        const holding = rulesets.filter(
          ({ enforcement, conditions: { ref_name: on } }) =>
            enforcement === 'active' &&
            on.include.some((name) => names.includes(name)) &&
            !on.exclude.some((name) => names.includes(name)),
        );
        return new List(holding.flatMap((ruleset) => ruleset.rules));
      },
    ],
    ['GET /rulesets', () => new List(rulesets.map(({ rules: _, conditions: __, ...shown }) => shown))],
    ['GET /rulesets/*', ([id]) => rulesets[placeOf(id)]],
    [
      'POST /rulesets',
      (_, given: NewRuleset) => {
        if (rulesets.some(({ name }) => name === given.name)) throw new Refusal(422, 'Name must be unique');
        checkRules(given.rules);
        const ruleset = { ...given, id: 40 + rulesets.length };
        rulesets.push(ruleset);
        return ruleset;
      },
    ],
    [
      'PUT /rulesets/*',
      ([id], given: NewRuleset) => {
        checkRules(given.rules);
        const place = placeOf(id);
        const ruleset = { ...(rulesets[place] as RulesetOnServer), ...given };
        rulesets[place] = ruleset;
        return ruleset;
      },
    ],
  ];
}

/** The parameters that GitHub wants said, by the type of the rule. */
const needed: Readonly<Record<string, readonly string[]>> = {
  pull_request: [
    'dismiss_stale_reviews_on_push',
    'require_code_owner_review',
    'require_last_push_approval',
    'required_approving_review_count',
    'required_review_thread_resolution',
  ],
  required_status_checks: ['required_status_checks', 'strict_required_status_checks_policy'],
};

function checkRules(given: readonly BranchRule[]): void {
  for (const { type, parameters = {} } of given) {
    const missing = (needed[type] ?? []).filter((name) => !Object.hasOwn(parameters, name));
    if (missing.length > 0) throw new Refusal(422, `Invalid rule '${type}': ${missing.join()} missing`);
  }
}
