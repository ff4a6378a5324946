import { readdirSync, readFileSync } from 'node:fs';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { definitionItem } from '../../schema/src/records/records.ts';
import { mailEvent, startWorld, type World } from './world.ts';

const folder = new URL('./golden/', import.meta.url);

let world: World;
beforeAll(async () => {
  world = await startWorld();
  const definition = {
    domain: 'example.com',
    alias: 'info',
    destinations: ['ann@home.example'],
    type: 'person',
    active: true,
  } as const;
  const Item = definitionItem(definition);
  await world.documents.send(new PutCommand({ TableName: world.tables.DEFINITIONS_TABLE, Item }));
  await world.call('buildForwards', {});
});
afterAll(() => world.stop());

test.each(readdirSync(folder))('sends the body of %s byte for byte', async (file) => {
  const mail = readFileSync(new URL(file, folder));
  world.ses.sent.length = 0;
  await world.store(file, mail);
  await world.call('process', mailEvent(file, { recipients: ['info@example.com'] }));
  expect(world.ses.sent).toHaveLength(1);
  const raw = world.ses.sent[0]?.raw ?? Buffer.alloc(0);
  expect(raw.subarray(raw.indexOf('\r\n\r\n') + 4).equals(bodyOf(mail))).toBe(true);
});

/** What follows the first empty line; nothing where there is none. */
function bodyOf(mail: Buffer): Buffer {
  const [crlf, lf] = [mail.indexOf('\r\n\r\n'), mail.indexOf('\n\n')];
  if (crlf >= 0) return mail.subarray(crlf + 4);
  return lf >= 0 ? mail.subarray(lf + 2) : Buffer.alloc(0);
}
