import { randomUUID } from 'node:crypto';
import type { Request, Response } from '../servers/httpServer.ts';
import { dayBefore, type ReceiptRule } from './accountState.ts';
import type { Identity, NotificationType } from './identities.ts';
import type { ReportedRecipient } from './sendBounce.ts';
import type { Ses } from './ses.ts';
import { type Fault, fault, isFault } from './sesFaults.ts';

/** XML as the query protocol answers it: a text, or elements by name; a list becomes `member` or `entry` elements. */
type Xml = string | readonly Xml[] | { readonly [element: string]: Xml };

export function xml(node: Xml): string {
  if (typeof node === 'string') return escapeXml(node);
  if (isList(node)) return node.map((each) => `<member>${xml(each)}</member>`).join('');
  return Object.entries(node)
    .map(([name, inner]) =>
      // A map is a list of entries without an element of its own around them.
      name === 'entry' && isList(inner)
        ? inner.map((each) => `<entry>${xml(each)}</entry>`).join('')
        : `<${name}>${xml(inner)}</${name}>`,
    )
    .join('');
}

/** A value of JSON as XML: numbers and truth values as texts. */
function xmlOf(value: unknown): Xml {
  if (Array.isArray(value)) return value.map(xmlOf);
  if (value === null || typeof value !== 'object') return String(value);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, xmlOf(inner)]));
}

