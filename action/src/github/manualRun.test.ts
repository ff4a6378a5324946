import { describe, expect, it } from 'vitest';
import type { Code } from '../guard/reason.ts';
import { githubApi } from './api.ts';
import { readInputs } from './inputs.ts';
import { requireMaintainer, starterOf } from './manualRun.ts';

const dispatch = 'workflow_dispatch';
const removal: Code = 'mass-removal';

describe('requireMaintainer', () => {
  it.each<[string, string, readonly [first?: string, last?: string], string, boolean, string | undefined]>([
    ['a maintainer', dispatch, ['maintainer', 'maintainer'], removal, false, undefined],
    ['a maintainer who deletes rows of others', dispatch, ['maintainer'], '', true, undefined],
    ['a member who allows nothing', dispatch, ['member', 'member'], '', false, undefined],
    ['a member who merges', 'push', ['member', 'member'], removal, true, undefined],
    ['a member', dispatch, ['member', 'member'], removal, false, '`allow: mass-removal` does not count'],
    ['a program of a member', 'repository_dispatch', ['member'], removal, false, 'member does not maintain'],
    ['a member who deletes rows of others', dispatch, ['member'], '', true, '`prune-foreign: true` does not'],
    ['a member who does both', dispatch, ['member'], removal, true, 'and `prune-foreign: true` do not count'],
    ['a member who runs it again', dispatch, ['maintainer', 'member'], removal, false, 'member does not'],
    ['a maintainer who runs it again', dispatch, ['member', 'maintainer'], removal, false, 'member does not'],
    ['nobody who is known', dispatch, [], removal, false, 'GitHub does not say who started this run'],
  ])('judges a run by %s', async (_, event, [first, last], allow, prunes, refusal) => {
    const given: Readonly<Record<string, string>> = {
      command: 'sync',
      allow,
      'prune-foreign': String(prunes),
    };
    const asked = requireMaintainer({
      inputs: readInputs((name) => given[name] ?? ''),
      environment: { GITHUB_EVENT_NAME: event, GITHUB_ACTOR: first, GITHUB_TRIGGERING_ACTOR: last },
      openApi: async () => ({
        ...githubApi('token', 'example', 'mail'),
        maintains: async (login) => login === 'maintainer',
      }),
    });
    if (refusal === undefined) await expect(asked).resolves.toBeUndefined();
    else await expect(asked).rejects.toThrow(refusal);
  });
});

it.each([
  [{ GITHUB_ACTOR: 'first', GITHUB_TRIGGERING_ACTOR: 'last' }, 'last'],
  [{ GITHUB_ACTOR: 'first' }, 'first'],
  [{}, 'somebody unknown'],
])('takes of %j whoever started the run last', (environment, expected) => {
  expect(starterOf(environment)).toBe(expected);
});
