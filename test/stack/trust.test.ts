import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { layForwarder, pack, packagedFolder } from '../packaged.ts';
import { readTemplate, resourcesOf, type Template, walk } from './template.ts';

const template = readTemplate();
const roles = resourcesOf(template, 'AWS::IAM::Role');
const isGithubs = (id: string) => id.startsWith('Github');

interface Conditioned {
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Who may take a role, as GitHub names them; nobody else may. */
function subjectsOf({ Resources }: Template, id: string): unknown {
  const document = Resources[id]?.Properties?.AssumeRolePolicyDocument as {
    readonly Statement: readonly Conditioned[];
  };
  const [statement, ...others] = document.Statement;
  const { [subject]: subjects, ...rest } = statement?.Condition?.StringEquals ?? {};
  expect(others).toEqual([]);
  expect(Object.keys(statement?.Condition ?? {})).toEqual(['StringEquals']);
  expect(rest).toEqual({ 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' });
  return subjects;
}

const subject = 'token.actions.githubusercontent.com:sub';

function stageWith(settings: string): string {
  return `region: eu-west-1
senderLocalPart: forwarder-daemon
bounceSender: mailer-daemon@example.com
alarmAddress: maintainers@example.org
recipients: []
tlsPolicy: Optional
limits: { bounces: 0, softBounces: 3, bounceRate: 0.05 }
logRetentionDays: 90
github:
  owner: group
  repository: mail
  ownerId: 11
  repositoryId: 12
  ${settings}
`;
}

describe('the roles that GitHub takes', () => {
  const environments = { GithubReadRole: 'read', GithubSyncRole: 'sync', GithubDeployRole: 'deploy' };

  it('are three', () => {
    expect(
      roles
        .map(([id]) => id)
        .filter(isGithubs)
        .sort(),
    ).toEqual(Object.keys(environments).sort());
  });

  it.each([
    ['an environment of its own', '', 'environment:ENVIRONMENT'],
    ['an environment of its own', 'trust: environment', 'environment:ENVIRONMENT'],
    ['the default branch', 'trust: branch', 'ref:refs/heads/main'],
    ['the default branch', 'trust: branch\n  branch: release/next', 'ref:refs/heads/release/next'],
  ])('are each for %s alone with %j, in both forms', async (_, settings, trusted) => {
    const folder = await mkdtemp(join(tmpdir(), 'aliasops-trust-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    layForwarder(folder);
    await cp(join(packagedFolder, 'dist'), join(folder, 'dist'), { recursive: true });
    await writeFile(join(folder, 'stages/production.yml'), stageWith(settings));
    pack(folder);
    const packed = readTemplate(folder);
    for (const [id, environment] of Object.entries(environments)) {
      const subject = trusted.replace('ENVIRONMENT', environment);
      expect(subjectsOf(packed, id)).toEqual([
        `repo:group/mail:${subject}`,
        `repo:group@11/mail@12:${subject}`,
      ]);
    }
  });

  it('make roles below the boundary alone', () => {
    const makes = [...walk(template.Resources.GithubDeployRole)]
      .map(([, value]) => value as (Conditioned & { readonly Action?: unknown }) | null)
      .filter((value) => Array.isArray(value?.Action) && value.Action.includes('iam:CreateRole'));
    expect(makes).toHaveLength(1);
    expect(makes[0]?.Condition).toHaveProperty(['StringEquals', 'iam:PermissionsBoundary']);
  });
});

describe('the roles of functions', () => {
  it.each(roles.filter(([id]) => !isGithubs(id)))('%s stands below the boundary', (_, { Properties }) => {
    expect(Properties?.PermissionsBoundary).toEqual({ Ref: 'RoleBoundary' });
  });

  it('send in the name of the stage alone', () => {
    const sends = [...walk(template.Resources)]
      .map(([, value]) => value as (Conditioned & { readonly Sid?: string }) | null)
      .filter((value) => value?.Sid === 'SendForwards' || value?.Sid === 'SendBounces');
    expect(sends).toHaveLength(4);
    for (const { Condition } of sends as Conditioned[]) {
      expect(Object.values(Condition ?? {}).flatMap(Object.keys)).toEqual(['ses:FromAddress']);
    }
  });
});

describe('what SES may do', () => {
  it('names the account and the rule for each function', () => {
    for (const id of ['SpamPermission', 'ProcessPermission']) {
      expect(template.Resources[id]?.Properties).toMatchObject({
        Principal: 'ses.amazonaws.com',
        SourceAccount: { Ref: 'AWS::AccountId' },
        SourceArn: { 'Fn::Sub': expect.stringMatching(/:receipt-rule-set\/.*:receipt-rule\//) },
      });
    }
  });

  it.each(['MessageBucketPolicy', 'BounceTopicPolicy', 'ComplaintTopicPolicy'])(
    'names the account and the source in %s',
    (id) => {
      const document = template.Resources[id]?.Properties?.PolicyDocument as {
        readonly Statement: readonly (Conditioned & { readonly Principal: unknown })[];
      };
      const ours = document.Statement.filter(({ Principal }) =>
        JSON.stringify(Principal).includes('ses.amazonaws.com'),
      );
      expect(ours).toHaveLength(1);
      const keys = Object.values(ours[0]?.Condition ?? {}).flatMap(Object.keys);
      expect(keys.sort()).toEqual(['AWS:SourceAccount', 'AWS:SourceArn']);
    },
  );
});
