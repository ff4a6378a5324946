import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const folder = '.github/workflows';
const workflows = readdirSync(folder).map((name) => {
  const text = readFileSync(`${folder}/${name}`, 'utf8');
  return { name, text, workflow: parse(text) as Workflow };
});

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: object;
  readonly concurrency: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly if?: string;
  readonly 'timeout-minutes'?: number;
  readonly environment?: string | object;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly needs?: readonly string[];
  /** A workflow of its own, in place of steps. */
  readonly uses?: string;
  readonly steps?: readonly Step[];
}

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly 'continue-on-error'?: boolean;
}

const stepsOf = ({ steps = [] }: Job): readonly Step[] => steps;
const jobsOf = (name: string) => workflows.find((one) => one.name === `${name}.yml`)?.workflow.jobs ?? {};
const isDefaultBranch = "github.ref == format('refs/heads/{0}', github.event.repository.default_branch)";

describe.each(workflows)('$name', ({ text, workflow }) => {
  it('grants nothing on top, and gives a reason for each grant below', () => {
    expect(workflow.permissions).toEqual({});
    for (const line of text.split('\n')) {
      if (/^ {6}[a-z-]+: (read|write)\b/.test(line)) expect(line).toMatch(/# \S/);
    }
  });

  it('ends in time, and runs not beside itself', () => {
    expect(workflow.concurrency).toBeDefined();
    for (const job of Object.values(workflow.jobs)) {
      if (job.uses === undefined) expect(job['timeout-minutes']).toBeGreaterThan(0);
    }
  });

  it('takes every action of others at a commit, and leaves no credentials in a checkout', () => {
    for (const { uses, with: inputs } of Object.values(workflow.jobs).flatMap(stepsOf)) {
      if (uses === undefined || uses.startsWith('./')) continue;
      expect(uses).toMatch(/@[0-9a-f]{40}$/);
      expect(text).toMatch(new RegExp(`${uses} # v\\d+\\.\\d+\\.\\d+\\n`));
      if (uses.startsWith('actions/checkout@'))
        expect(inputs).toMatchObject({ 'persist-credentials': false });
    }
  });

  it('has no way to AWS where a pull request runs its own code', () => {
    if (!('pull_request' in workflow.on)) return;
    for (const job of Object.values(workflow.jobs)) {
      expect(job.permissions).not.toHaveProperty('id-token');
      expect(job.environment).toBeUndefined();
      expect(Object.values(job.permissions ?? {})).not.toContain('write');
    }
    expect(text).not.toMatch(/secrets\.|paths:/);
  });

  it('installs and builds nothing where a token for AWS can be had, and runs no scripts of packages', () => {
    for (const job of Object.values(workflow.jobs)) {
      const commands = stepsOf(job).flatMap(({ run }) => run ?? []);
      const installs = commands.filter((run) => /\bnpm (ci|install|run build)|\bnpx\b/.test(run));
      if (job.permissions?.['id-token'] !== undefined) expect(installs).toEqual([]);
      for (const run of installs) if (/npm (ci|install)/.test(run)) expect(run).toContain('--ignore-scripts');
    }
  });

  it('names no branch: the default branch may have any name', () => {
    const branches = JSON.stringify(workflow.on).match(/"branches[^\]]+\]/g) ?? [];
    expect(branches.filter((one) => one !== '"branches":["**"]')).toEqual([]);
    if (!('push' in workflow.on)) return;
    for (const { needs, if: condition } of Object.values(workflow.jobs)) {
      if (needs === undefined) expect(condition).toBe(isDefaultBranch);
    }
  });

  it('looks at variables where those of an environment are seen, and says so when one is missing', () => {
    for (const job of Object.values(workflow.jobs)) {
      expect(job.if ?? '').not.toContain('vars.');
      if (job.permissions?.['id-token'] === undefined) continue;
      expect(job.environment).toBeTypeOf('string');
      const role = /vars\.AWS_\w+_ROLE/.exec(JSON.stringify(job.steps))?.[0];
      const missing = stepsOf(job).filter((step) => step.if === `${role} == ''`);
      const tells = missing.some(({ run, uses }) => run?.includes('::warning') || uses === './action');
      // A comment is written all the same, and says that the tables could not be read.
      expect(tells || JSON.stringify(job.steps).includes(`${role} != '' && 'tables' || 'base'`)).toBe(true);
    }
  });
});

it('takes each action of others at one commit in all workflows', () => {
  const pins = workflows.flatMap(({ text }) => text.match(/(?<=uses: )[\w-]+\/[\w-]+@[0-9a-f]+/g) ?? []);
  const commits = Map.groupBy(new Set(pins), (pin) => pin.split('@')[0] ?? '');
  expect([...commits].filter(([, found]) => found.length > 1)).toEqual([]);
});

it('dependabot keeps actions, packages and linters current', () => {
  const { updates } = parse(readFileSync('.github/dependabot.yml', 'utf8')) as {
    readonly updates: readonly Readonly<Record<string, unknown>>[];
  };
  const kept = updates.map((one) => [one['package-ecosystem'], one.directory ?? one.directories]);
  expect(kept).toEqual([
    ['github-actions', '/'],
    ['npm', ['/', '/.ci/dynamodb']],
    ['pip', '/.ci/linters'],
    ['gomod', '/.ci/linters'],
  ]);
});

it('deploys what was tested, all of it, and packaged elsewhere', () => {
  const { test, deploy } = jobsOf('deploy');
  expect(test?.uses).toBe('./.github/workflows/ci.yml');
  expect(deploy?.needs).toEqual(['test', 'package']);
  const asked = stepsOf(deploy ?? {}).map((step) => step.if);
  expect(asked).toEqual([
    "vars.AWS_DEPLOY_ROLE == ''",
    ...asked.slice(1).map(() => "vars.AWS_DEPLOY_ROLE != ''"),
  ]);
});

it.each(['ci', 'plan'])('%s, which a merge may require, runs in the merge queue too', (name) => {
  const { workflow } = workflows.find((one) => one.name === `${name}.yml`) ?? {};
  expect(workflow?.on).toHaveProperty('merge_group');
});

it('sync runs one at a time for a branch, and drops none', () => {
  const { workflow, text } = workflows.find(({ name }) => name === 'sync.yml') ?? {};
  const group = expect.stringMatching(/^sync-\$\{\{ github\.ref \}\}$/);
  expect(workflow?.concurrency).toEqual({ group, 'cancel-in-progress': false, queue: 'max' });
  // Other servers may refuse the word.
  expect(text).toMatch(/^# .*`queue`/m);
});

it('sync tries once more what passes, with the same inputs, and fails with everything else', () => {
  const { workflow } = workflows.find(({ name }) => name === 'sync.yml') ?? {};
  const [first, again, end] = workflow?.jobs.sync?.steps?.slice(-3) ?? [];
  const passes = `contains(fromJSON('["transient", "conflict"]'), steps.first.outputs.stop)`;
  expect(first).toMatchObject({ id: 'first', uses: './action', 'continue-on-error': true });
  expect(again).toEqual({ uses: './action', if: passes, with: first?.with });
  expect(end).toEqual({ if: `steps.first.outcome == 'failure' && !${passes}`, run: 'exit 1' });
});

it('a plan is made anew for everything that makes another one of it, the base branch above all', () => {
  const { workflow } = workflows.find(({ name }) => name === 'plan.yml') ?? {};
  expect(workflow?.on.pull_request).toEqual({
    types: ['opened', 'synchronize', 'reopened', 'edited', 'labeled', 'unlabeled'],
  });
});

it('comment runs beside itself for another branch, and writes although no role is to be had', () => {
  const { workflow } = workflows.find(({ name }) => name === 'comment.yml') ?? {};
  for (const field of ['head_repository.full_name', 'head_branch', 'head_sha']) {
    expect(JSON.stringify(workflow?.concurrency)).toContain(`github.event.workflow_run.${field} `);
  }
  const role = workflow?.jobs.comment?.steps?.find(({ uses }) => uses?.startsWith('aws-actions/'));
  expect(role?.['continue-on-error']).toBe(true);
});

it('a merge is synced, or told that it is not for want of a role', () => {
  const steps = stepsOf(jobsOf('sync').sync ?? {});
  expect(steps.filter((step) => step.if === "vars.AWS_SYNC_ROLE == ''")).toEqual([
    { if: "vars.AWS_SYNC_ROLE == ''", uses: './action', with: { command: 'unsynced' } },
  ]);
  expect(steps.filter((step) => step.if === "vars.AWS_SYNC_ROLE != ''")).toHaveLength(2);
});

it.each(workflows)(
  '$name takes a role only in its environment, or of the branch where that is trusted',
  ({ workflow }) => {
    for (const { permissions, environment, steps } of Object.values(workflow.jobs)) {
      const [, role] = /vars\.AWS_(\w+)_ROLE \}\}/.exec(JSON.stringify(steps)) ?? [];
      expect(permissions?.['id-token']).toBe(role && 'write');
      const name = role?.toLowerCase();
      expect(environment).toBe(name && `\${{ vars.AWS_TRUST != 'branch' && '${name}' || '' }}`);
    }
  },
);

it('no workflow runs on pull_request_target', () => {
  for (const { workflow } of workflows) expect(workflow.on).not.toHaveProperty('pull_request_target');
});
