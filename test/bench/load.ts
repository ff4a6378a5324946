import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paginateScan } from '@aws-sdk/client-dynamodb';
import { paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { createTransport } from 'nodemailer';
import { runAliases } from '../../forwarder/local/aliasesCli.ts';
import { type LocalSystem, startSystem } from '../../forwarder/local/system.ts';

// `load.ts [MAILS]`: so many mails (3,000) through the whole local system while one call in twenty fails, then the
// retries of the hours after. Asserts that no mail is lost: what is delivered, bounced and queued adds up to what was
// taken in, at the end nothing is queued, and no copy is one too many that was not counted as a possible duplicate.

const mails = Number(process.argv[2] ?? 3_000);
/** Mails that are under way at the same time. */
const batch = 1_000;
/** One in this many mails goes to an inactive alias, and its sender is told. */
const inactiveEvery = 50;
/** Calls to tables and bucket: one in twenty fails, in a row, so that some outlast the SDK's own tries. */
const period = 400;
const burst = 20;

const forwarder = join(import.meta.dirname, '../../forwarder');
const folder = await mkdtemp(join(tmpdir(), 'aliasops-load-'));
const outbox = join(folder, 'outbox');
/** Copies that the functions say they may have sent once more, a number a line. */
const duplicates: number[] = [];
const system = await startSystem({
  root: forwarder,
  outbox,
  smtpPort: 0,
  log: (_, line) => void duplicates.push(duplicatesIn(line)),
});
try {
  await runAliases(system.environment, 'sync', '--dir', join(forwarder, 'local/demo/aliases'));
  await system.idle();
  injectFaults(system);
  const isIntakeWhole = await takeIn(system);
  const isEndWhole = await retry(system);
  process.exitCode = isIntakeWhole && isEndWhole ? 0 : 1;
} finally {
  await system.stop();
  await rm(folder, { recursive: true, force: true });
}

/** Half of the failing calls have their effect all the same, and only the answer is lost. */
function injectFaults({ faults }: LocalSystem): void {
  for (const server of [faults.dynamodb, faults.s3]) {
    let calls = 0;
    server.decide(() => {
      calls += 1;
      if (calls % period >= burst) return undefined;
      return calls % 2 === 0 ? 'before' : 'after';
    });
  }
}

async function takeIn(at: LocalSystem): Promise<boolean> {
  const transport = createTransport({ host: '127.0.0.1', port: at.smtpPort, ignoreTLS: true, pool: true });
  const start = performance.now();
  for (let first = 0; first < mails; first += batch) {
    const numbers = Array.from({ length: Math.min(batch, mails - first) }, (_, index) => first + index);
    failSends(at, numbers.length);
    await Promise.all(numbers.map((number) => transport.sendMail(mailOf(number))));
    await at.idle();
  }
  transport.close();
  const seconds = (performance.now() - start) / 1_000;
  print(`${mails} mails taken in within ${seconds.toFixed(0)} s, ${(mails / seconds).toFixed(0)} a second`);
  const counts = await count(at);
  say('after the intake', counts);
  return counts.delivered + counts.bounced + counts.queued === mails;
}

/** One call of SES in twenty: refused in passing, or taken without an answer. */
function failSends({ ses }: LocalSystem, sends: number): void {
  const times = Math.ceil(sends / 100);
  ses.fail({ operation: 'send', error: 'TooManyRequestsException', times });
  ses.fail({ operation: 'send', error: 'SendingPausedException', times });
  ses.fail({ operation: 'send', error: 'InternalFailure', times });
  ses.fail({ operation: 'send', error: 'InternalFailure', times: times * 2, when: 'after' });
  ses.fail({ operation: 'bounce', error: 'ServiceUnavailable', times: 1 });
}

/** The hours after, one by one, until nothing is queued; a mail is given up after 20. */
async function retry(at: LocalSystem): Promise<boolean> {
  const start = performance.now();
  const lambda = at.lambda.named('retryDeliveries');
  let counts = await count(at);
  let hour = 0;
  while (counts.queued > 0 && hour < 18) {
    hour += 1;
    await at.schedules.fire(lambda, new Date(Date.now() + hour * 3_600_000));
    await at.idle();
    counts = await count(at);
    say(`after ${hour} h`, counts);
  }
  const { dynamodb, s3 } = at.faults;
  print(`retries took ${((performance.now() - start) / 1_000).toFixed(0)} s`);
  print(`failed calls: ${dynamodb.count()} of tables, ${s3.count()} of the bucket`);
  const bounced = Math.ceil(mails / inactiveEvery);
  const counted = duplicates.reduce((sum, each) => sum + each, 0);
  const claims = [
    ['nothing is queued', counts.queued === 0],
    [`${mails - bounced} are delivered`, counts.delivered === mails - bounced],
    [`${bounced} are bounced`, counts.bounced === bounced],
    [`${counts.surplus} surplus copies, ${counted} counted as possible`, counts.surplus <= counted],
  ] as const;
  for (const [claim, holds] of claims) print(`${holds ? 'holds' : 'DOES NOT HOLD'}: ${claim}`);
  return claims.every(([, holds]) => holds);
}

interface Counts {
  /** Mails of which a copy arrived and nothing is queued. */
  readonly delivered: number;
  /** Mails whose sender was told and of which nothing is queued. */
  readonly bounced: number;
  /** Mails with something that waits, among them those that arrived and could not be noted. */
  readonly queued: number;
  /** Copies and answers beyond the first of a mail. */
  readonly surplus: number;
}

async function count(at: LocalSystem): Promise<Counts> {
  const queued = await queuedMails(at);
  const delivered = new Map<string, number>();
  const bounced = new Map<string, number>();
  for (const file of await readdir(outbox)) {
    if (!file.endsWith('.eml')) continue;
    const raw = (await at.outbox.read(file)).toString('latin1');
    // The trace header that SES put on top when it took the mail in, also in a delivery report.
    const messageId = /with SMTP id ([a-z0-9]+)/.exec(raw)?.[1] ?? `without an id: ${file}`;
    const ended = /^Content-Type: multipart\/report/im.test(raw) ? bounced : delivered;
    ended.set(messageId, (ended.get(messageId) ?? 0) + 1);
  }
  const closed = (ended: ReadonlyMap<string, number>) => [...ended.keys()].filter((id) => !queued.has(id));
  const copies = [...delivered.values(), ...bounced.values()];
  return {
    delivered: closed(delivered).length,
    bounced: closed(bounced).length,
    queued: queued.size,
    surplus: copies.reduce((sum, each) => sum + each - 1, 0),
  };
}

/** The ids of the mails with a row that is due, and of events that only the bucket took. */
async function queuedMails({ environment, dynamodb, s3 }: LocalSystem): Promise<ReadonlySet<string>> {
  const queued = new Set<string>();
  const deliveries = { TableName: environment.DELIVERIES_TABLE, ConsistentRead: true };
  for await (const { Items = [] } of paginateScan({ client: dynamodb }, deliveries)) {
    for (const { state, messageId } of Items) if (state?.S === 'due') queued.add(messageId?.S ?? '');
  }
  const events = { Bucket: environment.MESSAGE_BUCKET, Prefix: 'events/' };
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, events)) {
    for (const { Key = '' } of Contents) queued.add(Key.slice('events/'.length, -'.json'.length));
  }
  return queued;
}

function mailOf(number: number) {
  const to = number % inactiveEvery === 0 ? 'treasurer.before.2026@example.com' : 'li.wei@example.com';
  return {
    envelope: { from: 'ann@sender.example', to: [to] },
    raw: `From: ann@sender.example\r\nTo: ${to}\r\nSubject: ${number}\r\n\r\nbody\r\n`,
  };
}

function duplicatesIn(line: string): number {
  if (!line.includes('"duplicate"')) return 0;
  const { duplicate = 0 } = JSON.parse(line) as { readonly duplicate?: number | readonly number[] };
  return [duplicate].flat().reduce((sum, each) => sum + each, 0);
}

function say(when: string, { delivered, bounced, queued, surplus }: Counts): void {
  const sum = delivered + bounced + queued;
  print(
    `${when}: ${delivered} delivered + ${bounced} bounced + ${queued} queued = ${sum}; ${surplus} surplus`,
  );
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
