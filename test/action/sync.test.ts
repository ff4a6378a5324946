import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTables, type TablesServer } from '../tablesFixture.ts';
import { type ActionResult, runAction } from './githubAction.ts';
import { type GitHubServer, startGitHub } from './githubServer.ts';
import { fewer, files, text } from './mergedFiles.ts';

const [first, second, stray] = ['1', '2', '3'].map((digit) => digit.repeat(40)) as [string, string, string];
const arrived = '2026-11-01T10:00:00Z';

let github: GitHubServer;
let tables: TablesServer;
beforeAll(async () => {
  github = await startGitHub();
  tables = await startTables();
  github.roles.set('maintainer', 'admin');
  github.commits.set(first, { sha: first, ancestors: [], files, date: arrived, arrived });
  github.commits.set(second, { sha: second, ancestors: [first], files: fewer, date: arrived, arrived });
  github.commits.set(stray, { sha: stray, ancestors: [first], files, date: arrived, arrived });
});
afterAll(async () => {
  github.stop();
  await tables.stop();
});

function run(
  sha: string,
  of: Readonly<Record<string, string>>,
  inputs: Readonly<Record<string, string>> = {},
): Promise<ActionResult> {
  return runAction(github, {
    inputs: { command: 'sync', 'wait-seconds': '0', ...inputs },
    files: of,
    sha,
    environment: tables.environment,
  });
}

