/** Something outside stands in a command's way. The message is for whoever typed the command, and says what to do. */
export class Obstacle extends Error {
  override readonly name: string = 'Obstacle';
}

/**
 * What an error means for whoever typed a command, in a sentence with its cure; never a stack trace. Of what is not
 * known here, its name and message. `stage` is the one that the command acted on.
 */
export function failureText(error: unknown, stage: string): string {
  for (const one of causesOf(error)) {
    const text = knownText(one, stage);
    if (text !== undefined) return text;
  }
  if (!(error instanceof Error)) return String(error);
  const told = `${error.name}: ${error.message}`;
  if (!('$metadata' in error)) return told;
  return `AWS refuses the call: ${ended(told)} \`npm run -s forwarder -- doctor --stage ${stage}\` shows what the account lacks.`;
}

/** What the errors of Node and of the AWS SDK have beyond their message. */
interface Fields {
  readonly name: string;
  readonly message: string;
  /** Of Node: `ENOENT`. */
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly path?: unknown;
  readonly address?: unknown;
  readonly port?: unknown;
  readonly hostname?: unknown;
  /** Of the SDK. */
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** The error, what caused it, and what it gathers: outermost first. */
function causesOf(error: unknown): (Error & Fields)[] {
  const found: Error[] = [];
  const waiting: unknown[] = [error];
  for (const one of waiting) {
    if (!(one instanceof Error) || found.includes(one)) continue;
    found.push(one);
    if (one.cause !== undefined) waiting.push(one.cause);
    if (one instanceof AggregateError) waiting.push(...one.errors);
  }
  return found;
}

function knownText(error: Error & Fields, stage: string): string | undefined {
  if (error instanceof Obstacle) return error.message;
  return credentialsText(error) ?? missingText(error, stage) ?? networkText(error) ?? localText(error);
}

const absent = new Set(['CredentialsProviderError', 'ProviderError', 'TokenProviderError']);
const expired = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired']);
const unaccepted = new Set([
  'AuthFailure',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);
const denied = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation']);
const signIn =
  'Sign in, for instance with `aws sso login`, and set AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.';

function credentialsText({ name, message, $metadata }: Fields): string | undefined {
  if (absent.has(name)) return `There are no AWS credentials to use: ${ended(message)} ${signIn}`;
  if (expired.has(name)) return `The AWS credentials have expired. ${signIn}`;
  if (unaccepted.has(name)) return `AWS does not accept the credentials (${name}). ${signIn}`;
  if (denied.has(name) || $metadata?.httpStatusCode === 403) {
    return `AWS does not let these credentials do this: ${ended(message)} Use credentials of somebody who may.`;
  }
  // The SDK gives this error no name of its own.
  if (message === 'Region is missing') {
    return 'There is no AWS region: set AWS_REGION, or name a stage that has one with `--stage STAGE`.';
  }
  return undefined;
}

function missingText({ name }: Fields, stage: string): string | undefined {
  const what =
    name === 'ResourceNotFoundException' || name === 'TableNotFoundException'
      ? 'table'
      : name === 'NoSuchBucket'
        ? 'bucket'
        : undefined;
  if (what === undefined) return undefined;
  return `A ${what} of the stage \`${stage}\` is missing: deploy it with \`npm run deploy -- --stage ${stage}\`, or name the stage that you mean with \`--stage STAGE\`; the credentials may also be of another account.`;
}

const unreachable = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);
const late = new Set(['RequestTimeout', 'RequestTimeoutException', 'TimeoutError']);
const busy = /throttl|^(ProvisionedThroughputExceeded|RequestLimitExceeded|SlowDown|TooManyRequests)/i;

function networkText(error: Fields): string | undefined {
  const { name, code, hostname, address, port, syscall, $metadata } = error;
  if (typeof code === 'string' && unreachable.has(code) && syscall !== 'spawn') {
    const host = typeof hostname === 'string' ? hostname : address === undefined ? '' : `${address}:${port}`;
    const who = host === '' ? 'The other side does not answer' : `${host} does not answer`;
    return `${who} (${code}). Check the network, and the endpoints in the environment, and run the command again.`;
  }
  const status = $metadata?.httpStatusCode ?? 0;
  if (late.has(name) || busy.test(name) || status === 429 || status >= 500) {
    return `AWS is too busy to answer, or has failed (${name}). Run the command again in a minute.`;
  }
  return undefined;
}

const ofFiles: ReadonlyMap<unknown, string> = new Map([
  ['EACCES', 'you may not open it'],
  ['EEXIST', 'it is there already'],
  ['EISDIR', 'it is a folder, not a file'],
  ['ENOENT', 'there is no such file or folder'],
  ['ENOSPC', 'the disk is full'],
  ['ENOTDIR', 'part of it is a file, not a folder'],
  ['EPERM', 'you may not change it'],
  ['EROFS', 'the disk can only be read'],
]);

function localText({ code, path, syscall }: Fields): string | undefined {
  if (typeof path !== 'string') return undefined;
  if (code === 'ENOENT' && String(syscall).startsWith('spawn')) {
    return `${path} cannot be started: install it, or put it on PATH.`;
  }
  const what = ofFiles.get(code);
  return what === undefined ? undefined : `${path}: ${what}. Check the name, and run the command again.`;
}

function ended(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
