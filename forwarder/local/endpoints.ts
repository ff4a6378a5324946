import { randomUUID } from 'node:crypto';
import { answerCloudWatch, type CloudWatch } from './cloudWatch.ts';
import type { Lambda } from './lambda/lambda.ts';
import { answerLambda, type EventSources } from './lambda/lambdaApi.ts';
import { type HttpServer, type Response, startHttpServer } from './servers/httpServer.ts';
import { answerSesV1, xml } from './ses/queryApi.ts';
import { answerSesV2 } from './ses/restApi.ts';
import type { Ses } from './ses/ses.ts';
import type { Sns } from './sns.ts';
import { answerSns } from './snsApi.ts';
import type { Place } from './template/resourceNames.ts';
import type { Stack } from './template/stack.ts';

interface Services {
  readonly place: Place;
  /** Asked at each call: the functions are started with the address of this server. */
  lambda(): Lambda;
  readonly ses: Ses;
  /** The functions' resource policies by ARN. */
  readonly policies: ReadonlyMap<string, string>;
  readonly sources: EventSources;
  readonly cloudWatch: CloudWatch;
  sns(): Sns;
}

/** One address for the services that have no server of their own; their paths tell them apart. */
export function startEndpoints(services: Services): Promise<HttpServer> {
  const { place, lambda, ses, policies, sources, cloudWatch, sns } = services;
  const { region, account } = place;
  const policyOf = (name: string) => policies.get(`arn:aws:lambda:${region}:${account}:function:${name}`);
  return startHttpServer(async (request) => {
    if (request.path.startsWith('/2015-03-31/')) return answerLambda(lambda(), policyOf, sources, request);
    if (request.path.startsWith('/sts')) return answerSts(account);
    if (request.path.startsWith('/sns')) return answerSns(sns(), request);
    if (request.path.startsWith('/monitoring')) return answerCloudWatch(cloudWatch, request);
    return request.path.startsWith('/v2/email/') ? answerSesV2(ses, request) : answerSesV1(ses, request);
  });
}

/** STS's GetCallerIdentity: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html. */
function answerSts(account: string): Response {
  const GetCallerIdentityResult = { Arn: `arn:aws:iam::${account}:root`, UserId: account, Account: account };
  const body = xml({ GetCallerIdentityResult, ResponseMetadata: { RequestId: randomUUID() } });
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${body}</GetCallerIdentityResponse>`,
  };
}

interface BucketPolicyProperties {
  readonly Bucket: string;
  readonly PolicyDocument: unknown;
}

interface PermissionProperties {
  readonly FunctionName: string;
  readonly Action: string;
  readonly Principal: string;
  readonly SourceAccount?: string;
  readonly SourceArn?: string;
}

/**
 * Who else may use the stack's buckets and functions: their resource policies as JSON, by ARN. They are kept and told,
 * not enforced. Whoever breaks one changes it here.
 */
export function resourcePolicies(stack: Stack): Map<string, string> {
  const buckets = stack
    .ofType<BucketPolicyProperties>('AWS::S3::BucketPolicy')
    .map(
      ({ properties }) =>
        [`arn:aws:s3:::${properties.Bucket}`, JSON.stringify(properties.PolicyDocument)] as const,
    );
  const permissions = stack.ofType<PermissionProperties>('AWS::Lambda::Permission');
  const functions = new Set(permissions.map(({ properties }) => properties.FunctionName));
  return new Map([
    ...buckets,
    ...[...functions].map((name): [string, string] => [
      name,
      JSON.stringify({
        Version: '2012-10-17',
        Statement: permissions
          .filter(({ properties }) => properties.FunctionName === name)
          .map(({ logicalId, properties }) => statement(logicalId, properties)),
      }),
    ]),
  ]);
}

/** As Lambda writes a permission: https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html. */
function statement(
  Sid: string,
  { FunctionName, Action, Principal, SourceAccount, SourceArn }: PermissionProperties,
) {
  return {
    Sid,
    Effect: 'Allow',
    Principal: { Service: Principal },
    Action,
    Resource: FunctionName,
    Condition: {
      ...(SourceAccount === undefined ? {} : { StringEquals: { 'AWS:SourceAccount': SourceAccount } }),
      ...(SourceArn === undefined ? {} : { ArnLike: { 'AWS:SourceArn': SourceArn } }),
    },
  };
}
