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
  readonly steps: readonly Step[];
}

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly 'continue-on-error'?: boolean;
}

describe.each(workflows)('$name', ({ text, workflow }) => {
  it('grants nothing on top, and gives a reason for each grant below', () => {
    expect(workflow.permissions).toEqual({});
    for (const line of text.split('\n')) {
      if (/^ {6}[a-z-]+: (read|write)\b/.test(line)) expect(line).toMatch(/# \S/);
    }
  });

  it('ends in time, and runs not beside itself', () => {
    expect(workflow.concurrency).toBeDefined();
    for (const job of Object.values(workflow.jobs)) expect(job['timeout-minutes']).toBeGreaterThan(0);
  });

  it('takes every action of others at a commit, and leaves no credentials in a checkout', () => {
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
    for (const { uses, with: inputs } of steps) {
      if (uses === undefined || uses.startsWith('./')) continue;
      expect(uses).toMatch(/@[0-9a-f]{40}$/);
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
});

it.each(['ci', 'plan'])('%s, which a merge may require, runs in the merge queue too', (name) => {
  const { workflow } = workflows.find((one) => one.name === `${name}.yml`) ?? {};
  expect(workflow?.on).toHaveProperty('merge_group');
});

it('sync runs one at a time, and drops none', () => {
  const { workflow } = workflows.find(({ name }) => name === 'sync.yml') ?? {};
  expect(workflow?.concurrency).toMatchObject({ group: 'sync', 'cancel-in-progress': false, queue: 'max' });
});

it('sync tries once more what passes, with the same inputs, and fails with everything else', () => {
  const { workflow } = workflows.find(({ name }) => name === 'sync.yml') ?? {};
  const [first, again, end] = workflow?.jobs.sync?.steps.slice(-3) ?? [];
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
  const role = workflow?.jobs.comment?.steps.find(({ uses }) => uses?.startsWith('aws-actions/'));
  expect(role?.['continue-on-error']).toBe(true);
});

it('a merge is synced, or told that it is not for want of a role', () => {
  const { workflow } = workflows.find(({ name }) => name === 'sync.yml') ?? {};
  const { sync, unsynced } = workflow?.jobs ?? {};
  const onDefault = 'github.ref_name == github.event.repository.default_branch && vars.AWS_SYNC_ROLE';
  expect(sync?.if).toBe(`${onDefault} != ''`);
  expect(unsynced?.if).toBe(`${onDefault} == ''`);
  expect(unsynced?.permissions).toEqual({ contents: 'read', 'pull-requests': 'write' });
  expect(unsynced?.steps.at(-1)).toEqual({ uses: './action', with: { command: 'unsynced' } });
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
