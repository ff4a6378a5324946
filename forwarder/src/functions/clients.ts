import { type Milliseconds, milliseconds } from '../../../schema/src/text/time.ts';
/** The clock of every handler. */
export const clock = (): Milliseconds => milliseconds(Date.now());

/**
 * How long a function waits for AWS. All tries at one call together leave a mail's 30 seconds room for keeping its
 * event, should a service not answer at all.
 */
export const quick = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
} as const;

/** For the bucket: a large mail takes longer. */
export const steady = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 8_000, throwOnRequestTimeout: true },
} as const;

/** For sending: once, since a second try at a mail that SES may have taken is the ledger's to decide. */
export function once(requestTimeout: Milliseconds) {
  return {
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 2_000, requestTimeout, throwOnRequestTimeout: true },
  } as const;
}
