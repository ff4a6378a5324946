import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { runAliases } from '../../forwarder/local/aliasesCli.ts';
import { type LocalSystem, startSystem } from '../../forwarder/local/system.ts';
import { readTemplate, resourcesOf, walk } from '../stack/template.ts';

// What a thousand forwarded mails cost, from the requests and the time that a run takes and AWS's prices (eu-west-1,
// 2026-11). Says also how long `process` may take until all but SES is more than that.
// Asserts that all but SES is at most a tenth of what SES charges, and that a month of 100,000 mails to 250,000 mailboxes,
// with 10,000 aliases, costs at most 1.15 times what SES alone does: with alarms, schedules and builds.

/** Dollars. https://aws.amazon.com/ses/pricing/ and the pages of the other services. */
const prices = {
  mailIn: 0.1 / 1_000,
  mailOut: 0.1 / 1_000,
  writeUnit: 0.625 / 1_000_000,
  readUnit: 0.125 / 1_000_000,
  s3Put: 0.005 / 1_000,
  s3Get: 0.0004 / 1_000,
  lambdaRequest: 0.2 / 1_000_000,
  /** arm64. */
  lambdaGigabyteSecond: 0.0000133334,
  logGigabyte: 0.57,
  alarmMetric: 0.1,
  metric: 0.3,
} as const;

/**
 * Seconds that a call takes longer in AWS than on this machine, taken high. A run measures the rest: what Lambda would
 * bill for the functions here, on an emulated AWS and a busy machine.
 */
const farther = { table: 0.01, bucket: 0.03, send: 0.15 };
const gigabytes = { spam: 0.5, process: 1 };
/**
 * Units of a write to the ledger, of less than a kilobyte. Rows that are opened stand in the table and the index of what is
 * due; a transaction costs twice, but not in the index. One that is closed leaves that index and comes into the one by
 * SES's id. Who was reached has a row in the table alone.
 */
const units = { opened: 2, openedTogether: 3, closed: 3, reached: 1 };
const mails = 100;

/** Mailboxes of aliases of the demo: half of the month's mails go to two, half to three. */
const groupSizes = { 'john.doe': 2, board: 3 };
const month = { mails: 100_000, aliases: 10_000 };
/**
 * Runs of the schedules, and what each takes where there is little to do; taken high. A look has as many calls as `process`,
 * and lists the kept events each time, and the mails of such a month each hour.
 */
const standing = {
  looks: { times: 12 * 24 * 30, seconds: 0.4, gigabytes: 1, reads: 12, writes: 6, listings: 3, lines: 4 },
  builds: { times: 24 * 30, seconds: 6, gigabytes: 1 },
};
/** Kilobytes of an alias that a build reads, with its rows: a unit of reading has four. */
const kilobytesOfAlias = 0.8;
/** Days that a mail is kept, and its gigabytes. */
const kept = { days: 7, gigabytes: 0.0001, monthly: 0.023 };
const logLine = 300;

/** Those of our metrics that every hour of such a month has; the others have some, and are paid for in those. */
const hourly: ReadonlySet<string> = new Set([
  'pass',
  'reject',
  'reject-spam',
  'bounce-noexist',
  'delivered-success',
  'latency',
  'answered',
  'queue-depth',
  'queue-age',
]);
const shareOfHours = 0.1;

const forwarder = join(import.meta.dirname, '../../forwarder');
/** What the functions log. */
const said: { readonly name: string; readonly line: string }[] = [];
const folder = await mkdtemp(join(tmpdir(), 'aliasops-cost-'));
const system = await startSystem({
  root: forwarder,
  outbox: join(folder, 'outbox'),
  smtpPort: 0,
  log: (source, line) => void said.push({ name: source.split('-').at(-1) ?? '', line }),
});
try {
  await runAliases(system.environment, 'sync', '--dir', join(forwarder, 'local/demo/aliases'));
  await system.idle();
  await reportReads(system);
  const calls = await countCalls(system, 'li.wei@example.com', mails);
  const isCheap = report(calls);
  const groups = new Map<number, Cost>();
  for (const [alias, destinations] of Object.entries(groupSizes)) {
    const calls = await countCalls(system, `${alias}@example.com`, mails, destinations);
    groups.set(destinations, costOf(calls, destinations));
  }
  process.exitCode = reportMonth(groups) && isCheap ? 0 : 1;
} finally {
  await system.stop();
  await rm(folder, { recursive: true, force: true });
}

