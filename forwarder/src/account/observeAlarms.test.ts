import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { SNSClient } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { observeAlarmAddress, observeMetrics } from './observeAlarms.ts';

const region = 'eu-west-1';
const topic = 'arn:aws:sns:eu-west-1:123456789012:aliasops-production-alarms';

interface Subscription {
  readonly Protocol: string;
  readonly Endpoint: string;
  readonly SubscriptionArn: string;
}

/** SNS with two pages of subscriptions. */
function sns(first: readonly Subscription[], second: readonly Subscription[] = []): SNSClient {
  return Object.assign(new SNSClient({ region }), {
    send: async ({ input }: { readonly input: { readonly NextToken?: string } }) =>
      input.NextToken === undefined ? { Subscriptions: first, NextToken: 'more' } : { Subscriptions: second },
  });
}

const confirmed = `${topic}:1`;
const email = (Endpoint: string, SubscriptionArn: string, Protocol = 'email') => ({
  Protocol,
  Endpoint,
  SubscriptionArn,
});

describe('the alarm address', () => {
  it.each([
    ['confirmed', [email('maintainers@example.org', confirmed)]],
    ['confirmed', [email('Maintainers@Example.org', confirmed)]],
    ['pending', [email('maintainers@example.org', 'PendingConfirmation')]],
    // Asked again, with the first question open.
    [
      'confirmed',
      [email('maintainers@example.org', 'PendingConfirmation'), email('maintainers@example.org', confirmed)],
    ],
    ['not-asked', []],
    ['not-asked', [email('maintainers@example.org', 'Deleted')]],
    ['not-asked', [email('others@example.org', confirmed)]],
    ['not-asked', [email('maintainers@example.org', confirmed, 'email-json')]],
  ])('is %s with %j', async (state, subscriptions) => {
    const address = 'maintainers@example.org';
    expect(await observeAlarmAddress(sns(subscriptions), topic, address)).toBe(state);
    expect(await observeAlarmAddress(sns([], subscriptions), topic, address)).toBe(state);
  });

  it('has no topic where SNS knows none', async () => {
    const missing = Object.assign(new Error('Topic does not exist'), { name: 'NotFoundException' });
    const client = Object.assign(new SNSClient({ region }), { send: () => Promise.reject(missing) });
    expect(await observeAlarmAddress(client, topic, 'maintainers@example.org')).toBe('no-topic');
  });
});

it.each([
  [true, [{ Dimensions: [] }]],
  [true, [{}]],
  [true, [{ Dimensions: [{ Name: 'service', Value: 'process' }] }, { Dimensions: [] }]],
  [false, [{ Dimensions: [{ Name: 'service', Value: 'process' }] }]],
  [false, []],
])('says %s of the metrics %j: alarms look at those without dimensions', async (hasMetrics, Metrics) => {
  const client = Object.assign(new CloudWatchClient({ region }), { send: async () => ({ Metrics }) });
  expect(await observeMetrics(client)).toBe(hasMetrics);
});
