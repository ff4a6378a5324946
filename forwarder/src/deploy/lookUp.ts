import {
  CloudFormationClient,
  GetTemplateCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetOpenIDConnectProviderCommand, IAMClient } from '@aws-sdk/client-iam';
import { S3Client } from '@aws-sdk/client-s3';
import { ListReceiptRuleSetsCommand, SESClient } from '@aws-sdk/client-ses';
import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { bucketOf, type StackNames } from '../../../schema/src/stage/stage.ts';
import { observeBucket } from '../account/observeBucket.ts';
import { orMissing } from '../account/place.ts';
import type { Existing } from './existing.ts';

export interface LookedUp {
  readonly existing: Existing;
  /** Logical ids of the deployed stack; empty when there is none. */
  readonly owned: ReadonlySet<string>;
  /** The resources of the deployed template. */
  readonly deployed: Readonly<Record<string, unknown>>;
}

/** Finds out what is there already, and what of it the stack has. Writes nothing. */
export async function lookUp(region: string, names: StackNames): Promise<LookedUp> {
  const { Arn = '', Account = '' } = await new STSClient({ region }).send(new GetCallerIdentityCommand({}));
  const partition = Arn.split(':')[1] ?? 'aws';
  const formation = new CloudFormationClient({ region });
  const wanted = bucketOf(names, Account);
  const [tables, owner, topics, sets, hasProvider, owned, deployed] = await Promise.all([
    findTables(new DynamoDBClient({ region }), names),
    observeBucket(new S3Client({ region }), wanted, Account),
    findTopics(new SNSClient({ region }), names, `arn:${partition}:sns:${region}:${Account}`),
    new SESClient({ region }).send(new ListReceiptRuleSetsCommand({})),
    isThere(
      new IAMClient({ region }).send(
        new GetOpenIDConnectProviderCommand({
          OpenIDConnectProviderArn: providerArn(partition, Account),
        }),
      ),
    ),
    ownedIds(formation, names.stack),
    deployedResources(formation, names.stack),
  ]);
  return {
    owned,
    deployed,
    existing: {
      tables,
      topics,
      hasRuleSet: (sets.RuleSets ?? []).some(({ Name }) => Name === names.ruleSet),
      ...(owner === 'missing' ? {} : { bucket: { name: wanted, isOurs: owner === 'ours' } }),
      ...(hasProvider ? { oidcProvider: providerArn(partition, Account) } : {}),
    },
  };
}

function providerArn(partition: string, account: string): string {
  return `arn:${partition}:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;
}

async function findTables(client: DynamoDBClient, names: StackNames): Promise<Existing['tables']> {
  const wanted = [names.definitions, names.domains, names.aliases, names.bounces, names.deliveries];
  const found = await Promise.all(
    wanted.map(async (name) => {
      const answer = await orMissing(client.send(new DescribeTableCommand({ TableName: name })));
      const { StreamSpecification, LatestStreamArn } = answer?.Table ?? {};
      const streamArn = StreamSpecification?.StreamEnabled === true ? LatestStreamArn : undefined;
      return answer === undefined ? [] : [[name, streamArn === undefined ? {} : { streamArn }] as const];
    }),
  );
  return new Map(found.flat());
}

async function findTopics(client: SNSClient, names: StackNames, place: string): Promise<Existing['topics']> {
  const found = await Promise.all(
    [names.bounceTopic, names.complaintTopic].map(async (name) => {
      const arn = `${place}:${name}`;
      const exists = await isThere(client.send(new GetTopicAttributesCommand({ TopicArn: arn })));
      return exists ? [[name, arn] as const] : [];
    }),
  );
  return new Map(found.flat());
}

async function ownedIds(client: CloudFormationClient, stackName: string): Promise<Set<string>> {
  const pages = async () => {
    const ids = new Set<string>();
    for await (const page of paginateListStackResources({ client }, { StackName: stackName })) {
      for (const { LogicalResourceId, ResourceStatus = '' } of page.StackResourceSummaries ?? []) {
        if (LogicalResourceId !== undefined && !ResourceStatus.startsWith('DELETE_'))
          ids.add(LogicalResourceId);
      }
    }
    return ids;
  };
  return (await orMissing(pages())) ?? new Set();
}

async function deployedResources(
  client: CloudFormationClient,
  stackName: string,
): Promise<LookedUp['deployed']> {
  const answer = await orMissing(client.send(new GetTemplateCommand({ StackName: stackName })));
  if (answer?.TemplateBody === undefined) return {};
  return (JSON.parse(answer.TemplateBody) as { Resources?: LookedUp['deployed'] }).Resources ?? {};
}

async function isThere(answer: Promise<unknown>): Promise<boolean> {
  return (await orMissing(answer)) !== undefined;
}
