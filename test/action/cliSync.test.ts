import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { GetItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Exited,
  folderOf,
  rememberRows,
  runNode,
  startTables,
  type TablesServer,
} from '../tablesFixture.ts';

const run = promisify(execFile);

let server: TablesServer;
let empty: () => Promise<void>;
beforeAll(async () => {
  server = await startTables();
  empty = await rememberRows(server, ['DEFINITIONS_TABLE', 'DOMAINS_TABLE']);
});
afterAll(() => server.stop());

const files = {
  'example.com.yml': `domain: example.com
aliasDomains: [example.net]
aliases:
  a: { destinations: [a@mailbox.example] }
  b: { destinations: [b@mailbox.example] }
  c: { type: group, destinations: [a, b] }
  d: { destinations: [d@mailbox.example] }
`,
};

const cli = (...words: string[]): Promise<Exited> =>
  runNode(['action/src/cli.ts', ...words], server.environment);

/** Alias files in the folder `aliases` of a git repository, on the branch `main`, committed. */
async function checkout(of: Readonly<Record<string, string>>) {
  const root = await folderOf({});
  const git = async (...words: string[]) =>
    (await run('git', ['-C', root, '-c', 'user.email=jane@home.example', ...words])).stdout.trim();
  const write = async (name: string, text: string) => writeFile(join(root, name), text);
  const commit = async () => {
    await git('add', '--all');
    await git('commit', '--quiet', '--allow-empty', '--no-gpg-sign', '-m', 'Change');
    return git('rev-parse', 'HEAD');
  };
  await git('init', '--quiet', '--initial-branch', 'main');
  await git('config', 'user.name', 'Jane Roe');
  await mkdir(join(root, 'aliases'));
  for (const [name, text] of Object.entries(of)) await write(join('aliases', name), text);
  return { root, folder: join(root, 'aliases'), git, write, commit, first: await commit() };
}

describe('the command line against tables', () => {
  it('plans, syncs, and then has nothing to write', async () => {
    const folder = await folderOf(files);
    const planned = await cli('plan', '--to', folder, '--format', 'json', '--detailed-exitcode');
    expect(planned.code).toBe(3);
    const plan = JSON.parse(planned.stdout);
    expect(plan.counts).toEqual({ create: 6, update: 0, delete: 0, unchanged: 0 });
    expect(plan.unsafe).toEqual([]);
    const first = await cli('sync', '--dir', folder, '--wait-seconds', '0', '--format', 'json');
    expect(first.stderr).toMatch(/6 rows written/);
    expect(first.code).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({
      fingerprint: plan.fingerprint,
      applied: 6,
      liveAfterMs: null,
      // One transaction, and the gate in it.
      requests: { writes: 1 },
      held: [],
    });
    const second = await cli('sync', '--dir', folder, '--wait-seconds', '0', '--format', 'json');
    expect(JSON.parse(second.stdout)).toMatchObject({ applied: 0, requests: { writes: 0 } });
    expect(second.code).toBe(0);
  });

  it('refuses to delete two of four aliases, and does it when that is allowed', async () => {
    const text = files['example.com.yml'].replace(/ {2}(b|d):.*\n/g, '').replace('[a, b]', '[a]');
    const folder = await folderOf({ 'example.com.yml': text });
    const refused = await cli('sync', '--dir', folder, '--wait-seconds', '0', '--format', 'json');
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({
      applied: 0,
      unsafe: [{ code: 'mass-removal', override: 'mass-removal' }],
    });
    const planned = await cli('plan', '--to', folder);
    expect(planned.code).toBe(1);
    const allowed = await cli('sync', '--dir', folder, '--wait-seconds', '0', '--allow', 'mass-removal');
    expect(allowed.stderr + allowed.stdout).toMatch(/3 rows written/);
    expect(allowed.code).toBe(0);
  });

  it('reports a row edited outside and does not overwrite it', async () => {
    const folder = await folderOf(files);
    const before = await cli('sync', '--dir', folder, '--wait-seconds', '0');
    expect(before.code).toBe(0);
    const { Items = [] } = await server.client.send(new ScanCommand({ TableName: 'definitions' }));
    const row = Items.find((item) => item.alias?.S === 'a');
    await server.client.send(
      new PutItemCommand({
        TableName: 'definitions',
        Item: { ...row, destinations: { L: [{ S: 'x@mailbox.example' }] } },
      }),
    );
    const refused = await cli('sync', '--dir', folder, '--wait-seconds', '0', '--format', 'json');
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout).unsafe).toEqual([
      {
        code: 'edited-outside',
        override: 'edited-outside',
        message: expect.stringContaining('a@example.com'),
      },
    ]);
  });

  it('syncs the other domains where a file has errors, names the one that it held, and fails', async () => {
    const org = 'domain: example.org\naliases:\n  o: { destinations: [o@mailbox.example] }\n';
    const both = await folderOf({ ...files, 'example.org.yml': org });
    const allow = ['--allow', 'edited-outside'];
    expect((await cli('sync', '--dir', both, '--wait-seconds', '0', ...allow)).code).toBe(0);
    const folder = await folderOf({
      'example.com.yml': files['example.com.yml'].replace('d@mailbox', 'new@mailbox'),
      'example.org.yml': org.replace('[o@mailbox.example]', '[o@mailbox.example'),
    });
    const synced = await cli('sync', '--dir', folder, '--wait-seconds', '0', '--format', 'json');
    expect(synced.code).toBe(1);
    expect(JSON.parse(synced.stdout)).toMatchObject({
      applied: 1,
      changes: [{ kind: 'update', key: { domain: 'example.com', alias: 'd' } }],
      held: [{ domain: 'example.org', reason: expect.stringMatching(/example\.org\.yml has an error$/) }],
    });
    expect(synced.stderr).toMatch(/\.yml:3:\d+: error: /);
    expect(synced.stderr).toContain('example.org was not synced and keeps what the tables have:');
    const kept = await server.client.send(
      new GetItemCommand({
        TableName: 'definitions',
        Key: { domain: { S: 'example.org' }, alias: { S: 'o' } },
      }),
    );
    expect(kept.Item?.destinations).toEqual({ L: [{ S: 'o@mailbox.example' }] });
    const planned = await cli('plan', '--to', folder, '--format', 'json');
    expect(planned.code).toBe(1);
    expect(JSON.parse(planned.stdout).ok).toBe(false);
    const shared = await folderOf({ ...files, '_shared.yml': 'aliases: [' });
    const stopped = await cli('sync', '--dir', shared, '--wait-seconds', '0', '--format', 'json');
    expect(stopped.code).toBe(1);
    expect(JSON.parse(stopped.stdout)).toMatchObject({ ok: false });
  });

  it('says in a plan that a sync was cut short, with the command that mends it, until one ends', async () => {
    const folder = await folderOf(files);
    const allow = ['--allow', 'domain-removed'];
    await cli('sync', '--dir', folder, '--wait-seconds', '0', ...allow);
    const open = (minutesAgo: number) => {
      const at = Math.floor(Date.now() / 1000) - minutesAgo * 60;
      const Item = {
        domain: { S: '#sync' },
        state: { S: 'open' },
        number: { N: '9' },
        at: { N: String(at) },
      };
      return server.client.send(new PutItemCommand({ TableName: 'domains', Item }));
    };
    await open(10);
    expect((await cli('plan', '--to', folder)).stdout).not.toContain('cut short');
    await open(20);
    const { stdout } = await cli('plan', '--to', folder);
    expect(stdout).toMatch(/A sync was cut short at .*Run it again: npm run -s aliases -- sync\n/);
    const json = await cli('plan', '--to', folder, '--format', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({ changes: [], gate: { state: 'open' } });
    const mended = await cli('sync', '--dir', folder, '--wait-seconds', '0', '--format', 'json');
    expect(JSON.parse(mended.stdout)).toMatchObject({ applied: 0, requests: { writes: 1 } });
    expect((await cli('plan', '--to', folder)).stdout).not.toContain('cut short');
  });
});