function isList(node: Xml): node is readonly Xml[] {
  return Array.isArray(node);
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const namespace = 'http://ses.amazonaws.com/doc/2010-12-01/';

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

/** `'lost'`: the call took effect, and its caller is not to hear of it. */
type QueryAnswer = { readonly [element: string]: Xml } | Fault | 'lost';

/** An operation of version 1 of the API. `call` holds its arguments, flattened: `Destinations.member.1`. */
type QueryOperation = (ses: Ses, call: URLSearchParams) => QueryAnswer | Promise<QueryAnswer>;

/** The prefixes of a list's members: `Name.member.1`, and so on. */
function members(call: URLSearchParams, name: string): readonly string[] {
  const numbers = [...call.keys()].flatMap((key) => {
    const found =
      key.startsWith(`${name}.member.`) && /^\d+/.exec(key.slice(name.length + '.member.'.length));
    return found ? [Number(found[0])] : [];
  });
  return [...new Set(numbers)].sort((a, b) => a - b).map((number) => `${name}.member.${number}`);
}

const sendBounce: QueryOperation = async (ses, call) => {
  const explanation = call.get('Explanation');
  const reportingMta = call.get('MessageDsn.ReportingMta');
  const arrival = call.get('MessageDsn.ArrivalDate');
  const result = await ses.bounce({
    originalMessageId: call.get('OriginalMessageId') ?? '',
    sender: call.get('BounceSender') ?? '',
    recipients: members(call, 'BouncedRecipientInfoList').map((prefix) => reported(call, prefix)),
    ...(explanation === null ? {} : { explanation }),
    ...(reportingMta === null ? {} : { reportingMta }),
    ...(arrival === null ? {} : { arrival: new Date(arrival) }),
  });
  return result === 'lost' || isFault(result) ? result : { MessageId: result.messageId };
};

/** What each kind of bounce means: https://docs.aws.amazon.com/ses/latest/APIReference/API_BouncedRecipientInfo.html. */
const statuses: Readonly<Record<string, string>> = {
  DoesNotExist: '5.1.1',
  MessageTooLarge: '5.3.4',
  ExceededQuota: '5.2.2',
  ContentRejected: '5.6.1',
  Undefined: '5.0.0',
  TemporaryFailure: '4.0.0',
};

function reported(call: URLSearchParams, prefix: string): ReportedRecipient {
  const dsn = `${prefix}.RecipientDsnFields`;
  const diagnosticCode = call.get(`${dsn}.DiagnosticCode`);
  return {
    address: call.get(`${dsn}.FinalRecipient`) ?? call.get(`${prefix}.Recipient`) ?? '',
    action: call.get(`${dsn}.Action`) ?? 'failed',
    status: call.get(`${dsn}.Status`) ?? statuses[call.get(`${prefix}.BounceType`) ?? ''] ?? '5.0.0',
    ...(diagnosticCode === null ? {} : { diagnosticCode }),
  };
}

/** Nothing is rejected after it was taken: that is what SES does with a virus. */
const getSendStatistics: QueryOperation = (ses) => ({
  SendDataPoints: ses.statistics.list(new Date()).map(({ timestamp, counts }) => ({
    Timestamp: timestamp.toISOString(),
    DeliveryAttempts: String(counts.attempt),
    Bounces: String(counts.bounce),
    Complaints: String(counts.complaint),
    Rejects: '0',
  })),
});

const getSendQuota: QueryOperation = (ses) => {
  const { dailyQuota, sendRate } = ses.account();
  return {
    Max24HourSend: String(dailyQuota),
    MaxSendRate: String(sendRate),
    SentLast24Hours: String(ses.statistics.sentSince(dayBefore(new Date()))),
  };
};

/** Identities that are not there are left out of the answer, as SES does. */
const getIdentityNotificationAttributes: QueryOperation = (ses, call) => {
  const names = members(call, 'Identities').map((prefix) => call.get(prefix) ?? '');
  const found = names.flatMap((name) => ses.identities.get(name) ?? []);
  return {
    NotificationAttributes: {
      entry: found.map((identity) => ({ key: identity.name, value: attributesOf(identity) })),
    },
  };
};

const setIdentityNotificationTopic: QueryOperation = (ses, call) => {
  const identity = ses.identities.get(call.get('Identity') ?? '');
  if (!identity) return unknown(call);
  const type = (call.get('NotificationType') ?? 'Bounce') as NotificationType;
  const { [type]: _former, ...others } = identity.topics;
  const topic = call.get('SnsTopic');
  ses.identities.change(identity.name, { topics: topic ? { ...others, [type]: topic } : others });
  return {};
};

/** SES refuses to leave an identity without any feedback: the topics come first. */
const setIdentityFeedbackForwardingEnabled: QueryOperation = (ses, call) => {
  const identity = ses.identities.get(call.get('Identity') ?? '');
  if (!identity) return unknown(call);
  const feedbackForwarding = call.get('ForwardingEnabled') === 'true';
  if (!feedbackForwarding && (!identity.topics.Bounce || !identity.topics.Complaint))
    return fault('InvalidParameterValue', `${identity.name} has no topics for bounces and complaints.`);
  ses.identities.change(identity.name, { feedbackForwarding });
  return {};
};

function attributesOf({ topics, feedbackForwarding }: Identity): Xml {
  return {
    ...(topics.Bounce && { BounceTopic: topics.Bounce }),
    ...(topics.Complaint && { ComplaintTopic: topics.Complaint }),
    ...(topics.Delivery && { DeliveryTopic: topics.Delivery }),
    ForwardingEnabled: String(feedbackForwarding),
    HeadersInBounceNotificationsEnabled: 'false',
    HeadersInComplaintNotificationsEnabled: 'false',
    HeadersInDeliveryNotificationsEnabled: 'false',
  };
}

function unknown(call: URLSearchParams): Fault {
  return fault('InvalidParameterValue', `Identity ${call.get('Identity')} does not exist.`);
}

const listReceiptRuleSets: QueryOperation = (ses) => ({
  RuleSets: ses.ruleSets.list().map((name) => ({ Name: name, CreatedTimestamp: created })),
});

const describeActiveReceiptRuleSet: QueryOperation = (ses) => {
  const name = ses.ruleSets.active();
  return name === undefined ? {} : described(name, ses.ruleSets.rules(name) ?? []);
};

const setActiveReceiptRuleSet: QueryOperation = (ses, call) => {
  const name = call.get('RuleSetName') ?? undefined;
  if (name !== undefined && ses.ruleSets.rules(name) === undefined) return missing(name);
  ses.ruleSets.activate(name);
  return {};
};

const created = new Date(0).toISOString();

function described(name: string, rules: readonly ReceiptRule[]): { readonly [element: string]: Xml } {
  // The template's names for a rule's parts are the API's.
  return { Metadata: { Name: name, CreatedTimestamp: created }, Rules: rules.map(xmlOf) };
}

function missing(name: string): Fault {
  return fault('RuleSetDoesNotExist', `Rule set does not exist: ${name}`);
}

const operations: Readonly<Record<string, QueryOperation>> = {
  SendBounce: sendBounce,
  GetSendQuota: getSendQuota,
  GetSendStatistics: getSendStatistics,
  GetIdentityNotificationAttributes: getIdentityNotificationAttributes,
  SetIdentityNotificationTopic: setIdentityNotificationTopic,
  SetIdentityFeedbackForwardingEnabled: setIdentityFeedbackForwardingEnabled,
  ListReceiptRuleSets: listReceiptRuleSets,
  DescribeActiveReceiptRuleSet: describeActiveReceiptRuleSet,
  SetActiveReceiptRuleSet: setActiveReceiptRuleSet,
};
