import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { definitionItem } from '../../schema/src/records/records.ts';
import { mailEvent, startWorld, type World } from './world.ts';

let world: World;
let folder: string;
beforeAll(async () => {
  world = await startWorld();
  folder = await mkdtemp(join(tmpdir(), 'large-'));
  const destinations = ['jane@home.example', 'john@home.example'];
  const item = definitionItem({
    domain: 'example.com',
    alias: 'board',
    destinations,
    type: 'group',
    active: true,
  });
  await world.documents.send(new PutCommand({ TableName: world.tables.DEFINITIONS_TABLE, Item: item }));
  await world.call('buildForwards', {});
});
afterAll(async () => {
  await world.stop();
  await rm(folder, { recursive: true });
});

const megabyte = 1_048_576;
/** Megabytes that a function of the usual size has. */
const memory = 512;

/** Stores a mail of so many megabytes, runs the bundle on it, and returns the most memory that it took, in megabytes. */
async function receive(messageId: string, megabytes: number): Promise<number> {
  const header = Buffer.from('From: ann@sender.example\r\nSubject: Hi\r\n\r\n');
  await world.store(
    messageId,
    Buffer.concat([header, Buffer.alloc(megabytes * megabyte - header.length, 'a\r\n')]),
  );
  const file = join(folder, `${messageId}.json`);
  await writeFile(file, JSON.stringify(mailEvent(messageId, { recipients: ['board@example.com'] })));
  const script = fileURLToPath(new URL('./memory.ts', import.meta.url));
  const { stderr } = await promisify(execFile)(process.execPath, [script, file]);
  return Number(/maxRSS (\d+)/.exec(stderr)?.[1]) / 1_024;
}

test('forwards 28 MB within the memory of a function', async () => {
  expect(await receive('m28', 28)).toBeLessThan(memory);
  expect(world.ses.sent.map(({ raw }) => raw.length > 28 * megabyte)).toEqual([true, true]);
});

test('sends a notice for 40 MB, and tells the sender', async () => {
  world.ses.sent.length = 0;
  expect(await receive('m40', 40)).toBeLessThan(memory);
  expect(world.ses.sent.map(({ raw }) => raw.length < 10_000)).toEqual([true, true]);
  expect(
    world.ses.bounces.map((bounce) =>
      bounce.get('BouncedRecipientInfoList.member.1.RecipientDsnFields.Status'),
    ),
  ).toEqual(['5.3.4']);
});
