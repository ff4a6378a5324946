/** Dollars, of eu-west-1 in 2026-11. https://aws.amazon.com/ses/pricing/ and the pages of the other services. */
export const prices = {
  mailIn: 0.1 / 1_000,
  mailOut: 0.1 / 1_000,
  writeUnit: 0.625 / 1_000_000,
  readUnit: 0.125 / 1_000_000,
  /** A list costs as much as a put. */
  s3Put: 0.005 / 1_000,
  s3Get: 0.0004 / 1_000,
  s3Gigabyte: 0.023,
  backupGigabyte: 0.2,
  lambdaRequest: 0.2 / 1_000_000,
  /** arm64. */
  lambdaGigabyteSecond: 0.0000133334,
  logGigabyte: 0.57,
  alarmMetric: 0.1,
  metric: 0.3,
  dashboard: 3,
} as const;

/** What every account has free each month, for as long as it exists. */
export const free = {
  lambdaRequests: 1_000_000,
  lambdaGigabyteSeconds: 400_000,
  logGigabytes: 5,
  alarmMetrics: 10,
  metrics: 10,
  dashboards: 3,
} as const;
