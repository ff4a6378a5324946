import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { type BranchRule, lacksOf, requiredChecks, strictRules } from './branchRules.ts';

const strict = strictRules([], 1);

/** The strict rules with other parameters in one of them. */
function changed(type: string, parameters: BranchRule['parameters'] = {}): BranchRule[] {
  return strict.map((rule) =>
    rule.type === type ? { type, parameters: { ...rule.parameters, ...parameters } } : rule,
  );
}

function without(...types: string[]): BranchRule[] {
  return strict.filter(({ type }) => !types.includes(type));
}

const checks = (app: number | undefined, ...contexts: string[]) =>
  contexts.map((context) => (app === undefined ? { context } : { context, integration_id: app }));

it.each<[string, BranchRule[], string[]]>([
  ['strict ones', strict, []],
  [
    'none',
    [],
    [
      'changes need no pull request',
      'the check `plan` need not pass',
      'the check `test (22)` need not pass',
      'the check `test (24)` need not pass',
      'its history can be rewritten',
      'it can be deleted',
    ],
  ],
  [
    'a pull request that nobody approves',
    changed('pull_request', { required_approving_review_count: 0 }),
    ['a pull request needs no approval'],
  ],
  [
    'an approval by anybody',
    changed('pull_request', { require_code_owner_review: false }),
    ['the code owners need not approve'],
  ],
  [
    'an approval for good',
    changed('pull_request', { dismiss_stale_reviews_on_push: false }),
    ['an approval counts for later commits too'],
  ],
  [
    'an approval of what one has pushed',
    changed('pull_request', { require_last_push_approval: false }),
    ['who pushes last may be the only one to approve'],
  ],
  [
    'one check less',
    changed('required_status_checks', { required_status_checks: checks(1, 'plan', 'test (22)') }),
    ['the check `test (24)` need not pass'],
  ],
  [
    'a check by the name of the job without its matrix',
    changed('required_status_checks', { required_status_checks: checks(1, 'plan', 'test') }),
    ['the check `test (22)` need not pass', 'the check `test (24)` need not pass'],
  ],
  [
    'checks of whoever posts them',
    changed('required_status_checks', {
      required_status_checks: [...checks(undefined, 'plan'), ...checks(1, 'test (22)', 'test (24)')],
    }),
    ['the check `plan` may come from anybody'],
  ],
  ['a history that can be rewritten', without('non_fast_forward'), ['its history can be rewritten']],
  ['a branch that can be deleted', without('deletion'), ['it can be deleted']],
  [
    'two rulesets that are strict together',
    [...changed('pull_request', { require_code_owner_review: false }), ...strict],
    [],
  ],
])('finds what is open with %s', (_, rules, lacks) => {
  expect(lacksOf(rules)).toEqual(lacks);
});

it('is content with what it makes of any of these, and changes nothing in that again', () => {
  for (const rules of [
    [],
    without('pull_request'),
    changed('required_status_checks', { required_status_checks: [] }),
  ]) {
    const made = strictRules(rules, 1);
    expect(lacksOf(made)).toEqual([]);
    expect(strictRules(made, 1)).toEqual(made);
  }
});

it('keeps two approvals where two are asked for', () => {
  const [review] = strictRules(changed('pull_request', { required_approving_review_count: 2 }), 1);
  expect(review?.parameters?.required_approving_review_count).toBe(2);
});

it('binds to the app a check of ours that anybody could post, and none of others', () => {
  const open = changed('required_status_checks', {
    required_status_checks: checks(undefined, 'plan', 'theirs'),
  });
  const made = strictRules(open, 7).find(({ type }) => type === 'required_status_checks');
  expect(made?.parameters?.required_status_checks).toEqual([
    ...checks(7, 'plan'),
    ...checks(undefined, 'theirs'),
    ...checks(7, 'test (22)', 'test (24)'),
  ]);
});

it('requires the checks that the workflows make, by the names that GitHub gives them', () => {
  const made = [jobChecks('plan', 'plan'), jobChecks('ci', 'test')].flat();
  expect(requiredChecks).toEqual(made);
});

it('requires the checks that docs/maintainers.md tells those who click', () => {
  const text = readFileSync('docs/maintainers.md', 'utf8');
  const named = [...text.matchAll(/`(plan|test \([^)]*\))`/g)].map(([, name]) => name);
  expect(new Set(named)).toEqual(new Set(requiredChecks));
});

/** A job is called by its `name` or its key, and a job with a matrix by that and the values, in their order. */
function jobChecks(workflow: string, job: string): string[] {
  const { jobs } = parse(readFileSync(`.github/workflows/${workflow}.yml`, 'utf8')) as {
    jobs: Record<string, { name?: string; strategy?: { matrix: Record<string, string[]> } }>;
  };
  const { name = job, strategy } = jobs[job] ?? {};
  const [values] = Object.values(strategy?.matrix ?? {});
  return values === undefined ? [name] : values.map((value) => `${name} (${value})`);
}
