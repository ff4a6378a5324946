import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../../action/src/github/api.ts';
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
 * `emulate` lacks the call: `pullOfMerge` (GET commits/SHA/pulls), and `labels` of a pull request (GET
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

  it('tells folders and symbolic links from files, and reads neither', async () => {
    const commit = await world.commit({
      files: { ...files, 'aliases/old/example.com.yml': 'domain: old.example\n' },
      links: { 'aliases/link.yml': '/etc/hosts' },
    });
    const found = await api.files(commit, 'aliases');
    expect(found.map(({ name, kind, bytes }) => [name, kind, bytes.length])).toEqual([
      ['example.com.yml', 'file', 25],
      ['link.yml', 'symlink-outside', 0],
      ['old', 'directory', 0],
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
    expect(await api.pullOfHead(head, 'example/mail', branch)).toEqual({ number, base, head });
    expect(await api.pullOfHead(head, 'stranger/mail', branch)).toEqual({ number: fork, base, head });
    expect(await api.pullOfHead(head, 'example/mail', 'another')).toBeUndefined();
    expect(await api.pullOfHead(base, 'example/mail', branch)).toBeUndefined();
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
    expect(await api.arrivedAt(past)).toBe(Date.parse(date));
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
