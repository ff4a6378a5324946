import { randomUUID } from 'node:crypto';
import type { Request, Response } from '../servers/httpServer.ts';
import type { QueryAnswer, QueryOperation } from './queryOperations.ts';
import {
  describeActiveReceiptRuleSet,
  getIdentityNotificationAttributes,
  getSendStatistics,
  listReceiptRuleSets,
  sendBounce,
  setActiveReceiptRuleSet,
  setIdentityFeedbackForwardingEnabled,
  setIdentityNotificationTopic,
} from './queryOperations.ts';
import type { Ses } from './ses.ts';
import { fault, isFault } from './sesFaults.ts';
import { xml } from './xml.ts';

const namespace = 'http://ses.amazonaws.com/doc/2010-12-01/';

const operations: Readonly<Record<string, QueryOperation>> = {
  SendBounce: sendBounce,
  GetSendStatistics: getSendStatistics,
  GetIdentityNotificationAttributes: getIdentityNotificationAttributes,
  SetIdentityNotificationTopic: setIdentityNotificationTopic,
  SetIdentityFeedbackForwardingEnabled: setIdentityFeedbackForwardingEnabled,
  ListReceiptRuleSets: listReceiptRuleSets,
  DescribeActiveReceiptRuleSet: describeActiveReceiptRuleSet,
  SetActiveReceiptRuleSet: setActiveReceiptRuleSet,
};

/** Answers the API of version 1 (query, XML), as much of it as the product calls. */
export async function answerSesV1(ses: Ses, request: Request): Promise<Response> {
  const call = new URLSearchParams(request.body.toString());
  const action = call.get('Action') ?? '';
  const operation = operations[action];
  if (!operation) return render(action, fault('InvalidAction', `the local system has no ${action}`));
  return render(action, await operation(ses, call));
}

function render(action: string, answer: QueryAnswer): Response {
  const headers = { 'content-type': 'text/xml' };
  if (answer === 'lost') return { status: 504, headers, body: '' };
  const RequestId = randomUUID();
  if (!isFault(answer)) {
    const body = xml({ [`${action}Result`]: answer, ResponseMetadata: { RequestId } });
    return {
      status: 200,
      headers,
      body: `<${action}Response xmlns="${namespace}">${body}</${action}Response>`,
    };
  }
  const blame = answer.status < 500 ? 'Sender' : 'Receiver';
  const body = xml({ Error: { Type: blame, Code: answer.code, Message: answer.message }, RequestId });
  return {
    status: answer.status,
    headers,
    body: `<ErrorResponse xmlns="${namespace}">${body}</ErrorResponse>`,
  };
}
