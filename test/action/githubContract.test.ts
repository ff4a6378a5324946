import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../../action/src/github/api.ts';
import { readFolder } from '../../action/src/review/folder.ts';
import type { SourceFile } from '../../schema/src/check.ts';
import { startEmulate } from './githubEmulate.ts';
import { startFront, startOurs, type World } from './githubWorld.ts';

const files = { 'aliases/example.com.yml': 'domain: example.com # ä\n', 'README.md': 'Aliases' };
const more = { ...files, 'aliases/another.example.yml': 'domain: another.example\n' };

const urlOfToken = new Map<string, string>();
const front = await startFront(urlOfToken);
process.env.GITHUB_API_URL = front.url;
const { githubApi } = await import('../../action/src/github/api.ts');
afterAll(() => front.stop());

/**
 * What the action's adapter sees of GitHub, on the server of the end-to-end tests and on `emulate`. Left out, as
 * `emulate` lacks the call: the pull requests of `pullOfMerge` and `mainline` (GET commits/SHA/pulls), and `labels` of a pull request (GET
 * issues/NUMBER/events is 404 for one).
 */
describe.each([
  ['our own', startOurs],
  ['emulate', startEmulate],
])('GitHub as %s', (_, start) => {
  let world: World;
  let api: Api;
  beforeAll(async () => {
    world = await start();
    urlOfToken.set(world.token, world.url);
    api = githubApi(world.token, 'example', 'mail');
  });
  afterAll(() => world.stop());

  it('finds what two commits have in common, and which one is the later', async () => {
    const base = await world.commit({ files });
    const left = await world.commit({ files: more, parent: base });
    const right = await world.commit({ files: { ...files, LICENSE: 'None' }, parent: base });
    const last = await world.commit({ files, parent: left });
    expect(await api.mergeBase(left, right)).toBe(base);
    expect(await api.mergeBase(last, left)).toBe(left);
    expect(await api.mergeBase(base, base)).toBe(base);
    const pairs = [
      [last, base],
      [base, base],
      [base, last],
      [right, left],
    ] as const;
    const found = pairs.map(([later, earlier]) => api.isDescendant(later, earlier));
    expect(await Promise.all(found)).toEqual([true, true, false, false]);
  });

  it('knows no base and no descent of a commit that is not there, or that shares nothing', async () => {
    const commit = await world.commit({ files });
    const stray = await world.commit({ files: { LICENSE: 'None' } });
    const unknown = 'f'.repeat(40);
    for (const other of [stray, unknown]) {
      expect(await api.isDescendant(commit, other)).toBe(false);
      await expect(api.mergeBase(commit, other)).rejects.toMatchObject({ status: 404 });
    }
  });

  it('follows the first parents from one commit to another, over all pages', async () => {
    const base = await world.commit({ files });
    const side = await world.commit({ files: more, parent: base });
    const line = [await world.commit({ files: { ...files, LICENSE: 'None' }, parent: base })];
    line.push(await world.commit({ files: more, parent: line[0] ?? '', second: side }));
    for (let n = 0; n < 101; n += 1) {
      line.push(await world.commit({ files: { ...more, LICENSE: String(n) }, parent: line.at(-1) ?? '' }));
    }
    const expected = line.map((commit, index) => ({ commit, parent: index === 0 ? base : line[index - 1] }));
    expect(await api.mainline(base, line.at(-1) ?? '')).toEqual(expected);
    expect(await api.mainline(base, base)).toEqual([]);
  });

  it('finds which pull request each branch of a merge queue is about', async () => {
    const [one, two] = [await world.commit({ files }), await world.commit({ files: more })];
    await world.queueBranch(`gh-readonly-queue/main/pr-71-${one}`, one);
    await world.queueBranch(`gh-readonly-queue/main/pr-72-${one}`, two);
    await world.queueBranch('gh-readonly-queue/main/of-a-person', two);
    expect(await api.queued()).toEqual(
      new Map([
        [one, 71],
        [two, 72],
      ]),
    );
  });

  it('reads the files of a folder at a commit, byte by byte', async () => {
    const before = await world.commit({ files });
    const after = await world.commit({ files: more, parent: before });
    const read = async (commit: string) =>
      (await api.files(commit, 'aliases')).map(({ path, kind, bytes }) => [
        path,
        kind,
        Buffer.from(bytes).toString(),
      ]);
    const first = ['aliases/example.com.yml', 'file', 'domain: example.com # ä\n'];
    expect(await read(before)).toEqual([first]);
    expect(await read(after)).toEqual([
      ['aliases/another.example.yml', 'file', 'domain: another.example\n'],
      first,
    ]);
  });

  it('reads a folder at a commit as from a disk: subfolders, links, sizes, order', async () => {
    const content = {
      ...files,
      'aliases/README.md': 'Who gets our mail\n',
      'aliases/UPPER.example.yml': 'domain: upper.example\n',
      'aliases/_shared.YAML': 'aliases: {}\n',
      'aliases/example.net': 'domain: example.net\n',
      'aliases/large.example.yml': '#'.repeat(1_048_577),
      'aliases/largest.example.yml': '#'.repeat(1_048_576),
      'aliases/folder.example.yml/note.txt': 'a note\n',
      'aliases/old/README.md': 'What was\n',
      'aliases/old/2026/example.org.yml': 'domain: example.org\n',
      'aliases/old/.drafts/example.org.yml': 'domain: example.org\n',
      'aliases/old/node_modules/example.org.yml': 'domain: example.org\n',
      'aliases/.drafts/example.org.yml': 'domain: example.org\n',
      'aliases/node_modules/example.org.yml': 'domain: example.org\n',
    };
    const links = { 'aliases/link.yml': 'example.com.yml', 'aliases/out.yml': '/etc/hosts' };
    const folder = await mkdtemp(join(tmpdir(), 'contract-'));
    for (const [path, text] of Object.entries(content)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    for (const [path, target] of Object.entries(links)) await symlink(target, join(folder, path));
    const onDisk = await readFolder('aliases', folder);
    await rm(folder, { recursive: true });

    const commit = await world.commit({ files: content, links });
    const plain = (found: readonly SourceFile[]) =>
      found.map((file) => ({ ...file, bytes: Buffer.from(file.bytes).toString('base64') }));
    expect(plain(await api.files(commit, 'aliases'))).toEqual(plain(onDisk));
    expect(plain(await api.files(commit, './aliases/'))).toEqual(plain(onDisk));
    expect(onDisk.map(({ path, kind, bytes, size }) => [path, kind, size ?? bytes.length])).toEqual([
      ['aliases/.drafts', 'directory', 0],
      ['aliases/README.md', 'file', 0],
      ['aliases/UPPER.example.yml', 'file', 22],
      ['aliases/_shared.YAML', 'file', 12],
      ['aliases/example.com.yml', 'file', 25],
      ['aliases/example.net', 'file', 0],
      ['aliases/folder.example.yml', 'directory', 0],
      ['aliases/large.example.yml', 'too-large', 1_048_577],
      ['aliases/largest.example.yml', 'file', 1_048_576],
      ['aliases/link.yml', 'link', 0],
      ['aliases/node_modules', 'directory', 0],
      ['aliases/old', 'directory', 0],
      ['aliases/old/2026/example.org.yml', 'misplaced', 0],
      ['aliases/out.yml', 'link', 0],
    ]);
  });

  it('has no files where there is no such folder or commit', async () => {
    const without = await world.commit({ files: { 'README.md': 'None' } });
    expect(await api.files(without, 'aliases')).toEqual([]);
    expect(await api.files(await world.commit({ files }), 'nowhere')).toEqual([]);
    expect(await api.files('f'.repeat(40), 'aliases')).toEqual([]);
  });

  it('finds an open pull request by its commit, repository and branch together', async () => {
    const base = await world.commit({ files });
    const head = await world.commit({ files: more, parent: base });
    const branch = 'change';
    const number = await world.pull({ base, head, owner: 'example', branch });
    const fork = await world.pull({ base, head, owner: 'stranger', branch });
    const into = 'main';
    expect(await api.pullsOfHead(head, 'example/mail', branch)).toEqual([{ number, base, head, into }]);
    expect(await api.pullsOfHead(head, 'stranger/mail', branch)).toEqual([
      { number: fork, base, head, into },
    ]);
    expect(await api.pullsOfHead(head, 'example/mail', 'another')).toEqual([]);
    expect(await api.pullsOfHead(base, 'example/mail', branch)).toEqual([]);
    expect(await api.pull(fork)).toEqual({ number: fork, base, head, into });
    await api.addComment(fork, 'The plan');
    expect(await api.comments(fork)).toMatchObject([{ body: 'The plan' }]);
    expect(await api.comments(number)).toEqual([]);
  });

  it('lists the comments of bots over all pages, in their order, and changes one', async () => {
    const issue = await world.issue('comments');
    const bodies = Array.from({ length: 101 }, (_, n) => `Comment ${n}`);
    await world.comment(issue, 'Of a person');
    for (const body of bodies) await api.addComment(issue, body);
    const before = await api.comments(issue);
    expect(before.map(({ body }) => body)).toEqual(bodies);
    await api.changeComment(before[100]?.id ?? 0, 'Changed');
    const after = await api.comments(issue);
    expect(after).toEqual(before.with(100, { id: before[100]?.id ?? 0, body: 'Changed' }));
  });

  it('refuses to write to a comment or an issue that is not there', async () => {
    const missing = { status: 404 };
    await expect(api.addComment(9999, 'Body')).rejects.toMatchObject(missing);
    await expect(api.changeComment(9999, 'Body')).rejects.toMatchObject(missing);
    await expect(api.changeIssue(9999, 'Body')).rejects.toMatchObject(missing);
    await expect(api.closeIssue(9999, 'Body')).rejects.toMatchObject(missing);
  });

  it('tells who last set each label that an issue has now', async () => {
    const issue = await world.issue('first');
    const from = Date.now();
    await world.setLabel(issue, 'allow', 'member');
    await world.removeLabel(issue, 'allow');
    expect((await api.labels(issue)).filter(({ label }) => label === 'allow')).toEqual([]);
    await world.setLabel(issue, 'other', 'member');
    await world.setLabel(issue, 'allow', 'maintainer');
    const set = (await api.labels(issue)).filter(({ label }) => label !== 'first');
    expect(set.map(({ label, actor }) => `${label} by ${actor}`).sort()).toEqual([
      'allow by maintainer',
      'other by member',
    ]);
    for (const { at } of set) expect(Math.abs(at - from)).toBeLessThan(60_000);
  });

  it('takes for the arrival of a commit the later of what it says and what GitHub saw', async () => {
    const date = '2026-11-01T09:00:00Z';
    const past = await world.commit({ files, date });
    expect(await api.arrivedAt(past)).toBeUndefined();
    const seen = await world.arrive(past);
    expect(await api.arrivedAt(past)).toBe(seen);
    const future = await world.commit({ files, date: '2099-11-01T09:00:00Z' });
    await world.arrive(future);
    expect(await api.arrivedAt(future)).toBe(Date.parse('2099-11-01T09:00:00Z'));
    await expect(api.arrivedAt('f'.repeat(40))).rejects.toThrow();
  });

  it.each([
    ['admin', true],
    ['maintain', true],
    ['triage', false],
  ] as const)('takes %s for a maintainer: %s', async (role, maintains) => {
    await world.setRole('maintainer', role);
    expect(await api.maintains('maintainer')).toBe(maintains);
  });

  it('keeps issues by label: opens, changes and closes them, beside those of people', async () => {
    await world.issue('drift');
    await api.openIssue('Other', 'Other body', 'blocked');
    for (const body of ['One', 'Two', 'Three']) await api.openIssue('Title', body, 'drift');
    const opened = await api.openIssues('drift');
    expect(opened.map(({ body }) => body).toSorted()).toEqual(['One', 'Three', 'Two']);
    const [first, second] = opened;
    await api.changeIssue(first?.number ?? 0, 'Changed');
    await api.closeIssue(second?.number ?? 0, 'Over');
    const left = await api.openIssues('drift');
    expect(left).toContainEqual({ number: first?.number, body: 'Changed' });
    expect(left).not.toContainEqual(second);
    expect(left).toHaveLength(2);
    expect(await api.comments(second?.number ?? 0)).toMatchObject([{ body: 'Over' }]);
    expect(await api.openIssues('unknown')).toEqual([]);
  });
});
