/** What lasts, since it is about the mail itself. */
export const refusals = ['rejected', 'header-too-long', 'attachment', 'too-large'] as const;
export type Refused = (typeof refusals)[number];

/**
 * `throttled`: SES took nothing and may take it in a second. `quota`: it took nothing, and takes nothing from anybody
 * until some of the last 24 hours' mails are a day old. `account` and `transient`: nothing is wrong with the mail,
 * and it is tried again later. `unknown`: SES may have taken it, as after a timeout, which makes a second try at once
 * wrong; the SDK's own list of transient errors has these among them, and is not used here for that reason.
 */
export type Fault = 'throttled' | 'quota' | 'account' | 'transient' | 'unknown' | Refused;

/** Whether SES surely took nothing, and may take the same later. */
export function isRetryable(fault: Fault): boolean {
  return fault === 'throttled' || fault === 'quota' || fault === 'account' || fault === 'transient';
}

export function isRefused(outcome: string | undefined): outcome is Refused {
  return refusals.some((refusal) => refusal === outcome);
}

/** Faults of our own account, identity, quota or permission, which a maintainer repairs and not the sender. */
const ofTheAccount: ReadonlySet<string> = new Set([
  'AccountSuspendedException',
  'AccountSendingPausedException',
  'ConfigurationSetDoesNotExistException',
  'ConfigurationSetSendingPausedException',
  'SendingPausedException',
  'MailFromDomainNotVerifiedException',
  'LimitExceededException',
  'NotFoundException',
  'AccessDeniedException',
  'AccessDenied',
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'ExpiredTokenException',
  'ExpiredToken',
  'CredentialsProviderError',
]);

/**
 * SES says that the day's quota is used up by several names, among them those of a rate that is too high: the text tells.
 * https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html
 */
const usedUp = /daily (?:message|sending) quota|24.hour|sending quota/i;

/** Not the SDK's list: it has `LimitExceededException` among these, which here is the quota of our account. */
const throttling: ReadonlySet<string> = new Set([
  'TooManyRequestsException',
  'ThrottlingException',
  'Throttling',
]);

const ofTheMail: ReadonlySet<string> = new Set([
  'MessageRejected',
  'BadRequestException',
  'InvalidParameterValue',
  'InvalidParameterValueException',
  'ValidationException',
]);

const noConnection: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']);

/** Classifies what a call to SES threw. SES says some things in the text alone, so the text decides within a name. */
export function classify(error: unknown): Fault {
  const { name, message, status } = describe(error);
  if (usedUp.test(message) && (throttling.has(name) || ofTheAccount.has(name) || ofTheMail.has(name)))
    return 'quota';
  if (throttling.has(name)) return 'throttled';
  if (ofTheAccount.has(name)) return 'account';
  if (ofTheMail.has(name)) return classifyRefusal(message);
  if (status >= 400 && status < 500) return 'transient';
  // Without a connection nothing was sent; behind any other fault SES may have taken the mail.
  return noConnection.has(name) ? 'transient' : 'unknown';
}

function classifyRefusal(message: string): Fault {
  if (/not verified|sending (?:is )?paused|suspended|quota|rate exceeded/i.test(message)) return 'account';
  if (/header section too long/i.test(message)) return 'header-too-long';
  if (/attachment|file extension|illegal filename/i.test(message)) return 'attachment';
  if (/too large|message length|size limit|exceeds? the maximum/i.test(message)) return 'too-large';
  return 'rejected';
}

function describe(error: unknown): { name: string; message: string; status: number } {
  if (!(error instanceof Error)) return { name: '', message: String(error), status: 0 };
  // Node's network errors are all called Error, and carry a code.
  const { code } = error as { code?: unknown };
  const metadata = (error as { $metadata?: { httpStatusCode?: number } }).$metadata;
  const name = typeof code === 'string' && error.name === 'Error' ? code : error.name;
  return { name, message: error.message, status: metadata?.httpStatusCode ?? 0 };
}

/** For logs and the ledger: the kind of error alone, since its text may name an address. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}
