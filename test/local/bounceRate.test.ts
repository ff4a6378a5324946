import { GetSendStatisticsCommand, SESClient } from '@aws-sdk/client-ses';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LocalSystem } from '../../forwarder/local/system.ts';
import { buildAliases, startLocal } from '../localSystem.ts';

/** One more than the stage's limit allows: six in a hundred, where 5 % is the limit. */
const dead = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}@gone.example`);
const known = 'known@mailbox.example';
const unknown = 'unknown@mailbox.example';
const aliases: Readonly<Record<string, readonly string[]>> = {
  everybody: [known, ...dead],
  known: [known],
  unknown: [unknown],
};

let system: LocalSystem;
let clock = Date.now();

beforeAll(async () => {
  system = await startLocal();
  for (const address of dead) system.ses.decide(address, 'bounced');
  await buildAliases(system, aliases);
});

afterAll(() => system.stop());

/** Who gets mail while something is done. */
async function during(action: () => Promise<unknown>): Promise<readonly string[]> {
  const before = (await system.outbox.list()).length;
  await action();
  await system.idle();
  return (await system.outbox.list()).slice(before).map(({ kind, to }) => `${kind} to ${to}`);
}

const mail = (alias: string) =>
  during(() =>
    createTransport({ host: '127.0.0.1', port: system.smtpPort, ignoreTLS: true }).sendMail({
      from: 'ann@sender.example',
      to: `${alias}@example.com`,
      text: 'Hello',
    }),
  );

/** Lets the look at the bounce rate, which comes with each new attempt, happen sixteen minutes later than the last one. */
const look = () =>
  during(() => {
    clock += 960_000;
    return system.schedules.fire(system.lambda.named('retryDeliveries'), new Date(clock));
  });

it('holds mail to new destinations back while the account bounces too much, and sends it afterwards', async () => {
  await mail('known');
  await mail('everybody');
  expect(dead.map((address) => system.ses.taken(address))).toEqual(dead.map(() => 1));
  await look();
  expect(await mail('known')).toEqual([`mail to ${known}`]);
  expect(await mail('unknown')).toEqual([]);
  // Still too much, however often the mail is due.
  expect(await look()).toEqual([]);

  const raw = Buffer.from('From: mailer-daemon@example.com\r\n\r\nbody');
  for (let sent = 0; sent < 150; sent += 1)
    await system.ses.send({ recipients: ['well@mailbox.example'], raw });
  expect(await look()).toEqual([`mail to ${unknown}`]);
});

it('tells its sends and bounces by quarters of an hour', async () => {
  const { environment } = system;
  const client = new SESClient({
    region: environment.AWS_REGION ?? '',
    endpoint: environment.AWS_ENDPOINT_URL_SES ?? '',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  const counted = async () => {
    const { SendDataPoints = [] } = await client.send(new GetSendStatisticsCommand({}));
    for (const { Timestamp } of SendDataPoints) expect((Timestamp?.getTime() ?? 1) % 900_000).toBe(0);
    return (['DeliveryAttempts', 'Bounces', 'Complaints', 'Rejects'] as const).map((of) =>
      SendDataPoints.reduce((total, point) => total + (point[of] ?? Number.NaN), 0),
    );
  };
  const raw = Buffer.from('From: mailer-daemon@example.com\r\n\r\nbody');
  system.ses.decide('angry@mailbox.example', 'complained');
  system.ses.decide('g@gone.example', 'bounced');
  system.ses.suppression.put('h@gone.example', 'BOUNCE');
  const recipients = [
    'angry@mailbox.example',
    'bounce@simulator.amazonses.com',
    'g@gone.example',
    'h@gone.example',
  ];
  const before = await counted();
  await system.ses.send({ recipients, raw });
  const after = await counted();
  // Neither what the simulator bounces nor what the account's own list stops counts as a bounce.
  expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual([4, 1, 1, 0]);
});
