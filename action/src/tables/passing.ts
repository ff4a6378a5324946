/** What a write or a read that failed means for the one who asked. */
export type Fault = 'passing' | 'condition' | 'permanent';

const passingNames: ReadonlySet<string> = new Set([
  'ThrottlingException',
  'ThrottlingError',
  'ProvisionedThroughputExceededException',
  'ProvisionedThroughputExceeded',
  'RequestLimitExceeded',
  'LimitExceededException',
  'TransactionInProgressException',
  'TransactionConflictException',
  'TransactionConflict',
  'InternalServerError',
  'InternalServerErrorException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'TimeoutError',
  'RequestTimeout',
  'NetworkingError',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
]);

/** Reads an error of the DynamoDB client: by its name and its cancellation reasons, never by its message. */
export function faultOf(error: unknown): Fault {
  const reasons = failedConditions(error);
  if (reasons.length > 0) return 'condition';
  const { name, code, $metadata, CancellationReasons } = fieldsOf(error);
  if (name === 'TransactionCanceledException') {
    const codes = (CancellationReasons ?? []).map((reason) => reason.Code ?? 'None');
    return codes.every((one) => one === 'None' || passingNames.has(one)) ? 'passing' : 'permanent';
  }
  if (passingNames.has(name ?? '') || passingNames.has(code ?? '')) return 'passing';
  return ($metadata?.httpStatusCode ?? 0) >= 500 ? 'passing' : 'permanent';
}

/** Whether nobody answered at all, as where an endpoint is wrong: not worth as long a wait as a busy table. */
export function isUnreachable(error: unknown): boolean {
  const { code, $metadata } = fieldsOf(error);
  return $metadata?.httpStatusCode === undefined && code !== undefined && passingNames.has(code);
}

/** The places, in the transaction, of the writes whose condition did not hold. */
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
