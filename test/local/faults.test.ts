import { paginateScan } from '@aws-sdk/client-dynamodb';
import { paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LocalSystem } from '../../forwarder/local/system.ts';
import { demoAliases, startLocal } from '../localSystem.ts';

/** One call in twenty fails, three in a row each time, so that some outlast the SDK's own retries. */
const period = 60;
const burst = 3;

let system: LocalSystem;
/** The copies that the functions say they may have sent once more. */
let counted = 0;

beforeAll(async () => {
  system = await startLocal({
    sync: demoAliases,
    log: (_, line) => {
      counted += duplicatesIn(line);
    },
  });
});

afterAll(() => system.stop());

const mails = Number(process.env.FAULT_MAILS ?? 300);

/** Of each mail, how many copies arrived. */
async function copies(): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const { file } of await system.outbox.list()) {
    const subject = /^Subject: (.*)\r$/m.exec((await system.outbox.read(file)).toString())?.[1] ?? '';
    found.set(subject, (found.get(subject) ?? 0) + 1);
  }
  return found;
}

it('delivers every mail though one call in twenty fails', async () => {
  let calls = 0;
  const unlucky = () => {
    calls += 1;
    return calls % period < burst ? 'before' : undefined;
  };
  system.faults.dynamodb.decide(unlucky);
  system.faults.s3.decide(unlucky);
  const end = system.ses.fail({ operation: 'send', error: 'SendingPausedException', times: mails / 20 });
  const transport = createTransport({
    host: '127.0.0.1',
    port: system.smtpPort,
    ignoreTLS: true,
    pool: true,
  });
  await Promise.all(Array.from({ length: mails }, (_, index) => transport.sendMail(mailTo(index))));
  transport.close();
  await system.idle();
  end();
  // No mail is in neither place, whatever failed; one whose mark was refused is in both.
  expect((await copies()).size + (await queued())).toBeGreaterThanOrEqual(mails);
  const retry = system.lambda.named('retryDeliveries');
  for (let hour = 1; hour <= 15 && (await queued()) > 0; hour += 1) {
    await system.schedules.fire(retry, new Date(Date.now() + hour * 3_600_000));
    await system.idle();
  }
  expect(await queued()).toBe(0);
  const arrived = await copies();
  expect(arrived.size).toBe(mails);
  expect(Math.max(...arrived.values())).toBeLessThanOrEqual(2);
  const surplus = [...arrived.values()].filter((count) => count > 1).length;
  expect(surplus).toBeLessThanOrEqual(counted);
  expect(system.faults.dynamodb.count()).toBeGreaterThan(0);
});

function mailTo(index: number) {
  return {
    envelope: { from: 'ann@sender.example', to: ['li.wei@example.com'] },
    raw: `From: ann@sender.example\r\nTo: li.wei@example.com\r\nSubject: ${index}\r\n\r\nbody\r\n`,
  };
}

/** The mails that wait to be sent: rows of the ledger, and events that only the bucket took. */
async function queued(): Promise<number> {
  const TableName = system.environment.DELIVERIES_TABLE;
  let due = 0;
  for await (const { Items = [] } of paginateScan(
    { client: system.dynamodb },
    { TableName, ConsistentRead: true },
  ))
    due += Items.filter((row) => row.state?.S === 'due').length;
  const events = { Bucket: system.environment.MESSAGE_BUCKET, Prefix: 'events/' };
  for await (const { Contents = [] } of paginateListObjectsV2({ client: system.s3 }, events))
    due += Contents.length;
  return due;
}

function duplicatesIn(line: string): number {
  if (!line.includes('"duplicate"')) return 0;
  const { duplicate = 0 } = JSON.parse(line) as { readonly duplicate?: number | readonly number[] };
  return [duplicate].flat().reduce((sum, each) => sum + each, 0);
}
