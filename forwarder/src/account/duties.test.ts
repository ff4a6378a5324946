import { describe, expect, it } from 'vitest';
import { reasonCodes } from '../../../schema/src/records/reasonCodes.ts';
import { strictRules } from './branchRules.ts';
import { curesOf } from './cures.ts';
import { dutiesOf, type Wanted } from './duties.ts';
import type { Environment, Repository } from './repository.ts';

const onlyMain = [{ id: 1, pattern: 'main', type: 'branch' }];
const environment = (name: string, policies: Environment['policies'] = onlyMain): Environment => ({
  name,
  policies,
  gates: {},
});
const arn = (name: string) => `arn:aws:iam::123456789012:role/aliasops-production-github-${name}`;

const right: Repository = {
  id: 2,
  ownerId: 1,
  defaultBranch: 'main',
  labels: { found: reasonCodes.map((code) => `allow-${code}`) },
  environments: { found: ['read', 'sync', 'deploy'].map((name) => environment(name)) },
  variables: {
    found: new Map([
      ['AWS_REGION', 'eu-west-1'],
      ['AWS_READ_ROLE', arn('read')],
      ['AWS_SYNC_ROLE', arn('sync')],
      ['AWS_DEPLOY_ROLE', arn('deploy')],
    ]),
  },
  protection: { found: { rules: strictRules([], 9), actionsApp: 9 } },
  codeOwnerErrors: { found: [] },
  drift: { found: { state: 'active', lastRun: { age: 3_600, conclusion: 'success' } } },
};

const wanted: Wanted = {
  settings: {
    region: 'eu-west-1',
    github: { owner: 'group', repository: 'mail', ownerId: 1, repositoryId: 2 },
  },
  stage: 'production',
  cures: curesOf('production', {}),
  stack: 'aliasops-production',
  place: { partition: 'aws', region: 'eu-west-1', account: '123456789012' },
  codeOwners: '* @group/maintainers\n',
};

/** Each fault as `LEVEL CHECK: SUBJECT: MESSAGE`, and how many steps mend it. */
function faults(repository: Repository, to: Wanted = wanted): [fault: string, steps: number][] {
  return dutiesOf(repository, to).flatMap(({ check, subject, fault, steps }) =>
    fault === undefined ? [] : [[`${fault.level} ${check}: ${subject}: ${fault.message}`, steps.length]],
  );
}

const others = right.environments.found?.slice(1) ?? [];
const reading = (policies?: Environment['policies']) => ({
  ...right,
  environments: {
    found: [policies === undefined ? { name: 'read', gates: {} } : environment('read', policies), ...others],
  },
});
const { place: _, ...withoutAccount } = wanted;
const trusting = (github: Partial<Wanted['settings']['github']>): Wanted => ({
  ...wanted,
  settings: { ...wanted.settings, github: { ...wanted.settings.github, ...github } },
});
/** The variables, with that of what is trusted. */
const told = (trust: string) => new Map([...(right.variables.found ?? []), ['AWS_TRUST', trust]]);
const withoutEnvironments = { ...right, environments: { found: [] }, variables: { found: told('branch') } };
const numbers =
  'warning repository-id: group/mail: the settings have other numbers: the roles in AWS may not trust its workflows';

