import { DeleteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { definitionItem } from '../../schema/src/records/records.ts';
import { mailEvent, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

test('builds and serves an alias beside definitions that cannot be resolved', async () => {
  const byHand = [
    { alias: 'dangling', destinations: ['nobody.at.all'] },
    { alias: 'self', destinations: ['self'] },
    { alias: 'one', destinations: ['two'] },
    { alias: 'two', destinations: ['one'] },
    { alias: 'shapeless', destinations: 'not a list' },
    { alias: 'half', destinations: ['nobody.at.all', 'ann@home.example'] },
  ];
  for (const row of byHand) await put({ domain: 'example.com', ...row });
  await put(
    definitionItem({
      domain: 'example.com',
      alias: 'info',
      destinations: ['bob@home.example'],
      type: 'person',
      active: true,
    }),
  );
  await world.call('buildForwards', {});
  expect(await builtRows()).toEqual([
    'half@example.com ann@home.example',
    'info@example.com bob@home.example',
  ]);
  await world.store('m-served', Buffer.from('From: a@sender.example\r\n\r\nHi\r\n'));
  await world.call('process', mailEvent('m-served', { recipients: ['info@example.com'] }));
  expect(world.ses.sent.map(({ to }) => to)).toEqual([['bob@home.example']]);
});

test('writes nothing when it finds no definition at all', async () => {
  const before = await builtRows();
  const TableName = world.tables.DEFINITIONS_TABLE;
  const { Items = [] } = await world.documents.send(new ScanCommand({ TableName }));
  for (const { domain, alias } of Items) {
    await world.documents.send(new DeleteCommand({ TableName, Key: { domain, alias } }));
  }
  await world.call('buildForwards', {});
  expect(before).not.toEqual([]);
  expect(await builtRows()).toEqual(before);
});

async function put(item: Record<string, unknown>): Promise<void> {
  await world.documents.send(new PutCommand({ TableName: world.tables.DEFINITIONS_TABLE, Item: item }));
}

async function builtRows(): Promise<string[]> {
  const { Items = [] } = await world.documents.send(
    new ScanCommand({ TableName: world.tables.ALIASES_TABLE }),
  );
  return Items.map(({ alias, destination }) => `${alias} ${destination}`).toSorted();
}
