import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { runAliases } from '../../forwarder/local/aliasesCli.ts';
import { type LocalSystem, startSystem } from '../../forwarder/local/system.ts';
import { readTemplate, resourcesOf } from '../stack/template.ts';
import { templateWith } from '../stack/templateWith.ts';
import { watchedMetrics } from '../stack/watched.ts';
import { dollarsOf, monthOf, type Usage, type Work } from './money/month.ts';

// What a month costs beside SES alone, at 300, 3,000 and 300,000 mails, from the requests and the time that a run on the
// local system takes: mails, and the scheduled functions that have nothing to do. Not in it: changes of aliases, bounces.
// Asserts that a month with 3,000 mails is less than 1.3 times what SES charges, within what every account has free.

/**
 * Seconds that a call takes longer in AWS than on this machine, taken high. A run measures the rest: what Lambda would
 * bill for the functions here, on an emulated AWS and a busy machine.
 */
const farther = { table: 0.01, bucket: 0.03, send: 0.15 };
const gigabytes = { spam: 0.5, process: 1, retryDeliveries: 1, buildForwards: 1 } as const;
/** A ledger row stands in its table and at most two indexes: a write counts once for each. */
const placesOfRow = 3;
const mails = 100;
const idleRuns = 10;
const most = 1.3;
/** How often a mail adds to a metric of ours, taken high; the rest is written by few mails, or none. */
const shares = [
  // By each retry: how many wait, and since when.
  0,
  0,
  // By each mail: it passed, was delivered, and how long it took.
  1,
  1,
  1,
  // What is rejected, and for what.
  0.3,
  0.2,
  0.05,
  0.05,
  0.05,
  0.05,
  0.1,
  0.05,
  // What is tried again, refused, answered, dropped, doubled, looped, and what else is rare.
  ...Array<number>(14).fill(0.01),
];

const forwarder = join(import.meta.dirname, '../../forwarder');
/** What the functions log. */
const said: { readonly name: keyof typeof gigabytes; readonly line: string }[] = [];
const folder = await mkdtemp(join(tmpdir(), 'aliasops-cost-'));
const system = await startSystem({
  root: forwarder,
  outbox: join(folder, 'outbox'),
  smtpPort: 0,
  log: (source, line) => {
    const name = source.split('-').at(-1) ?? '';
    if (isMeasured(name)) said.push({ name, line });
  },
});
try {
  await runAliases(system.environment, 'sync', '--dir', join(forwarder, 'local/demo/aliases'));
  await system.idle();
  // Before there are mails, so that nothing is looked at, and each GET of S3 is a list.
  const perRetry = listing(
    await workOf(system, ['retryDeliveries'], idleRuns, () => fire('retryDeliveries')),
  );
  const perBuild = listing(await workOf(system, ['buildForwards'], idleRuns, () => fire('buildForwards')));
  const perMail = await workOf(system, ['spam', 'process'], mails, sendMails);
  process.exitCode = report({ perMail, perRetry, perBuild }) ? 0 : 1;
} finally {
  await system.stop();
  await rm(folder, { recursive: true, force: true });
}

function isMeasured(name: string): name is keyof typeof gigabytes {
  return Object.hasOwn(gigabytes, name);
}

async function fire(name: 'retryDeliveries' | 'buildForwards'): Promise<void> {
  for (let run = 0; run < idleRuns; run += 1) {
    await system.schedules.fire(system.lambda.named(name), new Date());
  }
  await system.idle();
}

async function sendMails(): Promise<void> {
  const before = (await system.outbox.list()).length;
  const transport = createTransport({ host: '127.0.0.1', port: system.smtpPort, ignoreTLS: true });
  for (let mail = 0; mail < mails; mail += 1) {
    await transport.sendMail({
      from: 'ann@sender.example',
      to: 'li.wei@example.com',
      subject: `Mail ${mail}`,
      text: 'x'.repeat(20_000),
    });
  }
  await system.idle();
  const sent = (await system.outbox.list()).length - before;
  if (sent < mails) throw new Error(`${sent} of ${mails} mails were forwarded.`);
}