describe('the command line in a checkout', () => {
  beforeEach(() => empty());

  const syncOf = (folder: string, ...words: string[]) =>
    cli('sync', '--dir', folder, '--wait-seconds', '0', '--format', 'json', ...words);
  const rowOf = async (key: string) => {
    const Key = { domain: { S: key } };
    return (await server.client.send(new GetItemCommand({ TableName: 'domains', Key }))).Item;
  };
  const changed = files['example.com.yml'].replace('d@mailbox', 'new@mailbox');

  it('notes that nobody can tell the commit where no git repository is around', async () => {
    const folder = await folderOf(files);
    const { code, stderr } = await syncOf(folder);
    expect(code).toBe(0);
    expect(stderr).toContain(`There is no git repository around ${folder}, so this sync cannot tell`);
    expect((await syncOf(folder, '--commit', 'abc')).stderr).not.toContain('git repository');
  });

  it('takes the commit and the branch from git, and --commit in their place', async () => {
    const { folder, first, write, commit } = await checkout(files);
    await write('aliases/example.com.yml', changed);
    const second = await commit();
    const synced = await syncOf(folder);
    expect(synced.stderr).not.toContain('git repository');
    expect(await rowOf('#sync')).toMatchObject({
      commit: { S: second },
      run: { S: 'command line, branch main' },
    });
    expect((await syncOf(folder, '--commit', first)).stdout).toContain(
      `${first.slice(0, 12)} does not come after`,
    );
  });

  it('refuses a checkout that is behind, and one that has another history', async () => {
    const { folder, git, write, commit, first } = await checkout(files);
    await write('aliases/example.com.yml', changed);
    const second = await commit();
    expect((await syncOf(folder)).code).toBe(0);
    await git('checkout', '--quiet', first);
    const behind = await syncOf(folder);
    expect(behind.code).toBe(1);
    expect(JSON.parse(behind.stdout)).toMatchObject({ applied: 0, unsafe: [{ code: 'rollback' }] });
    expect(behind.stdout).toContain(
      `The tables hold commit ${second.slice(0, 12)}, and ${first.slice(0, 12)}`,
    );
    const other = await checkout({ ...files, 'README.txt': 'Another one' });
    expect(JSON.parse((await syncOf(other.folder)).stdout).unsafe).toMatchObject([{ code: 'rollback' }]);
    const allowed = await syncOf(folder, '--allow', 'rollback');
    expect(JSON.parse(allowed.stdout)).toMatchObject({ applied: 1, unsafe: [] });
    expect(await rowOf('#sync')).toMatchObject({ commit: { S: first }, run: { S: 'command line' } });
    expect((await cli('plan', '--to', folder)).stdout).toMatch(
      new RegExp(
        `^The last sync was allowed rollback \\(${first.slice(0, 12)}\\) by Jane Roe \\(command line\\) at 20.* UTC\\.$`,
        'm',
      ),
    );
    const shown = JSON.parse((await cli('plan', '--to', folder, '--format', 'json')).stdout);
    expect(shown.lastSync.allowed).toEqual([
      {
        code: 'rollback',
        about: [first.slice(0, 12)],
        more: 0,
        by: 'Jane Roe (command line)',
        at: expect.stringMatching(/^20.*Z$/),
      },
    ]);
    expect((await cli('plan', '--to', folder, '--format', 'markdown')).stdout).toContain(
      'last sync was allowed',
    );
    await git('checkout', '--quiet', 'main');
    expect((await syncOf(folder)).code).toBe(0);
    expect((await cli('plan', '--to', folder)).stdout).not.toContain('last sync was allowed');
    expect((await rowOf('#sync'))?.overrides?.L?.[0]?.M).toMatchObject({ code: { S: 'rollback' } });
  });

  it.each<[string, (made: Awaited<ReturnType<typeof checkout>>) => Promise<unknown>, string | undefined]>([
    ['nothing that is not committed', async () => {}, undefined],
    ['a file that was changed', ({ write }) => write('aliases/example.com.yml', changed), 'example.com.yml'],
    [
      'a file that was changed and staged',
      async ({ write, git }) => {
        await write('aliases/example.com.yml', changed);
        await git('add', '--all');
      },
      'example.com.yml',
    ],
    ['a new file', ({ write }) => write('aliases/_policy.yml', 'guard: {}\n'), '_policy.yml'],
    [
      'a new file that git ignores',
      async ({ write }) => {
        await write('.git/info/exclude', '*.yml\n');
        await write('aliases/_policy.yml', 'guard: {}\n');
      },
      '_policy.yml',
    ],
    [
      'a file that was renamed',
      ({ git }) => git('mv', 'aliases/example.com.yml', 'aliases/Example.com.yml'),
      'xample.com.yml',
    ],
    ['a file beside the folder', ({ write }) => write('example.org.yml', ''), undefined],
    ['a file that holds no aliases', ({ write }) => write('aliases/notes.txt', ''), undefined],
  ])('judges a checkout with %s', async (_, change, named) => {
    const made = await checkout(files);
    await change(made);
    const { code, stdout } = await syncOf(made.folder);
    const { unsafe = [] } = JSON.parse(stdout);
    if (named === undefined) {
      expect(unsafe).toEqual([]);
      expect(code).toBe(0);
      return;
    }
    expect(code).toBe(1);
    expect(stdout).toContain(named);
    expect(stdout).toMatch(/changes that were not committed/);
    expect(unsafe).toMatchObject([{ code: 'rollback' }]);
  });

  it('judges by the rules of the commit that was synced last', async () => {
    const policy = { '_policy.yml': 'domains: [example.com, example.net]\n' };
    const { folder, git, write, commit } = await checkout({ ...files, ...policy });
    expect((await syncOf(folder)).code).toBe(0);
    await git('rm', '--quiet', 'aliases/_policy.yml');
    await write('aliases/example.com.yml', changed);
    await commit();
    for (const words of [
      ['sync', '--dir'],
      ['plan', '--to'],
    ]) {
      const { stdout } = await cli(...words, folder, '--format', 'json');
      expect(JSON.parse(stdout).unsafe, words[0]).toMatchObject([{ code: 'policy-loosened' }]);
    }
  });

  it('stops where git cannot read the repository that is there', async () => {
    const { folder, write } = await checkout(files);
    await write('.git/config', '[');
    const { code, stderr } = await syncOf(folder);
    expect(code).toBe(2);
    expect(stderr).toContain('bad config line');
    expect(await rowOf('#sync')).toBeUndefined();
  });

  it('refuses a folder that nobody ever committed', async () => {
    const { root, git, write } = await checkout(files);
    await mkdir(join(root, 'other'));
    await write('other/example.com.yml', files['example.com.yml']);
    for (const ignored of ['', 'other\n']) {
      await write('.git/info/exclude', ignored);
      const { unsafe } = JSON.parse((await syncOf(join(root, 'other'))).stdout);
      expect(unsafe[0]?.message).toContain('not committed');
    }
    await git('update-ref', '-d', 'HEAD');
    const fresh = await syncOf(join(root, 'aliases'));
    expect(fresh.stderr).toContain('Nothing in');
    expect(JSON.parse(fresh.stdout).unsafe[0]?.message).toContain('not committed');
  });
});
