import { type Fault, fault } from './fault.ts';
import type { Identity, NotificationType } from './identities.ts';
import { members, type QueryOperation } from './queryOperation.ts';
import type { Xml } from './xml.ts';

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