/** What these functions ask for each of so many mails or runs. */
async function workOf(
  at: LocalSystem,
  names: readonly (keyof typeof gigabytes)[],
  count: number,
  act: () => Promise<void>,
): Promise<Work> {
  const calls = new Map<string, number>();
  const note = (operation: string) => {
    calls.set(operation, (calls.get(operation) ?? 0) + 1);
    return undefined;
  };
  said.length = 0;
  at.faults.dynamodb.decide(note);
  at.faults.s3.decide(note);
  await act();
  const per = (...operations: readonly string[]) =>
    operations.reduce((sum, operation) => sum + (calls.get(operation) ?? 0), 0) / count;
  const writes = per('PutItem', 'UpdateItem', 'DeleteItem') + 2 * per('TransactWriteItems');
  const reads = per('GetItem', 'BatchGetItem', 'Query', 'Scan');
  const isMail = names.includes('process');
  const far =
    (writes + reads) * farther.table + per('GET', 'PUT') * farther.bucket + (isMail ? farther.send : 0);
  const seconds = names.map((name) => [name, billed(name)] as const);
  const told = seconds.map(([name, time]) => `${name} ${time.toFixed(3)} s here`).join(', ');
  print(
    `${told}, ${far.toFixed(3)} s for the way; ${[...calls].map(([op, n]) => `${op} ${n / count}`).join(', ')}`,
  );
  // Calls are nearly all of the function that has most memory.
  const ours = said.filter(({ name }) => names.includes(name));
  return {
    tableWrites: writes * (isMail ? placesOfRow : 1),
    tableReads: reads,
    // SES's own put is one more.
    puts: per('PUT') + (isMail ? 1 : 0),
    gets: per('GET'),
    invocations: names.length,
    gigabyteSeconds: seconds.reduce((sum, [name, time]) => sum + time * gigabytes[name], far),
    logBytes: ours.reduce((sum, { line }) => sum + line.length + 26, 0) / count,
  };
}

/** Where nothing is fetched, each GET is a list, which costs as much as a put. */
function listing(work: Work): Work {
  return { ...work, puts: work.puts + work.gets, gets: 0 };
}

/** Seconds that an invocation of a function is billed for: the median, since what else this machine does is not billed. */
function billed(name: string): number {
  const times = said.flatMap(({ name: of, line }) => {
    const [, time] = of === name ? (/Billed Duration: (\d+) ms/.exec(line) ?? []) : [];
    return time === undefined ? [] : [Number(time) / 1_000];
  });
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

function report(measured: Pick<Usage, 'perMail' | 'perRetry' | 'perBuild'>): boolean {
  const perLook: Work = {
    tableWrites: 0,
    tableReads: 1,
    puts: 0,
    gets: 0,
    invocations: 0,
    gigabyteSeconds: farther.table * gigabytes.retryDeliveries,
    logBytes: 0,
  };
  const template = readTemplate();
  const usage: Usage = {
    ...measured,
    perLook,
    metrics: shares,
    alarmMetrics: watchedMetrics(template),
    dashboards: resourcesOf(template, 'AWS::CloudWatch::Dashboard').length,
  };
  const all = { ...usage, alarmMetrics: watchedMetrics(templateWith('alarms: all')) };
  const columns = [300, 3_000, 300_000].map((count) => ({ count, lines: monthOf(count, usage) }));
  const heading = columns.map(({ count }) => `${count.toLocaleString('en')} mails`);
  table('a month, dollars', heading);
  for (const { name } of columns[0]?.lines ?? []) {
    const cells = columns.map(({ lines }) => lines.find((line) => line.name === name)?.dollars ?? 0);
    table(
      name === 'SES' ? 'SES alone' : name,
      cells.map((dollars) => dollars.toFixed(3)),
    );
  }
  const factorOf = (count: number, of: Usage, isFree: boolean) =>
    (dollarsOf(monthOf(count, of, isFree)) / (monthOf(count, of)[0]?.dollars ?? 0)).toFixed(2);
  const row = (name: string, of: Usage, isFree: boolean) =>
    table(
      name,
      columns.map(
        ({ count }) =>
          `${dollarsOf(monthOf(count, of, isFree)).toFixed(2)} (${factorOf(count, of, isFree)}x)`,
      ),
    );
  row('all', usage, true);
  row('with all alarms', all, true);
  row('with nothing free', usage, false);
  const factor = Number(factorOf(3_000, usage, true));
  print(`3,000 mails cost ${factor} times SES alone; less than ${most}: ${factor < most}`);
  return factor < most;
}

function table(name: string, cells: readonly string[]): void {
  print(`${name.padEnd(20)}${cells.map((cell) => cell.padStart(20)).join('')}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
