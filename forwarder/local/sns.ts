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
  /** Those of a topic; undefined when there is no such topic. */
  subscriptions(topicArn: string): readonly Subscription[] | undefined;
  /** Asks an address, which nobody has answered yet. */
  subscribe(topicArn: string, protocol: string, endpoint: string): Subscription;
  /** Somebody has opened the link that the address got. */
  confirm(endpoint: string): void;
  /** Nobody has, for two days, or somebody has unsubscribed: SNS knows it no longer. */
  forget(endpoint: string): void;
}

export interface Subscription {
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** Undefined until it is confirmed. */
  readonly arn?: string;
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
  let all: readonly Subscription[] = [
    ...stack.ofType<SubscriptionProperties>('AWS::SNS::Subscription').map((each) => each.properties),
    ...topics.flatMap(({ arn, own }) => own.map((each) => ({ TopicArn: arn, ...each }))),
  ].map(({ TopicArn: topicArn, Protocol: protocol, Endpoint: endpoint }) => {
    const asked = { topicArn, protocol, endpoint };
    // A function is asked nothing: its policy has said yes.
    return protocol === 'lambda' ? confirmed(asked) : asked;
  });
  const arns = topics.map((topic) => topic.arn);
  return {
    topics: arns,
    publish: (topicArn, message, subject) => {
      if (!arns.includes(topicArn)) throw new Error(`there is no topic ${topicArn}`);
      for (const { endpoint } of all.filter(
        (each) => each.topicArn === topicArn && each.protocol === 'lambda',
      ))
        lambda.send(endpoint, notification(topicArn, message, subject));
    },
    subscriptions: (topicArn) =>
      arns.includes(topicArn) ? all.filter((each) => each.topicArn === topicArn) : undefined,
    subscribe: (topicArn, protocol, endpoint) => {
      const known = all.find(
        (each) => each.topicArn === topicArn && each.protocol === protocol && each.endpoint === endpoint,
      );
      const subscription = known ?? { topicArn, protocol, endpoint };
      if (known === undefined) all = [...all, subscription];
      return subscription;
    },
    confirm: (endpoint) => {
      all = all.map((each) => (each.endpoint === endpoint ? confirmed(each) : each));
    },
    forget: (endpoint) => {
      all = all.filter((each) => each.endpoint !== endpoint);
    },
  };
}

function confirmed(subscription: Subscription): Subscription {
  return { ...subscription, arn: subscription.arn ?? `${subscription.topicArn}:${randomUUID()}` };
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
