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

export function objectArn({ partition }: Place, bucket: string, key: string): string {
  return `arn:${partition}:s3:::${bucket}/${key}`;
}
