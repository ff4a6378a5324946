import type { Stack } from './template/stack.ts';

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
