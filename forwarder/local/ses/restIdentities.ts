import { type Fault, fault } from './fault.ts';
import type { Identity } from './identities.ts';
import type { RestOperation } from './restOperation.ts';

export const createEmailIdentity: RestOperation = (ses, { body }) => {
  const name = String(body.EmailIdentity);
  const created = ses.identities.create(name);
  if (!created) return fault('AlreadyExistsException', `Email identity ${name} already exist.`);
  const { IdentityType, VerifiedForSendingStatus, DkimAttributes } = described(created);
  return { IdentityType, VerifiedForSendingStatus, DkimAttributes };
};

export const getEmailIdentity: RestOperation = (ses, { name }) => {
  const identity = ses.identities.get(name);
  return identity ? described(identity) : missing(name);
};

export const listEmailIdentities: RestOperation = (ses) => ({
  EmailIdentities: ses.identities.list().map((identity) => ({
    IdentityName: identity.name,
    IdentityType: typeOf(identity),
    SendingEnabled: identity.verified,
    VerificationStatus: statusOf(identity),
  })),
});

export const putMailFrom: RestOperation = (ses, { name, body }) => {
  const identity = ses.identities.get(name);
  if (!identity) return missing(name);
  const domain = body.MailFromDomain;
  const { mailFrom: _former, ...rest } = identity;
  const rejects = body.BehaviorOnMxFailure === 'REJECT_MESSAGE';
  ses.identities.replace(typeof domain === 'string' ? { ...rest, mailFrom: { domain, rejects } } : rest);
  return {};
};

export const putFeedback: RestOperation = (ses, { name, body }) => {
  const changed = ses.identities.change(name, { feedbackForwarding: body.EmailForwardingEnabled === true });
  return changed ? {} : missing(name);
};

function described(identity: Identity): Readonly<Record<string, unknown>> {
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

function missing(name: string): Fault {
  return fault('NotFoundException', `Email identity ${name} does not exist.`);
}