/** What a mail reads of the tables, by how its recipient is found. */
async function reportReads(at: LocalSystem): Promise<void> {
  for (const [kind, recipient] of [
    ['an alias', 'li.wei@example.com'],
    ['one with a subaddress', 'li.wei+x@example.com'],
    ['one at an alias domain', 'li.wei@example.net'],
    ['a catch-all', 'whoever@example.com'],
  ] as const) {
    const calls = await countCalls(at, recipient, 5);
    const reads = (calls.get('GetItem') ?? 0) + (calls.get('Query') ?? 0);
    process.stdout.write(`reads a mail to ${kind}: ${reads / 5}\n`);
  }
}

/** Calls to DynamoDB and S3 by operation, over so many mails. */
async function countCalls(
  at: LocalSystem,
  to: string,
  count: number,
  destinations = 1,
): Promise<ReadonlyMap<string, number>> {
  const calls = new Map<string, number>();
  const note = (operation: string) => {
    calls.set(operation, (calls.get(operation) ?? 0) + 1);
    return undefined;
  };
  const before = (await at.outbox.list()).length;
  said.length = 0;
  at.faults.dynamodb.decide(note);
  at.faults.s3.decide(note);
  const transport = createTransport({ host: '127.0.0.1', port: at.smtpPort, ignoreTLS: true });
  for (let mail = 0; mail < count; mail += 1) {
    await transport.sendMail({
      from: 'ann@sender.example',
      to,
      subject: `Mail ${mail}`,
      text: 'x'.repeat(20_000),
    });
  }
  await at.idle();
  const sent = (await at.outbox.list()).length - before;
  if (sent !== count * destinations) throw new Error(`${sent} mails were sent for ${count}.`);
  return calls;
}

interface Cost {
  readonly lines: readonly (readonly [name: string, dollars: number])[];
  readonly seconds: Readonly<Record<keyof typeof gigabytes, number>>;
}

/** What one mail costs, by calls over `mails` of them and by what the functions said meanwhile. */
function costOf(calls: ReadonlyMap<string, number>, destinations: number): Cost {
  const perMail = (...operations: string[]) =>
    operations.reduce((sum, operation) => sum + (calls.get(operation) ?? 0), 0) / mails;
  const writes =
    units.opened * (perMail('PutItem') - destinations) +
    units.reached * destinations +
    units.closed * perMail('UpdateItem', 'DeleteItem') +
    units.openedTogether * destinations * perMail('TransactWriteItems');
  const table = perMail('GetItem', 'Query', 'PutItem', 'UpdateItem', 'TransactWriteItems');
  const seconds = {
    spam: billed('spam') + farther.table,
    process: billed('process') + table * farther.table + perMail('GET') * farther.bucket + farther.send,
  };
  const logged = said.reduce((sum, { line }) => sum + line.length + 26, 0) / mails;
  const lines = [
    ['SES, in and out', prices.mailIn + destinations * prices.mailOut],
    ['DynamoDB writes', writes * prices.writeUnit],
    ['DynamoDB reads', perMail('GetItem', 'BatchGetItem', 'Query') * prices.readUnit],
    // SES's own put is one more.
    ['S3', (1 + perMail('PUT')) * prices.s3Put + perMail('GET') * prices.s3Get],
    [
      'Lambda',
      2 * prices.lambdaRequest +
        (seconds.spam * gigabytes.spam + seconds.process * gigabytes.process) * prices.lambdaGigabyteSecond,
    ],
    ['Logs', (logged / 1e9) * prices.logGigabyte],
  ] as const;
  return { lines, seconds };
}

