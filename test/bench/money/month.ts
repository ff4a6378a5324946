import { free, prices } from './prices.ts';

/** What a piece of work asks of AWS. */
export interface Work {
  readonly tableWrites: number;
  readonly tableReads: number;
  readonly puts: number;
  readonly gets: number;
  readonly invocations: number;
  readonly gigabyteSeconds: number;
  readonly logBytes: number;
}

export interface Usage {
  readonly perMail: Work;
  /** `retryDeliveries`, every five minutes, where nothing waits. */
  readonly perRetry: Work;
  /** `buildForwards`, every hour, where nothing changes. */
  readonly perBuild: Work;
  /** A question whether a mail has a row. */
  readonly perLook: Work;
  readonly alarmMetrics: number;
  readonly dashboards: number;
  /** Of one mail, which metrics it adds to; 0 for one that each retry writes. */
  readonly metrics: readonly number[];
}

/** Hours of 30 days. */
const hours = 720;
const retries = hours * 12;
/** A mail is looked for in six runs after its first ten minutes, and then each hour for a day. */
const looks = 6 + 24;
const bytesOfMail = 20_000;
/** Of a ledger row, in its table and its indexes. */
const bytesOfRow = 4_000;
const gigabyte = 1e9;
/** Keys that a list of S3 gives at once. */
const pageOfKeys = 1_000;

export interface Line {
  readonly name: string;
  readonly dollars: number;
}

/** A month of 30 days with so many mails, each forwarded to one mailbox; SES first. Lines without what is free. */
export function monthOf(mails: number, usage: Usage, isFree = true): Line[] {
  const total = sumOf([
    times(usage.perMail, mails),
    times(usage.perRetry, retries),
    times(usage.perBuild, hours),
    times(usage.perLook, mails * looks),
  ]);
  const kept = (mails * 7) / 30;
  const listPages = retries * Math.max(0, Math.ceil(kept / pageOfKeys) - 1);
  const beyond = (amount: number, given: number) => Math.max(0, amount - (isFree ? given : 0));
  return [
    { name: 'SES', dollars: mails * (prices.mailIn + prices.mailOut) },
    {
      name: 'DynamoDB',
      dollars: total.tableWrites * prices.writeUnit + total.tableReads * prices.readUnit,
    },
    // Rows are kept for 90 days, and so are their backups.
    { name: 'backups', dollars: ((mails * 3 * bytesOfRow) / gigabyte) * prices.backupGigabyte },
    {
      name: 'S3',
      dollars:
        (total.puts + listPages) * prices.s3Put +
        total.gets * prices.s3Get +
        ((kept * bytesOfMail) / gigabyte) * prices.s3Gigabyte,
    },
    {
      name: 'Lambda',
      dollars:
        beyond(total.invocations, free.lambdaRequests) * prices.lambdaRequest +
        beyond(total.gigabyteSeconds, free.lambdaGigabyteSeconds) * prices.lambdaGigabyteSecond,
    },
    { name: 'logs', dollars: beyond(total.logBytes / gigabyte, free.logGigabytes) * prices.logGigabyte },
    { name: 'alarms', dollars: beyond(usage.alarmMetrics, free.alarmMetrics) * prices.alarmMetric },
    { name: 'metrics', dollars: beyond(metricMonths(mails, usage.metrics), free.metrics) * prices.metric },
    { name: 'dashboard', dollars: beyond(usage.dashboards, free.dashboards) * prices.dashboard },
  ];
}

export function dollarsOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { dollars }) => sum + dollars, 0);
}

/** A metric is charged for the hours in which it has a value; mails come as they like, so Poisson tells how many. */
function metricMonths(mails: number, shares: readonly number[]): number {
  return shares.reduce((sum, share) => sum + (share === 0 ? 1 : 1 - Math.exp(-(mails * share) / hours)), 0);
}

function times(work: Work, count: number): Work {
  return {
    tableWrites: work.tableWrites * count,
    tableReads: work.tableReads * count,
    puts: work.puts * count,
    gets: work.gets * count,
    invocations: work.invocations * count,
    gigabyteSeconds: work.gigabyteSeconds * count,
    logBytes: work.logBytes * count,
  };
}

function sumOf(works: readonly Work[]): Work {
  const add = (of: (work: Work) => number) => works.reduce((sum, work) => sum + of(work), 0);
  return {
    tableWrites: add((work) => work.tableWrites),
    tableReads: add((work) => work.tableReads),
    puts: add((work) => work.puts),
    gets: add((work) => work.gets),
    invocations: add((work) => work.invocations),
    gigabyteSeconds: add((work) => work.gigabyteSeconds),
    logBytes: add((work) => work.logBytes),
  };
}
