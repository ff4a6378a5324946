import { expect, it } from 'vitest';
import { isOwn } from './commentRun.ts';
import { readContext } from './context.ts';

const environment = { GITHUB_REPOSITORY: 'example/mail' };
const pull = (repo: unknown) => ({
  pull_request: { number: 1, base: { sha: 'a' }, head: { sha: 'b', repo } },
});
const run = (repository: unknown) => ({
  workflow_run: { head_sha: 'b', head_branch: 'change', head_repository: repository },
});
const [ours, theirs] = [{ full_name: 'example/mail' }, { full_name: 'stranger/mail' }];

it.each([
  ['a pull request from a branch of this repository', pull(ours), true],
  ['a pull request from a fork', pull(theirs), false],
  ['a pull request from a fork that is gone', pull(null), false],
  ['a run for a branch of this repository', run(ours), true],
  ['a run for a fork', run(theirs), false],
  ['a run for a fork that is gone', run(null), false],
  ['a run for a fork, beside a pull request of this repository', { ...pull(ours), ...run(theirs) }, false],
  ['an event that is about neither', {}, false],
])('tells whether %s is from this repository', (_, event, expected) => {
  expect(isOwn(readContext(environment, event))).toBe(expected);
});
