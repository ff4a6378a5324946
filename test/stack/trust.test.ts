import { describe, expect, it } from 'vitest';
import { readTemplate, resourcesOf, walk } from './template.ts';

const template = readTemplate();
const roles = resourcesOf(template, 'AWS::IAM::Role');
const isGithubs = (id: string) => id.startsWith('Github');

interface Conditioned {
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
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

  it.each(Object.entries(environments))(
    '%s is for one environment alone, in both forms',
    (id, environment) => {
      const document = template.Resources[id]?.Properties?.AssumeRolePolicyDocument as {
        readonly Statement: readonly Conditioned[];
      };
      expect(document.Statement.map(({ Condition }) => Condition)).toEqual([
        {
          StringEquals: {
            'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
            'token.actions.githubusercontent.com:sub': [
              expect.stringMatching(new RegExp(`^repo:[\\w-]+/[\\w.-]+:environment:${environment}$`)),
              expect.stringMatching(
                new RegExp(`^repo:[\\w-]+@\\d+/[\\w.-]+@\\d+:environment:${environment}$`),
              ),
            ],
          },
        },
      ]);
    },
  );

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