function report(calls: ReadonlyMap<string, number>): boolean {
  const { lines, seconds } = costOf(calls, 1);
  process.stdout.write(
    `seconds a mail: spam ${seconds.spam.toFixed(3)}, process ${seconds.process.toFixed(3)}; on this machine ${billed('spam').toFixed(3)}, ${billed('process').toFixed(3)}\n`,
  );
  process.stdout.write(`calls a mail: ${[...calls].map(([name, n]) => `${name} ${n / mails}`).join(', ')}\n`);
  for (const [name, price] of lines)
    process.stdout.write(`${name.padEnd(18)} $${(price * 1_000).toFixed(4)}\n`);
  const [ses = 0, ...others] = lines.map(([, price]) => price);
  const share = others.reduce((sum, price) => sum + price, 0) / ses;
  process.stdout.write(`a thousand mails   $${(ses * (1 + share) * 1_000).toFixed(4)}\n`);
  process.stdout.write(`${(share * 100).toFixed(1)} % above SES alone; at most 10 %: ${share <= 0.1}\n`);
  const room = ((0.1 - share) * ses) / (gigabytes.process * prices.lambdaGigabyteSecond);
  process.stdout.write(
    `it holds while process takes up to ${(seconds.process + room).toFixed(2)} seconds a mail\n`,
  );
  return share <= 0.1;
}

/** Seconds that an invocation of a function is billed for: the median, since what else this machine does is not billed. */
function billed(name: string): number {
  const times = said.flatMap(({ name: of, line }) => {
    const [, time] = of === name ? (/Billed Duration: (\d+) ms/.exec(line) ?? []) : [];
    return time === undefined ? [] : [Number(time) / 1_000];
  });
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

/** Asserts the price of a month, all in, by a mail's costs to two and three mailboxes. */
function reportMonth(groups: ReadonlyMap<number, Cost>): boolean {
  const sums = new Map<string, number>();
  const add = (name: string, dollars: number) => sums.set(name, (sums.get(name) ?? 0) + dollars);
  for (const { lines } of groups.values())
    for (const [name, dollars] of lines) add(name, (dollars * month.mails) / groups.size);
  const { looks, builds } = standing;
  const perLook =
    looks.reads * prices.readUnit + looks.writes * prices.writeUnit + looks.listings * prices.s3Put;
  add('Schedules', looks.times * (perLook + prices.lambdaRequest + runOf(looks)));
  add('Schedules', ((looks.times * looks.lines * logLine) / 1e9) * prices.logGigabyte);
  const perBuild = ((month.aliases * kilobytesOfAlias) / 4) * prices.readUnit;
  add('Builds', builds.times * (perBuild + prices.lambdaRequest + runOf(builds)));
  // A mail is looked up once as an orphan.
  add('DynamoDB reads', month.mails * prices.readUnit);
  add('S3', ((month.mails * kept.days) / 30) * kept.gigabytes * kept.monthly);
  add('Alarms, metrics', fixedPrice());
  process.stdout.write(`a month of ${month.mails} mails to two and three mailboxes each\n`);
  for (const [name, price] of sums) process.stdout.write(`${name.padEnd(18)} $${price.toFixed(2)}\n`);
  const ses = sums.get('SES, in and out') ?? Number.NaN;
  const all = [...sums.values()].reduce((sum, price) => sum + price, 0);
  const isCheap = all <= 1.15 * ses;
  process.stdout.write(
    `all in $${all.toFixed(2)}, ${(all / ses).toFixed(3)} times SES alone; at most 1.15: ${isCheap}\n`,
  );
  return isCheap;
}

function runOf({
  seconds,
  gigabytes: size,
}: {
  readonly seconds: number;
  readonly gigabytes: number;
}): number {
  return seconds * size * prices.lambdaGigabyteSecond;
}

/** A month's alarms and metrics, without the free ones: ten of each. */
function fixedPrice(): number {
  const template = readTemplate();
  const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm');
  const watched = alarms.reduce((sum, [, { Properties }]) => {
    const queries = Properties?.Metrics as readonly { readonly MetricStat?: unknown }[] | undefined;
    return sum + (queries?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1);
  }, 0);
  const own = new Set<string>();
  for (const [, value] of walk(template.Resources)) {
    if (typeof value !== 'string') continue;
    for (const [, name = ''] of value.matchAll(/"SES-Forward", "([\w-]+)"/g)) own.add(name);
  }
  const rare = [...own].filter((name) => !hourly.has(name)).length;
  const paid = Math.max(0, own.size - rare - 10) + rare * shareOfHours;
  const price = Math.max(0, watched - 10) * prices.alarmMetric + paid * prices.metric;
  process.stdout.write(
    `fixed, a month: ${alarms.length} alarms on ${watched} metrics and ${own.size} metrics of ours on the dashboard, ${rare} of them rare: $${price.toFixed(2)}\n`,
  );
  return price;
}
