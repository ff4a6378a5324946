import type { ReceiptRule } from './accountState.ts';
import type { Identity, NotificationType } from './identities.ts';
import type { ReportedRecipient } from './sendBounce.ts';
import type { Ses } from './ses.ts';
import { type Fault, fault, isFault } from './sesFaults.ts';
import { type Xml, xmlOf } from './xml.ts';

/** `'lost'`: the call took effect, and its caller is not to hear of it. */
export type QueryAnswer = { readonly [element: string]: Xml } | Fault | 'lost';

/** An operation of version 1 of the API. `call` holds its arguments, flattened: `Destinations.member.1`. */
export type QueryOperation = (ses: Ses, call: URLSearchParams) => QueryAnswer | Promise<QueryAnswer>;

/** The prefixes of a list's members: `Name.member.1`, and so on. */
function members(call: URLSearchParams, name: string): readonly string[] {
  const numbers = [...call.keys()].flatMap((key) => {
    const found =
      key.startsWith(`${name}.member.`) && /^\d+/.exec(key.slice(name.length + '.member.'.length));
    return found ? [Number(found[0])] : [];
  });
  return [...new Set(numbers)].sort((a, b) => a - b).map((number) => `${name}.member.${number}`);
}

export const sendBounce: QueryOperation = async (ses, call) => {
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
export const getSendStatistics: QueryOperation = (ses) => ({
  SendDataPoints: ses.statistics.list(new Date()).map(({ timestamp, counts }) => ({
    Timestamp: timestamp.toISOString(),
    DeliveryAttempts: String(counts.attempt),
    Bounces: String(counts.bounce),
    Complaints: String(counts.complaint),
    Rejects: '0',
  })),
});

/** Identities that are not there are left out of the answer, as SES does. */
export const getIdentityNotificationAttributes: QueryOperation = (ses, call) => {
  const names = members(call, 'Identities').map((prefix) => call.get(prefix) ?? '');
  const found = names.flatMap((name) => ses.identities.get(name) ?? []);
  return {
    NotificationAttributes: {
      entry: found.map((identity) => ({ key: identity.name, value: attributesOf(identity) })),
    },
  };
};

export const setIdentityNotificationTopic: QueryOperation = (ses, call) => {
  const identity = ses.identities.get(call.get('Identity') ?? '');
  if (!identity) return unknown(call);
  const type = (call.get('NotificationType') ?? 'Bounce') as NotificationType;
  const { [type]: _former, ...others } = identity.topics;
  const topic = call.get('SnsTopic');
  ses.identities.change(identity.name, { topics: topic ? { ...others, [type]: topic } : others });
  return {};
};

/** SES refuses to leave an identity without any feedback: the topics come first. */
export const setIdentityFeedbackForwardingEnabled: QueryOperation = (ses, call) => {
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

export const listReceiptRuleSets: QueryOperation = (ses) => ({
  RuleSets: ses.ruleSets.list().map((name) => ({ Name: name, CreatedTimestamp: created })),
});

export const describeActiveReceiptRuleSet: QueryOperation = (ses) => {
  const name = ses.ruleSets.active();
  return name === undefined ? {} : described(name, ses.ruleSets.rules(name) ?? []);
};

export const setActiveReceiptRuleSet: QueryOperation = (ses, call) => {
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
