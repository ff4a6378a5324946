import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { runAction } from './githubAction.ts';
import { type GitHubServer, startGitHub } from './githubServer.ts';

const before = {
  'example.com.yml': `domain: example.com
aliases:
  postmaster: { destinations: [jane@mailbox.example] }
  abuse: { destinations: [postmaster] }
  board: { destinations: [jane@mailbox.example] }
  press: { destinations: [board] }
`,
};
const after = {
  'example.com.yml': before['example.com.yml'].replace(
    'board: { destinations: [jane@mailbox.example] }',
    'board: { type: group, destinations: [jane@mailbox.example, john@mailbox.example] }',
  ),
};
const dangerous = { 'example.com.yml': before['example.com.yml'].replace(/ {2}(board|press):.*\n/g, '') };

const base = 'a'.repeat(40);
const head = 'b'.repeat(40);
const arrived = '2026-11-01T10:00:00Z';

let github: GitHubServer;
beforeEach(async () => {
  github?.stop();
  github = await startGitHub();
  github.roles.set('maintainer', 'maintain');
});
afterAll(() => github.stop());

function propose(files: Readonly<Record<string, string>>, repository = 'example/mail'): void {
  github.commits.set(base, { sha: base, ancestors: [], files: before, date: arrived, arrived });
  github.commits.set(head, { sha: head, ancestors: [base], files, date: arrived, arrived });
  github.pulls.push({ number: 7, base, head, repository, branch: 'change' });
}

const pullEvent = { pull_request: { number: 7, base: { sha: base }, head: { sha: head } } };
const runEvent = (repository = 'example/mail') => ({
  workflow_run: { head_sha: head, head_branch: 'change', head_repository: { full_name: repository } },
});

