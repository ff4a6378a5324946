import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LocalSystem } from '../../forwarder/local/system.ts';
import { buildAliases, startLocal } from '../localSystem.ts';

const members = Array.from({ length: 500 }, (_, n) => `member${n}@mailbox.example`);
const jane = 'jane@mailbox.example';
const aliases: Readonly<Record<string, readonly string[]>> = {
  everybody: members,
  some: members.slice(0, 60),
  jane: [jane],
};

let system: LocalSystem;

beforeAll(async () => {
  system = await startLocal();
  await buildAliases(system, aliases);
});

afterAll(() => system.stop());

const send = (alias: string) =>
  createTransport({ host: '127.0.0.1', port: system.smtpPort, ignoreTLS: true }).sendMail({
    from: 'ann@sender.example',
    to: `${alias}@example.com`,
    text: 'Hello',
  });

async function due(): Promise<number> {
  const { Items = [] } = await DynamoDBDocumentClient.from(system.dynamodb).send(
    new ScanCommand({ TableName: system.environment.DELIVERIES_TABLE, ConsistentRead: true }),
  );
  return Items.filter(({ state, destination }) => state === 'due' && destination !== '#event').length;
}

it('gives a mail to 500 members once, without a schedule, and the next one meanwhile', async () => {
  // As fast as this machine: how long it takes at SES's rate, the simulation holds.
  system.ses.changeAccount({ sendRate: 1_000 });
  await send('everybody');
  await send('jane');
  await expect.poll(() => system.ses.taken(jane), { timeout: 20_000 }).toBe(1);
  await system.idle();
  expect(members.filter((address) => system.ses.taken(address) !== 1)).toEqual([]);
  expect(await due()).toBe(0);
});

it("keeps what the day's quota does not take, and sends it when there is room again", async () => {
  const sent = members.length + 1;
  system.ses.changeAccount({ dailyQuota: sent + 40 });
  await send('some');
  await system.idle();
  // Sends that are under way when the quota is reached go through, here as at SES.
  const waiting = await due();
  expect(waiting).toBeGreaterThan(0);
  expect(waiting).toBeLessThanOrEqual(20);
  const retry = (minutes: number) =>
    system.schedules.fire(system.lambda.named('retryDeliveries'), new Date(Date.now() + minutes * 60_000));
  await retry(20);
  await system.idle();
  expect(await due()).toBe(waiting);
  system.ses.changeAccount({ dailyQuota: 50_000 });
  await retry(40);
  await system.idle();
  expect(await due()).toBe(0);
  const again = (aliases.some ?? []).map((address) => system.ses.taken(address));
  expect(again).toEqual(again.map(() => 2));
});
