import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rememberRows, startTables, type TablesServer } from '../tablesFixture.ts';
import { type ActionResult, runAction } from './githubAction.ts';
import { type GitHubServer, startGitHub } from './githubServer.ts';
import { fewer, files } from './mergedFiles.ts';

const [first, second] = ['1', '2'].map((digit) => digit.repeat(40)) as [string, string];
const date = '2026-11-01T10:00:00Z';
const prune = { 'prune-foreign': 'true' };
const removal = { allow: 'mass-removal' };

let github: GitHubServer;
let tables: TablesServer;
let putBack: () => Promise<void>;
beforeAll(async () => {
  [github, tables] = await Promise.all([startGitHub(), startTables()]);
  github.roles.set('maintainer', 'maintain');
  github.commits.set(first, { sha: first, ancestors: [], files, date, arrived: date });
  github.commits.set(second, { sha: second, ancestors: [first], files: fewer, date, arrived: date });
  expect((await sync(first, files, {}, {})).code).toBe(0);
  const theirs = { domain: { S: 'example.com' }, alias: { S: 'theirs' }, destinations: { L: [] } };
  await tables.client.send(new PutItemCommand({ TableName: 'definitions', Item: theirs }));
  putBack = await rememberRows(tables, ['DEFINITIONS_TABLE', 'DOMAINS_TABLE']);
});
afterAll(async () => {
  github.stop();
  await tables.stop();
});

function sync(
  sha: string,
  of: Readonly<Record<string, string>>,
  inputs: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>>,
): Promise<ActionResult> {
  return runAction(github, {
    inputs: { command: 'sync', 'wait-seconds': '0', ...inputs },
    files: of,
    sha,
    environment: { ...tables.environment, ...environment },
  });
}

function dispatchedBy(actor: string, again = actor): Record<string, string> {
  return { GITHUB_EVENT_NAME: 'workflow_dispatch', GITHUB_ACTOR: actor, GITHUB_TRIGGERING_ACTOR: again };
}

async function overrides(): Promise<
  (readonly [code: string | undefined, by: string | undefined, about: unknown])[]
> {
  const Key = { domain: { S: '#sync' } };
  const { Item } = await tables.client.send(new GetItemCommand({ TableName: 'domains', Key }));
  const kept = Item?.overrides?.L ?? [];
  return kept.map(({ M }) => [M?.code?.S, M?.by?.S, M?.about?.L?.map(({ S }) => S)]);
}

it.each([
  ['allows a reason', removal, dispatchedBy('member')],
  ['deletes rows of others', prune, dispatchedBy('member')],
  ['is one of a maintainer that a member starts again', removal, dispatchedBy('maintainer', 'member')],
])('fails, says so and writes nothing where the manual run of a member %s', async (_, inputs, started) => {
  const { code, stdout, outputs } = await sync(second, fewer, inputs, started);
  expect(code).toBe(1);
  expect(stdout).toMatch(/::error::member does not maintain this repository, so that .* does not count/);
  expect(outputs).not.toHaveProperty('applied');
});

const removed = ['abuse@example.com', 'board@example.com'];

it.each([
  ['a reason', removal, '2', [['mass-removal', 'maintainer', removed]]],
  [
    'a reason, and to delete rows of others',
    { ...removal, ...prune },
    '3',
    [
      ['mass-removal', 'maintainer', removed],
      ['prune-foreign', 'maintainer', ['theirs@example.com']],
    ],
  ],
])(
  'takes from the manual run of a maintainer the yes to %s, and keeps who gave it',
  async (_, inputs, applied, kept) => {
    const allowed = await sync(second, fewer, inputs, dispatchedBy('maintainer'));
    expect(allowed.outputs).toMatchObject({ applied });
    expect(await overrides()).toEqual(kept);
    await putBack();
  },
);

it('lets a member run the sync again without a yes to anything', async () => {
  expect((await sync(first, files, {}, dispatchedBy('member'))).code).toBe(0);
});

it('keeps who set the label that allowed it, and shows it in the next plan', async () => {
  const pull = { number: 7, base: first, head: second, repository: 'example/mail', branch: 'x' };
  github.pulls.push({ ...pull, merged: second });
  github.labels.push({
    issue: 7,
    label: 'allow-mass-removal',
    actor: 'maintainer',
    at: '2026-11-01T11:00:00Z',
  });
  const pushed = { GITHUB_EVENT_NAME: 'push', GITHUB_ACTOR: 'member', GITHUB_TRIGGERING_ACTOR: 'member' };
  expect((await sync(second, fewer, {}, pushed)).outputs).toMatchObject({ applied: '2' });
  expect(await overrides()).toEqual([['mass-removal', 'maintainer (label on #7)', removed]]);
  const planned = await runAction(github, {
    inputs: { command: 'plan' },
    files: fewer,
    environment: tables.environment,
  });
  const sentence = `The last sync was allowed mass-removal (${removed.join(', ')}) by maintainer (label on #7) at`;
  expect(planned.stdout).toContain(sentence);
  expect(planned.summary).toContain('last sync was allowed');
  expect(JSON.parse(planned.planFile).lastSync.allowed).toMatchObject([
    { code: 'mass-removal', about: removed, by: 'maintainer (label on #7)' },
  ]);
});
