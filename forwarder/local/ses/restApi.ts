import type { Request, Response } from '../servers/httpServer.ts';
import { dayBefore } from './accountState.ts';
import type { Identity } from './identities.ts';
import type { Ses } from './ses.ts';
import { type Fault, fault, isFault } from './sesFaults.ts';

/** Answers the API of version 2 (REST, JSON), as much of it as the product calls. */
export async function answerSesV2(ses: Ses, request: Request): Promise<Response> {
  const path = request.path.replace(/^\/v2\/email/, '');
  const [, name = ''] = /^\/(?:suppression\/addresses|identities)\/([^/]+)/.exec(path) ?? [];
  const key = `${request.method} ${name === '' ? path : path.replace(name, '*')}`;
  const operation = operations[key];
  if (!operation) return render(fault('NotFoundException', `the local system has no ${key}`));
  const text = request.body.toString();
  const body = text === '' ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>);
  return render(await operation(ses, { name: decodeURIComponent(name), query: request.query, body }));
}

function render(answer: RestAnswer): Response {
  const headers = { 'content-type': 'application/json' };
  if (answer === 'lost') return { status: 504, headers, body: '{"message":"Gateway Timeout"}' };
  if (!isFault(answer)) return { status: 200, headers, body: JSON.stringify(answer) };
  return {
    status: answer.status,
    headers: { ...headers, 'x-amzn-errortype': answer.code },
    body: JSON.stringify({ message: answer.message }),
  };
}

/** `'lost'`: the call took effect, and its caller is not to hear of it. */
type RestAnswer = Readonly<Record<string, unknown>> | Fault | 'lost';

/** The arguments of a call: the name in its path, if it has one, its query, and its JSON. */
interface RestCall {
  readonly name: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

/** An operation of version 2 of the API. */
type RestOperation = (ses: Ses, call: RestCall) => RestAnswer | Promise<RestAnswer>;

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

const sendEmail: RestOperation = async (ses, { body }) => {
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

const getAccount: RestOperation = (ses) => {
  const account = ses.account();
  return {
    ProductionAccessEnabled: account.productionAccess,
    SendingEnabled: account.sendingEnabled,
    EnforcementStatus: 'HEALTHY',
    SendQuota: {
      Max24HourSend: account.dailyQuota,
      MaxSendRate: account.sendRate,
      SentLast24Hours: ses.statistics.sentSince(dayBefore(new Date())),
    },
    SuppressionAttributes: { SuppressedReasons: account.suppressedReasons },
  };
};

const createEmailIdentity: RestOperation = (ses, { body }) => {
  const name = String(body.EmailIdentity);
  const created = ses.identities.create(name);
  if (!created) return fault('AlreadyExistsException', `Email identity ${name} already exist.`);
  const { IdentityType, VerifiedForSendingStatus, DkimAttributes } = describeIdentity(created);
  return { IdentityType, VerifiedForSendingStatus, DkimAttributes };
};

const getEmailIdentity: RestOperation = (ses, { name }) => {
  const identity = ses.identities.get(name);
  return identity ? describeIdentity(identity) : noIdentity(name);
};

const putMailFrom: RestOperation = (ses, { name, body }) => {
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

const deleteSuppressedDestination: RestOperation = (ses, { name }) =>
  ses.suppression.delete(name) ? {} : noEntry(name);

/** Of a list, where the caller names no other. */
const pageSize = 1_000;

const listSuppressedDestinations: RestOperation = (ses, { query }) => {
  const reasons = query.getAll('Reason');
  const start = Number(query.get('NextToken') ?? 0);
  const end = start + Number(query.get('PageSize') ?? pageSize);
  if (!Number.isInteger(start) || !(end > start && end <= start + pageSize))
    return fault('BadRequestException', 'The page size or the next token is not valid.');
  const all = ses.suppression.list().filter(({ reason }) => reasons.length === 0 || reasons.includes(reason));
  return {
    SuppressedDestinationSummaries: all.slice(start, end).map(({ address, reason, lastUpdate }) => ({
      EmailAddress: address,
      Reason: reason,
      LastUpdateTime: lastUpdate,
    })),
    ...(end < all.length ? { NextToken: String(end) } : {}),
  };
};

function noEntry(address: string): Fault {
  return fault('NotFoundException', `Email address ${address} does not exist on your suppression list.`);
}

/** The paths below `/v2/email`; a star stands for a name. */
const operations: Readonly<Record<string, RestOperation>> = {
  'POST /outbound-emails': sendEmail,
  'GET /account': getAccount,
  'GET /suppression/addresses': listSuppressedDestinations,
  'DELETE /suppression/addresses/*': deleteSuppressedDestination,
  'POST /identities': createEmailIdentity,
  'GET /identities/*': getEmailIdentity,
  'PUT /identities/*/mail-from': putMailFrom,
};
