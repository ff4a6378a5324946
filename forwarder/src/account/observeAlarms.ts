import { type CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { paginateListSubscriptionsByTopic, type SNSClient } from '@aws-sdk/client-sns';
import type { AlarmAddress } from './findings.ts';
import { orMissing } from './place.ts';

/** Whether the address that is to be told of alarms gets them. `topic` is the ARN of their topic. */
export async function observeAlarmAddress(
  sns: SNSClient,
  topic: string,
  address: string,
): Promise<AlarmAddress> {
  const found = await orMissing(subscriptions(sns, topic, address));
  if (found === undefined) return 'no-topic';
  // SNS has an ARN for those that were confirmed.
  if (found.some((arn) => arn.startsWith('arn:'))) return 'confirmed';
  return found.includes('PendingConfirmation') ? 'pending' : 'not-asked';
}

async function subscriptions(sns: SNSClient, topic: string, address: string): Promise<string[]> {
  const found: string[] = [];
  for await (const page of paginateListSubscriptionsByTopic({ client: sns }, { TopicArn: topic })) {
    for (const { Protocol, Endpoint = '', SubscriptionArn = '' } of page.Subscriptions ?? []) {
      const isTheirs = Protocol === 'email' && Endpoint.toLowerCase() === address.toLowerCase();
      if (isTheirs) found.push(SubscriptionArn);
    }
  }
  return found;
}

/**
 * Whether CloudWatch has made a metric of what the functions log within three hours: of one that is measured every five
 * minutes, whatever mail there is, and without dimensions, as the alarms look at it.
 */
export async function observeMetrics(cloudWatch: CloudWatchClient): Promise<boolean> {
  const { Metrics = [] } = await cloudWatch.send(
    new ListMetricsCommand({ Namespace: 'SES-Forward', MetricName: 'queue-depth', RecentlyActive: 'PT3H' }),
  );
  return Metrics.some(({ Dimensions = [] }) => Dimensions.length === 0);
}
