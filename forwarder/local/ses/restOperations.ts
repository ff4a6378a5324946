import type { Identity } from './identities.ts';
import type { Ses } from './ses.ts';
import { type Fault, fault, isFault } from './sesFaults.ts';

/** `'lost'`: the call took effect, and its caller is not to hear of it. */
export type RestAnswer = Readonly<Record<string, unknown>> | Fault | 'lost';

/** The arguments of a call: the name in its path, if it has one, and its JSON. */
interface RestCall {
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** An operation of version 2 of the API. */
export type RestOperation = (ses: Ses, call: RestCall) => RestAnswer | Promise<RestAnswer>;

interface SendEmailBody {
  readonly FromEmailAddress?: string;
  readonly Destination?: {
    readonly ToAddresses?: readonly string[];
    readonly CcAddresses?: readonly string[];
    readonly BccAddresses?: readonly string[];
  };
  readonly Content?: { readonly Raw?: { readonly Data?: string } };
}

/** 40 MB after base64: https://docs.aws.amazon.com/ses/latest/dg/quotas.html. */
const messageLimit = 40 * 1024 * 1024;

export const sendEmail: RestOperation = async (ses, { body }) => {
  const { FromEmailAddress: source, Destination: to = {}, Content } = body as SendEmailBody;
  const data = Content?.Raw?.Data;
  if (data === undefined) return fault('BadRequestException', 'the local system takes raw messages only');
  if (data.length > messageLimit)
    return fault('BadRequestException', `Message length is more than ${messageLimit} bytes long.`);
  const result = await ses.send({
    ...(source === undefined ? {} : { source }),
    recipients: [to.ToAddresses, to.CcAddresses, to.BccAddresses].flatMap((list) => list ?? []),
    raw: Buffer.from(data, 'base64'),
  });
  return result === 'lost' || isFault(result) ? result : { MessageId: result.messageId };
};

export const getAccount: RestOperation = (ses) => {
  const account = ses.account();
  return {
    ProductionAccessEnabled: account.productionAccess,
    SendingEnabled: account.sendingEnabled,
    EnforcementStatus: 'HEALTHY',
    SendQuota: { Max24HourSend: account.dailyQuota, MaxSendRate: account.sendRate, SentLast24Hours: 0 },
    SuppressionAttributes: { SuppressedReasons: account.suppressedReasons },
  };
};

export const createEmailIdentity: RestOperation = (ses, { body }) => {
  const name = String(body.EmailIdentity);
  const created = ses.identities.create(name);
  if (!created) return fault('AlreadyExistsException', `Email identity ${name} already exist.`);
  const { IdentityType, VerifiedForSendingStatus, DkimAttributes } = describeIdentity(created);
  return { IdentityType, VerifiedForSendingStatus, DkimAttributes };
};

export const getEmailIdentity: RestOperation = (ses, { name }) => {
  const identity = ses.identities.get(name);
  return identity ? describeIdentity(identity) : noIdentity(name);
};

export const putMailFrom: RestOperation = (ses, { name, body }) => {
  const identity = ses.identities.get(name);
  if (!identity) return noIdentity(name);
  const domain = body.MailFromDomain;
  const { mailFrom: _former, ...rest } = identity;
  const rejects = body.BehaviorOnMxFailure === 'REJECT_MESSAGE';
  ses.identities.replace(typeof domain === 'string' ? { ...rest, mailFrom: { domain, rejects } } : rest);
  return {};
};

function describeIdentity(identity: Identity): Readonly<Record<string, unknown>> {
  const { mailFrom } = identity;
  return {
    IdentityType: typeOf(identity),
    FeedbackForwardingStatus: identity.feedbackForwarding,
    VerifiedForSendingStatus: identity.verified,
    VerificationStatus: statusOf(identity),
    DkimAttributes: {
      SigningEnabled: identity.dkimTokens.length > 0,
      Status: identity.dkimTokens.length > 0 ? statusOf(identity) : 'NOT_STARTED',
      Tokens: identity.dkimTokens,
      SigningAttributesOrigin: 'AWS_SES',
    },
    ...(mailFrom && {
      MailFromAttributes: {
        MailFromDomain: mailFrom.domain,
        MailFromDomainStatus: statusOf(identity),
        BehaviorOnMxFailure: mailFrom.rejects ? 'REJECT_MESSAGE' : 'USE_DEFAULT_VALUE',
      },
    }),
    Policies: {},
    Tags: [],
  };
}

function typeOf(identity: Identity): string {
  return identity.name.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN';
}

function statusOf(identity: Identity): string {
  return identity.verified ? 'SUCCESS' : 'PENDING';
}

function noIdentity(name: string): Fault {
  return fault('NotFoundException', `Email identity ${name} does not exist.`);
}

export const deleteSuppressedDestination: RestOperation = (ses, { name }) =>
  ses.suppression.delete(name) ? {} : noEntry(name);

function noEntry(address: string): Fault {
  return fault('NotFoundException', `Email address ${address} does not exist on your suppression list.`);
}
