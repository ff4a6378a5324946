import { GetPolicyCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { GetBucketPolicyCommand, type S3Client } from '@aws-sdk/client-s3';
import { functionArn, objectArn, type Place, ruleArn } from './arns.ts';
import type { GrantFacts } from './facts.ts';
import { orMissing } from './missing.ts';
import type { StackNames } from './names.ts';
import { letsSes } from './sesGrant.ts';

/** Whether SES may do what the receipt rules have it do: lay mails in the bucket, invoke two functions. */
export async function observeGrants(
  { s3, lambda }: { readonly s3: S3Client; readonly lambda: LambdaClient },
  names: StackNames,
  place: Place,
): Promise<GrantFacts[]> {
  const invoked = [
    { name: names.spam, rule: names.spamRule },
    { name: names.process, rule: names.processRule },
  ];
  const { account } = place;
  const bucket = names.bucket.replace('ACCOUNT', account);
  const [bucketPolicy, ...functionPolicies] = await Promise.all([
    orMissing(s3.send(new GetBucketPolicyCommand({ Bucket: bucket, ExpectedBucketOwner: account }))),
    ...invoked.map(({ name }) => orMissing(lambda.send(new GetPolicyCommand({ FunctionName: name })))),
  ]);
  const isGranted = (policy: string | undefined, action: string, resource: string, rule: string) =>
    policy !== undefined &&
    letsSes(policy, { action, resource, account, rule: ruleArn(place, names.ruleSet, rule) });
  return [
    {
      kind: 'bucket',
      name: bucket,
      isGranted: isGranted(
        bucketPolicy?.Policy,
        's3:PutObject',
        objectArn(place, bucket, 'id'),
        names.processRule,
      ),
    },
    ...invoked.map(({ name, rule }, index) => ({
      kind: 'function' as const,
      name,
      isGranted: isGranted(
        functionPolicies[index]?.Policy,
        'lambda:InvokeFunction',
        functionArn(place, name),
        rule,
      ),
    })),
  ];
}
