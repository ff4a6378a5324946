import { GetPolicyCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { GetBucketPolicyCommand, type S3Client } from '@aws-sdk/client-s3';
import type { StackNames } from '../../../schema/src/stage/stage.ts';
import type { GrantFacts } from './findings.ts';
import { functionArn, objectArn, orMissing, type Place, ruleArn } from './place.ts';

/**
 * Whether SES may do what the receipt rules have it do: lay mails in the bucket, where it is ours, and invoke two
 * functions.
 */
export async function observeGrants(
  { s3, lambda }: { readonly s3: S3Client; readonly lambda: LambdaClient },
  names: StackNames,
  place: Place,
  bucket: string | undefined,
): Promise<GrantFacts[]> {
  const invoked = [
    { name: names.spam, rule: names.spamRule },
    { name: names.process, rule: names.processRule },
  ];
  const { account } = place;
  const [bucketPolicy, ...functionPolicies] = await Promise.all([
    bucket === undefined
      ? undefined
      : orMissing(s3.send(new GetBucketPolicyCommand({ Bucket: bucket, ExpectedBucketOwner: account }))),
    ...invoked.map(({ name }) => orMissing(lambda.send(new GetPolicyCommand({ FunctionName: name })))),
  ]);
  const isGranted = (policy: string | undefined, action: string, resource: string, rule: string) =>
    policy !== undefined &&
    letsSes(policy, { action, resource, account, rule: ruleArn(place, names.ruleSet, rule) });
  return [
    ...(bucket === undefined
      ? []
      : [
          {
            kind: 'bucket' as const,
            name: bucket,
            isGranted: isGranted(
              bucketPolicy?.Policy,
              's3:PutObject',
              objectArn(place, bucket, 'id'),
              names.processRule,
            ),
          },
        ]),
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

/** What SES is to be let do, and for whom. */
export interface Wanted {
  readonly action: string;
  /** ARN. */
  readonly resource: string;
  readonly account: string;
  /** The ARN of the receipt rule in whose name SES comes. */
  readonly rule: string;
}

/**
 * Whether a resource policy (JSON) lets SES do something for a receipt rule of the account. What it does not understand,
 * such as a condition of another kind, it takes for a no.
 * https://docs.aws.amazon.com/ses/latest/dg/receiving-email-permissions.html
 */
export function letsSes(policy: string, wanted: Wanted): boolean {
  const { Statement } = JSON.parse(policy) as { readonly Statement?: Statement | readonly Statement[] };
  const about = [Statement ?? []].flat().filter((statement) => isAbout(statement as Statement, wanted));
  const applying = (about as Statement[]).filter((statement) => conditionsHold(statement, wanted));
  return (
    applying.some(({ Effect }) => Effect === 'Allow') && applying.every(({ Effect }) => Effect === 'Allow')
  );
}

type Texts = string | readonly string[];

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, Texts>>;
  readonly Action?: Texts;
  readonly Resource?: Texts;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Texts | boolean>>>>;
}

function isAbout({ Principal, Action, Resource }: Statement, { action, resource }: Wanted): boolean {
  const services = Principal === '*' ? '*' : (Principal?.Service ?? Principal?.AWS ?? []);
  return (
    listOf(services).some((service) => service === '*' || service === 'ses.amazonaws.com') &&
    listOf(Action).some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
    listOf(Resource).some((pattern) => matches(pattern, resource))
  );
}

/** SES comes with TLS, for its rule and the rule's account: what a condition asks about anything else does not hold. */
function conditionsHold({ Condition = {} }: Statement, { account, rule }: Wanted): boolean {
  const known: Readonly<Record<string, string>> = {
    'aws:sourceaccount': account,
    // The old form of the above.
    'aws:referer': account,
    'aws:sourcearn': rule,
    'aws:securetransport': 'true',
  };
  return Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => {
      const value = known[key.toLowerCase()];
      if (value === undefined) return false;
      const texts = [values].flat().map(String);
      if (operator === 'StringEquals' || operator === 'ArnEquals' || operator === 'Bool')
        return texts.includes(value);
      return (
        (operator === 'StringLike' || operator === 'ArnLike') &&
        texts.some((pattern) => matches(pattern, value))
      );
    }),
  );
}

function listOf(texts: Texts | undefined): readonly string[] {
  return texts === undefined ? [] : [texts].flat();
}

/** With IAM's `*` and `?`. */
function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}
