import type { Milliseconds } from '../../../schema/src/text/time.ts';
/** The reference system's names, so that its dashboards go on, and ours. */
export type Metric =
  | 'pass'
  | 'reject'
  | 'reject-spam'
  | 'reject-virus'
  | 'reject-dkim'
  | 'reject-spf'
  | 'reject-dmarc'
  | 'bounce-noexist'
  | 'bounce-blacklisted'
  | 'delivered-success'
  | 'delivered-failure'
  | 'retried'
  | 'expired'
  | 'fallback'
  | 'duplicate'
  | 'loop'
  | 'orphan'
  | 'kept'
  | 'answered'
  | 'answer-dropped'
  | 'answer-withheld'
  | 'build-refused'
  | 'build-skipped'
  | 'gate-open'
  | 'account-fault'
  | 'bounce-rate-guard';

/** Measured at every look at the queue, also when there is nothing in it. Ages are in seconds. */
export type Gauge = 'queue-depth' | 'queue-age';

/** Counts and says. No field may hold an address or a subject. */
export interface Telemetry {
  count(metric: Metric, value?: number): void;
  gauge(gauge: Gauge, value: number): void;
  /** From receipt to SES's taking it. */
  latency(time: Milliseconds): void;
  say(message: string, fields: Fields): void;
  /** For what a maintainer has to look at. */
  alarm(message: string, fields: Fields): void;
}

export type Fields = Readonly<Record<string, string | number | boolean | undefined>>;
