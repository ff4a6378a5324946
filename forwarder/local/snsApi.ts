import { randomUUID } from 'node:crypto';
import type { Request, Response } from './servers/httpServer.ts';
import { xml } from './ses/queryApi.ts';
import type { Sns, Subscription } from './sns.ts';

/** SNS over HTTP (query, XML), as much of it as `doctor` and `setup` call. */
export function answerSns(sns: Sns, { body }: Request): Response {
  const call = new URLSearchParams(body.toString());
  const topic = call.get('TopicArn') ?? '';
  const subscriptions = sns.subscriptions(topic);
  if (subscriptions === undefined) return refuse(404, 'NotFound', 'Topic does not exist');
  switch (call.get('Action')) {
    // https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html
    case 'ListSubscriptionsByTopic':
      return render('ListSubscriptionsByTopic', { Subscriptions: subscriptions.map(described) });
    // https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
    case 'Subscribe': {
      const { arn } = sns.subscribe(topic, call.get('Protocol') ?? '', call.get('Endpoint') ?? '');
      return render('Subscribe', { SubscriptionArn: arn ?? 'pending confirmation' });
    }
    default:
      return refuse(400, 'InvalidAction', `the local system has no ${call.get('Action')}`);
  }
}

function described({ topicArn, protocol, endpoint, arn }: Subscription) {
  return {
    SubscriptionArn: arn ?? 'PendingConfirmation',
    Owner: topicArn.split(':')[4] ?? '',
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: topicArn,
  };
}

const headers = { 'content-type': 'text/xml' };
const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';

function render(action: string, result: Parameters<typeof xml>[0]): Response {
  const answer = xml({ [`${action}Result`]: result, ResponseMetadata: { RequestId: randomUUID() } });
  return {
    status: 200,
    headers,
    body: `<${action}Response xmlns="${namespace}">${answer}</${action}Response>`,
  };
}

function refuse(status: number, Code: string, Message: string): Response {
  const answer = xml({ Error: { Type: 'Sender', Code, Message }, RequestId: randomUUID() });
  return { status, headers, body: `<ErrorResponse xmlns="${namespace}">${answer}</ErrorResponse>` };
}
