import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LocalSystem } from '../../forwarder/local/system.ts';
import { buildAliases, startLocal } from '../localSystem.ts';

const members = (name: string, count: number) =>
  Array.from({ length: count }, (_, n) => `${name}${n}@mailbox.example`);
/** Who got mail before; they are of everybody. */
const known = members('member', 2);
const aliases = {
  known,
  everybody: members('member', 500),
  slow: members('slow', 60),
  away: members('away', 60),
} as const;

let system: LocalSystem;
let minutes = 0;

beforeAll(async () => {
  system = await startLocal();
  system.ses.changeAccount({ sendRate: 1_000 });
  await buildAliases(system, aliases);
});

afterAll(() => system.stop());

function documents(): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(system.dynamodb);
}

const put = (table: string, Item: object) =>
  documents().send(new PutCommand({ TableName: system.environment[table], Item }));

/** To an alias; and to nobody, so that the sender is to be told. */
const send = (alias: string) =>
  createTransport({ host: '127.0.0.1', port: system.smtpPort, ignoreTLS: true }).sendMail({
    envelope: { from: `${alias}@sender.example`, to: [`${alias}@example.com`, 'nobody@example.com'] },
    text: 'Hello',
  });

/** Lets the schedule's time go on. */
async function later(passed: number): Promise<void> {
  minutes += passed;
  await system.schedules.fire(
    system.lambda.named('retryDeliveries'),
    new Date(Date.now() + minutes * 60_000),
  );
  await system.idle();
}

async function answersTo(alias: string): Promise<number> {
  const sent = await system.outbox.list();
  return sent.filter(({ kind, to }) => kind === 'bounce' && to === `${alias}@sender.example`).length;
}

async function due(): Promise<number> {
  const { Items = [] } = await documents().send(
    new ScanCommand({ TableName: system.environment.DELIVERIES_TABLE, ConsistentRead: true }),
  );
  return Items.filter(({ state }) => state === 'due').length;
}

const taken = (addresses: readonly string[]) => addresses.map((address) => system.ses.taken(address));

it('gives a mail to 500 members once, after 60 mails, while the brake is engaged and when it is not', async () => {
  for (let mail = 0; mail < 60; mail += 1) {
    const raw = { from: 'ann@sender.example', to: 'known@example.com', text: 'Hello' };
    await createTransport({ host: '127.0.0.1', port: system.smtpPort, ignoreTLS: true }).sendMail(raw);
  }
  await system.idle();
  expect(taken(known)).toEqual(known.map(() => 60));
  const until = Math.floor(Date.now() / 1_000) + 3_600;
  await put('DELIVERIES_TABLE', { messageId: '#account', destination: '#bounce-rate', rate: 0.5, until });
  await send('everybody');
  await system.idle();
  const others = aliases.everybody.slice(known.length);
  expect(taken(known)).toEqual(known.map(() => 61));
  expect(taken(others).filter((count) => count !== 0)).toEqual([]);
  // The statistics say that all is well: the look at them releases the brake.
  await later(20);
  expect(taken(known)).toEqual(known.map(() => 61));
  expect(taken(others).filter((count) => count !== 1)).toEqual([]);
  expect(await answersTo('everybody')).toBe(1);
  expect(await due()).toBe(0);
});

it('gives a mail to a group once where each call to a table takes 300 ms', async () => {
  system.faults.dynamodb.decide(async () => {
    await pause(300);
    return undefined;
  });
  await send('slow');
  await system.idle();
  system.faults.dynamodb.decide(() => undefined);
  await later(20);
  expect(taken(aliases.slow).filter((count) => count !== 1)).toEqual([]);
  expect(await answersTo('slow')).toBe(1);
  expect(await due()).toBe(0);
});

it('gives a mail to a group once after DynamoDB was away for half an hour', async () => {
  system.faults.dynamodb.decide(() => 'before');
  await send('away');
  await system.idle();
  for (let look = 0; look < 3; look += 1) await later(10);
  expect(taken(aliases.away).filter((count) => count !== 0)).toEqual([]);
  system.faults.dynamodb.decide(() => undefined);
  await later(5);
  expect(taken(aliases.away).filter((count) => count !== 1)).toEqual([]);
  expect(await answersTo('away')).toBe(1);
  expect(await due()).toBe(0);
});
