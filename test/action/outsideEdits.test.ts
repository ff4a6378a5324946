import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { folderOf, rememberRows, runNode, startTables, type TablesServer } from '../tablesFixture.ts';

let server: TablesServer;
let documents: DynamoDBDocumentClient;
let empty: () => Promise<void>;
beforeAll(async () => {
  server = await startTables();
  documents = DynamoDBDocumentClient.from(server.client);
  empty = await rememberRows(server, ['DEFINITIONS_TABLE', 'DOMAINS_TABLE']);
});
beforeEach(() => empty());
afterAll(() => server.stop());

/** What the reference's web UI does to the table: it writes a whole row, over whatever is there, or deletes one. */
const ui = {
  async create(alias: string, destinations: readonly string[], more: Readonly<Record<string, unknown>> = {}) {
    const Item = { active: true, type: 'person', alias, destinations, domain: 'example.com', ...more };
    await documents.send(new PutCommand({ TableName: 'definitions', Item }));
  },
  async delete(alias: string) {
    await documents.send(
      new DeleteCommand({ TableName: 'definitions', Key: { domain: 'example.com', alias } }),
    );
  },
};

async function aliases(...words: string[]) {
  const { code, stdout, stderr } = await runNode(['action/src/cli.ts', ...words], server.environment);
  return { code, said: stdout + stderr };
}
const sync = (folder: string, ...words: string[]) =>
  aliases('sync', '--dir', folder, '--wait-seconds', '0', ...words);

/** Aliases of the Definitions table with where they lead. */
async function inUse(): Promise<Record<string, string>> {
  const { Items = [] } = await documents.send(
    new ScanCommand({ TableName: 'definitions', ConsistentRead: true }),
  );
  return Object.fromEntries(Items.map(({ alias, destinations }) => [alias, destinations.join()]));
}

const start = { postmaster: ['root@home.example'], ada: ['ada@home.example'], cleo: ['cleo@home.example'] };

async function imported(): Promise<string> {
  for (const [alias, destinations] of Object.entries(start)) await ui.create(alias, destinations);
  const folder = await folderOf({});
  expect(await aliases('import', 'tables', '--to', folder)).toMatchObject({ code: 0 });
  return folder;
}

async function adopted(): Promise<string> {
  const folder = await imported();
  expect(await sync(folder)).toMatchObject({ code: 0 });
  return folder;
}

async function expectRefused(folder: string, sentence: string): Promise<void> {
  const before = await inUse();
  const refused = await sync(folder);
  expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('--allow edited-outside') });
  expect(refused.said).toContain(sentence);
  expect(await inUse()).toEqual(before);
  expect((await aliases('plan', '--to', folder)).code).toBe(1);
}

describe('what others do to the tables', () => {
  it.each([
    [
      'deleted after the sync',
      adopted,
      () => ui.delete('ada'),
      'ada@example.com was deleted outside the files, and would get mail again.',
    ],
    [
      'deleted between import and first sync',
      imported,
      () => ui.delete('ada'),
      'ada@example.com is not in use today, in a domain that is only being taken over',
    ],
    [
      'edited between import and first sync',
      imported,
      () => ui.create('ada', ['other@home.example']),
      'ada@example.com was edited outside the files',
    ],
    [
      'created over a row of a sync',
      adopted,
      () => ui.create('ada', ['other@home.example']),
      'ada@example.com was edited outside the files',
    ],
    [
      'created over a row of a sync, with the same mailbox',
      adopted,
      () => ui.create('ada', ['ada@home.example'], { type: 'function' }),
      'ada@example.com was edited outside the files',
    ],
  ])(
    'is not undone where a row was %s, until it is accepted into the files',
    async (_, begin, edit, sentence) => {
      const folder = await begin();
      await edit();
      await expectRefused(folder, sentence);
      const wanted = await inUse();
      expect(await aliases('accept', '--dir', folder)).toMatchObject({ code: 0 });
      expect(await sync(folder)).toMatchObject({ code: 0 });
      expect(await inUse()).toEqual(wanted);
      expect((await sync(folder)).said).toMatch(/^Nothing to change/);
    },
  );

  it('is undone where that is allowed', async () => {
    const folder = await adopted();
    await ui.delete('ada');
    expect(await sync(folder, '--allow', 'edited-outside')).toMatchObject({ code: 0 });
    expect(await inUse()).toMatchObject({ ada: 'ada@home.example' });
    expect((await sync(folder)).said).toMatch(/^Nothing to change/);
  });

  it('is no matter where the files bring back what they and others had both given up', async () => {
    const folder = await adopted();
    const path = join(folder, 'example.com.yml');
    const text = await readFile(path, 'utf8');
    await ui.delete('ada');
    expect(await aliases('accept', '--dir', folder)).toMatchObject({
      code: 0,
      said: expect.stringContaining('ada@example.com: removed\n1 alias brought into 1 file.\n'),
    });
    expect(await readFile(path, 'utf8')).not.toContain('ada');
    expect(await sync(folder)).toMatchObject({ code: 0 });
    await writeFile(path, text);
    expect(await sync(folder)).toMatchObject({ code: 0 });
    expect(await inUse()).toMatchObject({ ada: 'ada@home.example' });
  });

  it('comes into the files as it is: what was added, changed and deleted', async () => {
    const folder = await adopted();
    await ui.create('new', ['new@home.example', 'ada'], { type: 'group', active: false });
    await ui.create('cleo', ['cleo@work.example'], { managedBy: 'aliasops', sum: 'old' });
    await ui.delete('ada');
    const { code, said } = await aliases('accept', '--dir', folder);
    expect(said).toContain('ada@example.com: removed\ncleo@example.com: changed\nnew@example.com: added\n');
    // A group of somebody who left: for a person to mend.
    expect({ code, said }).toMatchObject({ code: 1, said: expect.stringContaining('undefined-reference') });
    expect(await readFile(join(folder, 'example.com.yml'), 'utf8')).toContain(`  cleo:
    type: person
    destinations: [cleo@work.example]
  postmaster:
    type: person
    destinations: [root@home.example]
  new:
    type: group
    active: false
    destinations: [new@home.example, ada]
`);
  });
});