describe('dutiesOf', () => {
  it.each<[string, Repository, Wanted, ReturnType<typeof faults>]>([
    ['nothing where all is right', right, wanted, []],
    ['another number of the repository', { ...right, id: 3 }, wanted, [[numbers, 0]]],
    ['another number of the owner', { ...right, ownerId: 3 }, wanted, [[numbers, 0]]],
    [
      'a label that is missing',
      { ...right, labels: { found: (right.labels.found ?? []).filter((name) => name !== 'allow-rollback') } },
      wanted,
      [['warning labels: labels: allow-rollback is missing', 1]],
    ],
    [
      'an environment that is missing',
      { ...right, environments: { found: others } },
      wanted,
      [
        [
          'error environment: environment read: it is missing: GitHub makes it, open to every branch, for the first workflow that names it',
          2,
        ],
      ],
    ],
    [
      'an environment without a limit',
      reading(),
      wanted,
      [
        [
          'error environment: environment read: other branches may use it: its role in AWS is open to them',
          2,
        ],
      ],
    ],
    [
      'an environment that another branch may use too',
      reading([...onlyMain, { id: 2, pattern: 'm*', type: 'branch' }]),
      wanted,
      [
        [
          'error environment: environment read: branch m* may use it too: its role in AWS is open to what matches',
          1,
        ],
      ],
    ],
    [
      'an environment that a tag may use, called as the branch',
      reading([{ id: 2, pattern: 'main', type: 'tag' }]),
      wanted,
      [
        [
          'error environment: environment read: tag main may use it too: its role in AWS is open to what matches',
          2,
        ],
      ],
    ],
    [
      'an environment that no branch may use',
      reading([]),
      wanted,
      [['error environment: environment read: no branch may use it', 1]],
    ],
    [
      'a region that is not that of the stage',
      right,
      { ...wanted, settings: { ...wanted.settings, region: 'us-east-1' } },
      [['warning variable: variable AWS_REGION: it is not us-east-1', 1]],
    ],
    [
      'roles that nobody can compare',
      right,
      withoutAccount,
      ['READ', 'SYNC', 'DEPLOY'].map((name) => [
        `unseen variable: variable AWS_${name}_ROLE: not looked at: there are no credentials of the account in AWS to compare it with`,
        0,
      ]),
    ],
    [
      'roles that nobody can set',
      { ...right, variables: { found: new Map([['AWS_REGION', 'eu-west-1']]) } },
      withoutAccount,
      ['READ', 'SYNC', 'DEPLOY'].map((name) => [
        `warning variable: variable AWS_${name}_ROLE: it is missing`,
        0,
      ]),
    ],
    [
      'a branch without rules',
      { ...right, protection: { found: { rules: strictRules([], 9).slice(0, -1), actionsApp: 9 } } },
      wanted,
      [['error ruleset: branch main: it can be deleted', 1]],
    ],
    ['nothing where the default branch is trusted', withoutEnvironments, trusting({ trust: 'branch' }), []],
    [
      'workflows that name environments where the branch is trusted',
      right,
      trusting({ trust: 'branch' }),
      [['warning variable: variable AWS_TRUST: it is missing', 1]],
    ],
    [
      'workflows that name none where environments are trusted',
      { ...right, variables: { found: told('branch') } },
      wanted,
      [['warning variable: variable AWS_TRUST: it is not environment', 1]],
    ],
    [
      'nothing where both say that environments are trusted',
      { ...right, variables: { found: told('environment') } },
      trusting({ trust: 'environment' }),
      [],
    ],
    [
      'another branch than the default one that is trusted',
      withoutEnvironments,
      trusting({ trust: 'branch', branch: 'trunk' }),
      [['error trust: branch trunk: the roles trust it, but the default branch is main', 0]],
    ],
    [
      'nothing where the default branch has another name, which is trusted',
      { ...withoutEnvironments, defaultBranch: 'trunk' },
      trusting({ trust: 'branch', branch: 'trunk' }),
      [],
    ],
    [
      'code owners of the template',
      right,
      { ...wanted, codeOwners: '* @example/maintainers\n' },
      [
        [
          'error code-owners: .github/CODEOWNERS: line 1 still names @example/maintainers: GitHub knows no such owner, and anybody who may write may approve',
          0,
        ],
      ],
    ],
  ])('finds %s', (_, repository, to, expected) => {
    expect(faults(repository, to)).toEqual(expected);
  });

  it('says of each part why it could not be looked at, and does nothing about it', () => {
    const part = { fault: 'GitHub answers 403' };
    const blind = {
      labels: part,
      environments: part,
      variables: part,
      protection: part,
      codeOwnerErrors: part,
    };
    const found = faults({ ...right, ...blind });
    expect(found).toHaveLength(10);
    for (const [fault, steps] of found) {
      expect(fault).toMatch(/^unseen .*: not looked at: GitHub answers 403$/);
      expect(steps).toBe(0);
    }
  });
});