describe('the action on a merge', () => {
  it('syncs, tells the pull request, and has nothing to write when it is run again', async () => {
    github.pulls.push({
      number: 1,
      base: first,
      head: first,
      repository: 'example/mail',
      branch: 'x',
      merged: first,
    });
    const synced = await run(first, files);
    expect(synced.stderr).toBe('');
    expect(synced.outputs).toMatchObject({ applied: '4', creates: '4', safe: 'true' });
    expect(synced.code).toBe(0);
    expect(github.comments).toHaveLength(1);
    const again = await run(first, files);
    expect(again.outputs).toMatchObject({ applied: '0', changes: '0' });
    expect(github.comments).toHaveLength(1);
  });

  it('refuses a plan that is not the one that was reviewed', async () => {
    const refused = await run(
      second,
      { 'example.com.yml': `${text}  new: { destinations: [a@mailbox.example] }\n` },
      {
        'expect-fingerprint': 'f'.repeat(64),
      },
    );
    expect(refused.code).toBe(1);
    expect(refused.outputs.applied).toBe('0');
  });

  it('refuses two of three aliases deleted, and takes no label but one set after the last commit by a maintainer', async () => {
    const refused = await run(second, fewer);
    expect(refused.code).toBe(1);
    expect(refused.outputs).toMatchObject({ applied: '0', safe: 'false' });
    expect(refused.summary).toContain('allow-mass-removal');
    github.pulls.push({
      number: 2,
      base: first,
      head: second,
      repository: 'example/mail',
      branch: 'y',
      merged: second,
    });
    const label = { issue: 2, label: 'allow-mass-removal', actor: 'maintainer', at: '2026-11-02T10:00:00Z' };
    const tooOldOrNotTheirs = [
      { ...label, at: '2026-11-01T09:00:00Z' },
      { ...label, actor: 'member' },
    ];
    for (const useless of tooOldOrNotTheirs) {
      github.labels.push(useless);
      expect((await run(second, fewer)).outputs).toMatchObject({ applied: '0', safe: 'false' });
      github.labels.pop();
    }
    github.labels.push(label);
    const allowed = await run(second, fewer);
    expect(allowed.outputs.applied).toBe('2');
    expect(allowed.code).toBe(0);
  });

  it('reports a row that was edited outside, and overwrites it only when that is allowed', async () => {
    await tables.client.send(
      new UpdateItemCommand({
        TableName: 'definitions',
        Key: { domain: { S: 'example.com' }, alias: { S: 'postmaster' } },
        UpdateExpression: 'SET destinations = :mine',
        ExpressionAttributeValues: { ':mine': { L: [{ S: 'mine@mailbox.example' }] } },
      }),
    );
    const destinations = async () => {
      const Key = { domain: { S: 'example.com' }, alias: { S: 'postmaster' } };
      const { Item } = await tables.client.send(new GetItemCommand({ TableName: 'definitions', Key }));
      return Item?.destinations?.L?.map(({ S }) => S);
    };
    const refused = await run(second, fewer);
    expect(refused.code).toBe(1);
    expect(refused.outputs).toMatchObject({ applied: '0', safe: 'false' });
    expect(refused.summary).toContain('postmaster@example.com');
    expect(refused.summary).toContain('allow-edited-outside');
    expect(await destinations()).toEqual(['mine@mailbox.example']);
    const allowed = await run(second, fewer, { allow: 'edited-outside' });
    expect(allowed.outputs.applied).toBe('1');
    expect(await destinations()).toEqual(['jane@mailbox.example']);
  });

  it.each([
    ['an older', first],
    ['an unrelated', stray],
  ])('refuses %s commit', async (_, sha) => {
    const refused = await run(sha, files);
    expect(refused.code).toBe(1);
    expect(refused.summary).toContain('allow-rollback');
    expect(refused.outputs.applied).toBe('0');
  });

  it('opens one issue on drift, keeps it, and closes it when the drift is gone', async () => {
    const drift = () =>
      runAction(github, { inputs: { command: 'drift' }, files: fewer, environment: tables.environment });
    expect((await drift()).outputs.drift).toBe('false');
    const Item = {
      domain: { S: 'example.com' },
      alias: { S: 'mine' },
      destinations: { L: [{ S: 'x@mailbox.example' }] },
    };
    await tables.client.send(new PutItemCommand({ TableName: 'definitions', Item }));
    expect((await drift()).outputs.drift).toBe('true');
    expect((await drift()).code).toBe(0);
    expect(github.issues).toMatchObject([{ state: 'open' }]);
    expect(github.issues[0]?.body).toMatch(
      /\*\*What to do\*\*.*\[\*Run workflow\*\]\(https:.*\/sync\.yml\)/s,
    );
    const pruned = await run(second, fewer, { 'prune-foreign': 'true', allow: 'mass-removal' });
    expect(pruned.outputs.deletes).toBe('1');
    await drift();
    expect(github.issues).toMatchObject([{ state: 'closed' }]);
  });

  it('says in the issue and on a pull request that a sync was cut short, with the page on which it is run again', async () => {
    const drift = () =>
      runAction(github, { inputs: { command: 'drift' }, files: fewer, environment: tables.environment });
    const Key = { domain: { S: '#sync' } };
    const { Item } = await tables.client.send(new GetItemCommand({ TableName: 'domains', Key }));
    const at = String(Math.floor(Date.now() / 1000) - 20 * 60);
    const left = { ...Item, ...Key, state: { S: 'open' }, at: { N: at } };
    await tables.client.send(new PutItemCommand({ TableName: 'domains', Item: left }));
    await drift();
    expect(github.issues).toMatchObject([{ state: 'closed' }, { state: 'open' }]);
    expect(github.issues[1]?.body).toContain('/example/mail/actions/workflows/sync.yml)');
    const repo = { full_name: 'example/mail' };
    const pull_request = { number: 2, base: { sha: first }, head: { sha: second, repo } };
    const inputs = { command: 'comment' };
    await runAction(github, { inputs, files, event: { pull_request }, environment: tables.environment });
    const said = github.comments.find(({ body }) => body.startsWith('<!-- aliasops:plan -->'))?.body;
    expect(said).toMatch(
      /> An earlier change is only half live.*\/example\/mail\/actions\/workflows\/sync\.yml\)/,
    );
    expect((await run(second, fewer)).outputs).toMatchObject({ applied: '0' });
    await drift();
    expect(github.issues[1]).toMatchObject({ state: 'closed' });
  });

  it('syncs the other domains where a file has errors, says so on the pull request, and fails', async () => {
    const broken = `domain: example.org\naliases:\n  info: { destinations: [lost@hidden.example }\n`;
    github.comments.length = 0;
    const synced = await run(second, {
      'example.com.yml': `${fewer['example.com.yml']}  new: { destinations: [a@mailbox.example] }\n`,
      'example.org.yml': broken,
    });
    expect(synced.code).toBe(1);
    expect(synced.outputs).toMatchObject({ applied: '1', creates: '1' });
    const said =
      github.comments.find(({ body, issue }) => issue === 2 && body.includes('aliasops:sync'))?.body ?? '';
    expect(said).toContain('- `example.org`: `aliases/example.org.yml` has an error');
    expect(synced.summary).toContain(said.replace(/^<!-- aliasops:sync not-live -->\n/, '').trim());
    expect(`${said}${synced.summary}${synced.stdout}`).not.toContain('hidden.example');
    const undone = await run(second, fewer, { allow: 'mass-removal' });
    expect(undone.outputs).toMatchObject({ applied: '1', deletes: '1' });
  });

  it('opens an issue on blocked mailboxes that names the aliases that miss them', async () => {
    const Item = {
      destination: { S: 'jane@mailbox.example' },
      createdAt: { N: '1' },
      validUntil: { N: '4102444800' },
      type: { S: 'bounce' },
      bounceType: { S: 'Permanent' },
    };
    await tables.client.send(new PutItemCommand({ TableName: 'bounces', Item }));
    const inputs = { command: 'drift' };
    await runAction(github, { inputs, files: fewer, environment: tables.environment });
    const issue = github.issues.find(({ labels }) => labels.includes('aliasops-blocked'));
    expect(issue?.body).toContain(
      '- One mailbox behind `postmaster@example.com` gets no mail until 1 January 2100.',
    );
  });

  it.each([
    ['a branch of this repository', 'example/mail', true],
    ['a fork', 'stranger/mail', false],
  ])('tells a pull request from %s no more of the tables than it may know', async (_, repository, isTold) => {
    const [base, head] = ['4', '5'].map((digit) => digit.repeat(40)) as [string, string];
    const theirs = {
      domain: { S: 'example.com' },
      alias: { S: 'theirs' },
      destinations: { L: [{ S: 'a@b.example' }] },
    };
    await tables.client.send(new PutItemCommand({ TableName: 'definitions', Item: theirs }));
    const changed = { 'example.com.yml': text.replace('john@mailbox.example', 'jane@mailbox.example') };
    github.commits.set(base, { sha: base, ancestors: [], files, date: arrived, arrived });
    github.commits.set(head, { sha: head, ancestors: [base], files: changed, date: arrived, arrived });
    const number = isTold ? 41 : 42;
    github.pulls.push({ number, base, head, repository, branch: 'change' });
    const workflow_run = {
      head_sha: head,
      head_branch: 'change',
      head_repository: { full_name: repository },
    };
    const inputs = { command: 'comment' };
    const made = await runAction(github, {
      inputs,
      files,
      event: { workflow_run },
      environment: tables.environment,
    });
    const { domain, alias } = theirs;
    await tables.client.send(new DeleteItemCommand({ TableName: 'definitions', Key: { domain, alias } }));
    expect(made.code).toBe(0);
    const said = github.comments.find(({ issue }) => issue === number)?.body ?? '';
    expect(said).toContain(
      '| <code>board&#64;<wbr>example.com</code> | <code>j•••n&#64;<wbr>m•••.example</code> | <code>j•••e&#64;<wbr>m•••.example</code> | its destinations change |',
    );
    expect(said.includes('`j•••e@m•••.example` gets no mail until 1 January 2100')).toBe(isTold);
    expect(said.includes('`theirs@example.com` was not written by a sync')).toBe(isTold);
    expect(said.includes('the tables were not read')).toBe(!isTold);
  });

  it('says in an output, and on the pull request, that no build has published it yet', async () => {
    const more = `${fewer['example.com.yml']}  new: { destinations: [a@mailbox.example] }\n`;
    github.comments.length = 0;
    const waited = await run(second, { 'example.com.yml': more }, { 'wait-seconds': '1' });
    expect(waited.code).toBe(1);
    expect(waited.outputs).toMatchObject({ applied: '1', stop: 'not-live' });
    expect(
      github.comments.filter(({ body }) => body.includes('the mail system has not taken it over yet')),
    ).toHaveLength(1);
    const undone = await run(second, fewer, { allow: 'mass-removal' });
    expect(undone.code).toBe(0);
    expect(undone.outputs).not.toHaveProperty('stop');
  });

  it('takes an old commit with the input', async () => {
    const allowed = await run(first, files, { allow: 'rollback' });
    expect(allowed.outputs.applied).toBe('2');
    expect(allowed.code).toBe(0);
  });
});