describe('the action on a pull request', () => {
  it('plans from the base revision with no credentials, redacted everywhere', async () => {
    propose(after);
    const run = await runAction(github, {
      inputs: { command: 'plan', from: 'base' },
      files: after,
      event: pullEvent,
    });
    expect(run.stderr).toBe('');
    expect(run.code).toBe(0);
    expect(run.outputs).toMatchObject({
      changes: '1',
      creates: '0',
      updates: '1',
      deletes: '0',
      safe: 'true',
    });
    expect(run.summary).toContain('`board@example.com` will also reach `j•••n@m•••.example`');
    const visible = run.stdout.replace(/^::add-mask::.*$/gm, '');
    for (const text of [visible, run.summary, run.planFile]) expect(text).not.toContain('mailbox.example');
    expect(JSON.parse(run.planFile).fingerprint).toBe(run.outputs.fingerprint);
  });

  it('shows mistakes on their lines', async () => {
    const files = { 'example.com.yml': before['example.com.yml'].replace('[board]', '[bord]') };
    propose(files);
    const run = await runAction(github, {
      inputs: { command: 'plan', from: 'base' },
      files,
      event: pullEvent,
    });
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/^::error file=aliases\/example\.com\.yml,line=6,endLine=6,col=\d+/m);
  });

  it('writes one comment, and changes it when the plan changes', async () => {
    propose(after);
    for (let n = 0; n < 3; n += 1) {
      github.comments.push({ id: n + 1, issue: 7, body: '<!-- aliasops:plan -->\nnot ours', bot: false });
    }
    const comment = { inputs: { command: 'comment', from: 'base' }, files: before, event: runEvent() };
    for (let n = 0; n < 2; n += 1) {
      const run = await runAction(github, comment);
      expect(run.stdout + run.stderr).not.toContain('::error');
      expect(run.code).toBe(0);
    }
    const mine = github.comments.filter(({ bot }) => bot);
    expect(mine).toHaveLength(1);
    expect(mine[0]?.body).toMatch(/^<!-- aliasops:plan -->\n- `board@example\.com` will also reach/);
    github.commits.set(head, { sha: head, ancestors: [base], files: before, date: arrived, arrived });
    await runAction(github, comment);
    expect(github.comments.filter(({ bot }) => bot)).toHaveLength(1);
    expect(mine[0]?.body).toContain('No recipients change');
  });

  it('gives a fork the plan of its files at its commit, whatever its own run says', async () => {
    propose(dangerous, 'stranger/mail');
    const harmless = { number: 8, base, head: 'c'.repeat(40), repository: 'example/mail', branch: 'other' };
    github.pulls.push(harmless);
    const forged = { pull_requests: [{ number: 8 }], display_title: 'No recipients change' };
    const { workflow_run: told } = runEvent('stranger/mail');
    const run = await runAction(github, {
      inputs: { command: 'comment', from: 'base' },
      files: before,
      event: { workflow_run: { ...told, ...forged, conclusion: 'success' } },
    });
    expect(run.code).toBe(0);
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]?.body).toContain('label `allow-mass-removal`');
    expect(github.comments[0]?.body).toContain('`board@example.com` will reach nobody any more');
    expect(github.comments[0]?.issue).toBe(7);
  });

  it.each<[string, Record<string, string>, number, RegExp, RegExp | undefined]>([
    [
      'is too large',
      { 'example.com.yml': `#${'x'.repeat(1_048_576)}` },
      0,
      /^/,
      /This file is too large\\*: 1,025 KB, and the limit is 1,024 KB\./,
    ],
    [
      'is too much with the others',
      Object.fromEntries(Array.from({ length: 33 }, (_, n) => [`n${n}.example.yml`, 'x'.repeat(1_048_576)])),
      1,
      /The files of aliases are larger than 32 MB together\./,
      undefined,
    ],
  ])('reads no file of a stranger that %s', async (_, files, code, log, comment) => {
    propose(files, 'stranger/mail');
    const event = runEvent('stranger/mail');
    const run = await runAction(github, {
      inputs: { command: 'comment', from: 'base' },
      files: before,
      event,
    });
    expect(run.code).toBe(code);
    expect(run.stdout).toMatch(log);
    expect(github.comments.map(({ body }) => body)).toEqual(
      comment === undefined ? [] : [expect.stringMatching(comment)],
    );
  });

  it('says nothing about a commit that another repository has on a branch of that name', async () => {
    propose(dangerous, 'stranger/mail');
    const comment = { inputs: { command: 'comment', from: 'base' }, files: before, event: runEvent() };
    expect((await runAction(github, comment)).code).toBe(0);
    expect(github.comments).toEqual([]);
  });

  it.each([
    ['set by a maintainer after the last commit', 'maintainer', '2026-11-01T11:00:00Z', 0],
    ['set before the last commit', 'maintainer', '2026-11-01T09:00:00Z', 1],
    ['set by somebody without the right', 'member', '2026-11-01T11:00:00Z', 1],
  ])('fails while the plan is unsafe, and judges a label %s', async (_, actor, at, code) => {
    propose(dangerous);
    github.labels.push({ issue: 7, label: 'allow-mass-removal', actor, at });
    const run = await runAction(github, {
      inputs: { command: 'plan', from: 'base' },
      files: dangerous,
      event: pullEvent,
    });
    expect(run.code).toBe(code);
    expect(run.outputs.safe).toBe(String(code === 0));
  });

  it.each([
    ['says it is older than the label that was set before it came', '2026-10-01T00:00:00Z', arrived],
    ['says it is younger than the label', '2026-11-02T00:00:00Z', '2026-11-01T08:00:00Z'],
  ])('does not count a label where the last commit %s', async (_, date, came) => {
    propose(dangerous);
    github.commits.set(head, { sha: head, ancestors: [base], files: dangerous, date, arrived: came });
    const at = '2026-11-01T09:30:00Z';
    github.labels.push({ issue: 7, label: 'allow-mass-removal', actor: 'maintainer', at });
    const inputs = { command: 'plan', from: 'base' };
    expect((await runAction(github, { inputs, files: dangerous, event: pullEvent })).code).toBe(1);
  });

  it.each([
    ['was set again by somebody without the right', { label: 'allow-mass-removal' }],
    ['stood when the branch was rewritten', { label: '', event: 'head_ref_force_pushed', removed: true }],
  ])('does not count a label that %s', async (_, later) => {
    propose(dangerous);
    const label = { issue: 7, label: 'allow-mass-removal', actor: 'maintainer', at: '2026-11-01T11:00:00Z' };
    github.labels.push(label, { ...label, actor: 'member', at: '2026-11-01T12:00:00Z', ...later });
    const inputs = { command: 'plan', from: 'base' };
    expect((await runAction(github, { inputs, files: dangerous, event: pullEvent })).code).toBe(1);
  });

  it('judges a pull request by the policy that it comes with only once that is merged', async () => {
    const loose = 'guard:\n  removals: { atLeast: 100, share: 1 }\n';
    const files = { ...dangerous, '_policy.yml': loose };
    propose(files);
    const planned = await runAction(github, {
      inputs: { command: 'plan', from: 'base' },
      files,
      event: pullEvent,
    });
    expect(planned.outputs.safe).toBe('false');
    await runAction(github, {
      inputs: { command: 'comment', from: 'base' },
      files: before,
      event: runEvent(),
    });
    expect(github.comments[0]?.body).toContain('label `allow-mass-removal`');
  });

  it('lets a merge queue have what a label on its pull request allows', async () => {
    propose(dangerous);
    const queued = {
      inputs: { command: 'plan', from: 'base' },
      files: dangerous,
      event: {
        merge_group: { base_sha: base, head_ref: `refs/heads/gh-readonly-queue/main/pr-7-${base}` },
      },
    };
    expect((await runAction(github, queued)).code).toBe(1);
    const at = '2026-11-01T11:00:00Z';
    github.labels.push({ issue: 7, label: 'allow-mass-removal', actor: 'maintainer', at });
    expect((await runAction(github, queued)).code).toBe(0);
  });

  it('checks with nothing but the workspace', async () => {
    const run = await runAction(undefined, {
      inputs: { command: 'check', 'github-token': '' },
      files: before,
    });
    expect(run.code).toBe(0);
    expect(run.summary).toContain('No errors in 1 domain with 4 aliases');
  });
});
