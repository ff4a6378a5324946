import { randomUUID } from 'node:crypto';
import type { Lambda } from './lambda/lambda.ts';
import { nameInArn } from './template/resourceNames.ts';
import type { Stack } from './template/stack.ts';

/** SNS: the stack's topics, and the functions that are subscribed to them. */
export interface Sns {
  /** The ARNs of the topics. */
  readonly topics: readonly string[];
  /** Brings a message to the topic's subscribers, each asynchronously. Throws for a topic that is not there. */
  publish(topicArn: string, message: string, subject?: string): void;
}

interface TopicProperties {
  readonly Subscription?: readonly { readonly Protocol: string; readonly Endpoint: string }[];
}

interface SubscriptionProperties {
  readonly TopicArn: string;
  readonly Protocol: string;
  readonly Endpoint: string;
}

export function startSns(stack: Stack, lambda: Lambda): Sns {
  const { region, account } = stack.place;
  const topics = stack.ofType<TopicProperties>('AWS::SNS::Topic').map(({ name, properties }) => ({
    arn: `arn:aws:sns:${region}:${account}:${name}`,
    own: properties.Subscription ?? [],
  }));
  const subscriptions = [
    ...stack.ofType<SubscriptionProperties>('AWS::SNS::Subscription').map((each) => each.properties),
    ...topics.flatMap(({ arn, own }) => own.map((each) => ({ TopicArn: arn, ...each }))),
  ].filter(({ Protocol }) => Protocol === 'lambda');
  const arns = topics.map((topic) => topic.arn);
  return {
    topics: arns,
    publish: (topicArn, message, subject) => {
      if (!arns.includes(topicArn)) throw new Error(`there is no topic ${topicArn}`);
      for (const { Endpoint } of subscriptions.filter((each) => each.TopicArn === topicArn))
        lambda.send(Endpoint, notification(topicArn, message, subject));
    },
  };
}

/** What a subscribed function gets: https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html. */
function notification(topicArn: string, message: string, subject: string | undefined): unknown {
  const region = topicArn.split(':')[3] ?? '';
  const subscription = `${topicArn}:${randomUUID()}`;
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscription,
        Sns: {
          Type: 'Notification',
          MessageId: randomUUID(),
          TopicArn: topicArn,
          Subject: subject ?? null,
          Message: message,
          Timestamp: new Date().toISOString(),
          SignatureVersion: '1',
          Signature: 'none',
          SigningCertUrl: `https://sns.${region}.amazonaws.com/SimpleNotificationService-${nameInArn(topicArn)}.pem`,
          UnsubscribeUrl: `https://sns.${region}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${subscription}`,
          MessageAttributes: {},
        },
      },
    ],
  };
}
