/**
 * A rule of a ruleset, with as much of it as is looked at. What else GitHub says of it is kept, and sent back as it came:
 * https://docs.github.com/en/rest/repos/rules.
 */
export interface BranchRule {
  readonly type: string;
  readonly parameters?: {
    readonly required_approving_review_count?: number;
    readonly require_code_owner_review?: boolean;
    readonly dismiss_stale_reviews_on_push?: boolean;
    readonly require_last_push_approval?: boolean;
    readonly required_status_checks?: readonly RequiredCheck[];
  };
}

export interface RequiredCheck {
  readonly context: string;
  /** The app whose check counts; anybody's without. */
  readonly integration_id?: number;
}

/**
 * The checks that a merge waits for, by the names that GitHub gives to the jobs of `plan.yml` and `ci.yml`: a job with a
 * matrix has one for each of its values. A name that no job has would hold up every merge for good.
 */
export const requiredChecks = ['plan', 'test (22)', 'test (24)'] as const;

/** What a merge into the default branch must have, and how to tell that the rules ask for it. */
const demands: readonly { readonly lack: string; isMet(rules: readonly BranchRule[]): boolean }[] = [
  { lack: 'changes need no pull request', isMet: (rules) => ofType(rules, 'pull_request').length > 0 },
  {
    lack: 'a pull request needs no approval',
    isMet: (rules) => reviews(rules, (asked) => (asked.required_approving_review_count ?? 0) > 0),
  },
  {
    lack: 'the code owners need not approve',
    isMet: (rules) => reviews(rules, (asked) => asked.require_code_owner_review === true),
  },
  {
    lack: 'an approval counts for later commits too',
    isMet: (rules) => reviews(rules, (asked) => asked.dismiss_stale_reviews_on_push === true),
  },
  {
    lack: 'who pushes last may be the only one to approve',
    isMet: (rules) => reviews(rules, (asked) => asked.require_last_push_approval === true),
  },
  ...requiredChecks.map((context) => ({
    lack: `the check \`${context}\` need not pass`,
    isMet: (rules: readonly BranchRule[]) => checks(rules).some((check) => check.context === context),
  })),
  ...requiredChecks.map((context) => ({
    lack: `the check \`${context}\` may come from anybody`,
    isMet: (rules: readonly BranchRule[]) => {
      const found = checks(rules).filter((check) => check.context === context);
      return found.length === 0 || found.some(({ integration_id: app }) => app !== undefined);
    },
  })),
  { lack: 'its history can be rewritten', isMet: (rules) => ofType(rules, 'non_fast_forward').length > 0 },
  { lack: 'it can be deleted', isMet: (rules) => ofType(rules, 'deletion').length > 0 },
];

type Asked = NonNullable<BranchRule['parameters']>;

function ofType(rules: readonly BranchRule[], type: string): Asked[] {
  return rules.filter((rule) => rule.type === type).map(({ parameters = {} }) => parameters);
}

function reviews(rules: readonly BranchRule[], asks: (asked: Asked) => boolean): boolean {
  const asked = ofType(rules, 'pull_request');
  // That there is none is a lack of its own.
  return asked.length === 0 || asked.some(asks);
}

function checks(rules: readonly BranchRule[]): readonly RequiredCheck[] {
  return ofType(rules, 'required_status_checks').flatMap((asked) => asked.required_status_checks ?? []);
}

/** What the rules that hold for the default branch, whoever made them, leave open; empty when they are strict enough. */
export function lacksOf(rules: readonly BranchRule[]): string[] {
  return demands.filter(({ isMet }) => !isMet(rules)).map(({ lack }) => lack);
}

/**
 * The rules of our own ruleset with what they lack. What is stricter in them stays, and so do rules of other kinds. The
 * checks are bound to an app by its id.
 */
export function strictRules(existing: readonly BranchRule[], app: number): BranchRule[] {
  const [review = {}] = ofType(existing, 'pull_request');
  const [status = {}] = ofType(existing, 'required_status_checks');
  const known = status.required_status_checks ?? [];
  const bound = { integration_id: app };
  const ours: readonly BranchRule[] = [
    {
      type: 'pull_request',
      parameters: {
        // GitHub wants each of these said; no conversation needs to be resolved.
        ...{ required_review_thread_resolution: false },
        ...review,
        required_approving_review_count: Math.max(1, review.required_approving_review_count ?? 0),
        require_code_owner_review: true,
        dismiss_stale_reviews_on_push: true,
        require_last_push_approval: true,
      },
    },
    {
      type: 'required_status_checks',
      parameters: {
        // A branch may be behind: the sync plans and judges anew what the merge has made.
        ...{ strict_required_status_checks_policy: false },
        ...status,
        required_status_checks: [
          ...known.map((check) => (isOurs(check) ? { ...bound, ...check } : check)),
          ...requiredChecks
            .filter((context) => !known.some((check) => check.context === context))
            .map((context) => ({ context, ...bound })),
        ],
      },
    },
    { type: 'non_fast_forward' },
    { type: 'deletion' },
  ];
  const types = new Set(ours.map(({ type }) => type));
  return [...ours, ...existing.filter(({ type }) => !types.has(type))];
}

function isOurs({ context }: RequiredCheck): boolean {
  return requiredChecks.some((ours) => ours === context);
}
