/** Where a stack stands. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

export function topicArn({ partition, region, account }: Place, topic: string): string {
  return `arn:${partition}:sns:${region}:${account}:${topic}`;
}

export function ruleArn({ partition, region, account }: Place, ruleSet: string, rule: string): string {
  return `arn:${partition}:ses:${region}:${account}:receipt-rule-set/${ruleSet}:receipt-rule/${rule}`;
}

export function functionArn({ partition, region, account }: Place, name: string): string {
  return `arn:${partition}:lambda:${region}:${account}:function:${name}`;
}

export function roleArn({ partition, account }: Place, role: string): string {
  return `arn:${partition}:iam::${account}:role/${role}`;
}

export function objectArn({ partition }: Place, bucket: string, key: string): string {
  return `arn:${partition}:s3:::${bucket}/${key}`;
}

/** The answer of a service; undefined when it says that there is no such thing. */
export async function orMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && isMissing(error)) return undefined;
    throw error;
  }
}

const missing = new Set([
  'NoSuchBucket',
  'NoSuchBucketPolicy',
  'NoSuchEntityException',
  'NotFound',
  'NotFoundException',
  'ResourceNotFoundException',
]);

/** CloudFormation has no distinct error for a stack that does not exist. */
function isMissing({ name, message }: Error): boolean {
  return missing.has(name) || (name === 'ValidationError' && /does not exist/.test(message));
}
