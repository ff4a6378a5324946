import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';

/** What a write or a read that failed means for the one who asked. */
export type Fault = 'transient' | 'condition' | 'permanent';

/**
 * What DynamoDB calls a transient fault beyond the names that the SDK knows; some stand only in a cancellation. Not the
 * list by which the forwarder sends mail: a write has a token or a condition and may be repeated after a timeout, while a
 * mail might then arrive twice.
 */
const transientNames: ReadonlySet<string> = new Set([
  'InternalServerError',
  'InternalServerErrorException',
  'NetworkingError',
  'ProvisionedThroughputExceeded',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'ThrottlingError',
  'TransactionConflict',
  'TransactionConflictException',
]);

/** Reads an error of the DynamoDB client: by its name and its cancellation reasons, never by its message. */
export function faultOf(error: unknown): Fault {
  const reasons = failedConditions(error);
  if (reasons.length > 0) return 'condition';
  const { name, CancellationReasons } = fieldsOf(error);
  if (name === 'TransactionCanceledException') {
    const codes = (CancellationReasons ?? []).map((reason) => reason.Code ?? 'None');
    return codes.every((one) => one === 'None' || isTransient({ name: one })) ? 'transient' : 'permanent';
  }
  return isTransient(error) ? 'transient' : 'permanent';
}

/** Throttling, a server error, the network, or a conflict with another transaction. */
function isTransient(error: unknown): boolean {
  const fields = { message: '', ...fieldsOf(error), name: fieldsOf(error).name ?? '' };
  return (
    transientNames.has(fields.name) ||
    isTransientError(fields) ||
    isThrottlingError(fields) ||
    isServerError(fields)
  );
}

/** Whether nothing answered at all, as with a wrong endpoint: not worth as long a wait as a busy table. */
export function isUnreachable(error: unknown): boolean {
  const { code, $metadata } = fieldsOf(error);
  return $metadata?.httpStatusCode === undefined && code !== undefined && isTransient(error);
}

/** The places, within the transaction, of the writes whose condition did not hold. */
export function failedConditions(error: unknown): number[] {
  const { name, CancellationReasons } = fieldsOf(error);
  if (name === 'ConditionalCheckFailedException') return [0];
  return (CancellationReasons ?? []).flatMap((reason, index) =>
    reason.Code === 'ConditionalCheckFailed' ? [index] : [],
  );
}

interface Fields {
  readonly name?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly CancellationReasons?: readonly { readonly Code?: string }[];
}

function fieldsOf(error: unknown): Fields {
  return error !== null && typeof error === 'object' ? (error as Fields) : {};
}

export interface Clock {
  /** Milliseconds that only ever grow. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** From 0 to 1. */
  random(): number;
}

/** Longest wait between two attempts, in milliseconds. */
const longestPause = 5_000;
const firstPause = 50;
/** For how long a busy table is asked again: DynamoDB remembers a ClientRequestToken for 10 minutes, less a margin. */
export const busyPatience = 9 * 60_000;
/** For how long an endpoint that does not answer is asked again. */
const unreachablePatience = 15_000;

/**
 * Calls again, with full jitter and growing pauses, while the fault is one that passes: throttling, a conflict with
 * another transaction, a server error, the network. Throws what does not pass, or does not in time.
 */
export async function retry<T>(call: () => Promise<T>, clock: Clock): Promise<T> {
  const started = clock.now();
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      const patience = isUnreachable(error) ? unreachablePatience : busyPatience;
      if (faultOf(error) !== 'transient' || clock.now() - started > patience) throw error;
      await clock.sleep(clock.random() * Math.min(longestPause, firstPause * 2 ** Math.min(attempt, 10)));
    }
  }
}
