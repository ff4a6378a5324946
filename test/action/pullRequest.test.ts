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

const next = 'd'.repeat(40);
const madeFor = (from: string, into: string): string =>
  `Made for commit \`${head.slice(0, 12)}\` of this pull request, compared with commit \`${from.slice(0, 12)}\` of \`${into}\`.`;

const pullEvent = { pull_request: { number: 7, base: { sha: base }, head: { sha: head } } };
const runEvent = (repository = 'example/mail') => ({
  workflow_run: { head_sha: head, head_branch: 'change', head_repository: { full_name: repository } },
});
const comment = (repository?: string) =>
  runAction(github, {
    inputs: { command: 'comment', from: 'base' },
    files: before,
    event: runEvent(repository),
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
    for (let n = 0; n < 2; n += 1) {
      const run = await comment();
      expect(run.stdout + run.stderr).not.toContain('::error');
      expect(run.code).toBe(0);
    }
    const mine = github.comments.filter(({ bot }) => bot);
    expect(mine).toHaveLength(1);
    expect(mine[0]?.body).toMatch(
      /^<!-- aliasops:plan -->\n### What this change does\n\n\*\*2 addresses reach other people\.\*\*/,
    );
    expect(mine[0]?.body).toContain(madeFor(base, 'main'));
    github.commits.set(head, { sha: head, ancestors: [base], files: before, date: arrived, arrived });
    await comment();
    expect(github.comments.filter(({ bot }) => bot)).toHaveLength(1);
    expect(mine[0]?.body).toContain('This change touches no alias');
  });

  it('shows each mistake with its line as it should be, to accept with a click, and each once', async () => {
    const misspelt = before['example.com.yml'].replace('press: { destinations', 'press: { destination');
    propose({ 'example.com.yml': misspelt });
    for (let n = 0; n < 2; n += 1) expect((await comment()).code).toBe(0);
    const line = '  press: { destinations: [board] }';
    expect(github.comments[0]?.body).toContain('**1 line needs your help.**');
    expect(github.comments[0]?.body).toContain(`\n   \`\`\`yaml\n   ${line}\n   \`\`\`\n`);
    expect(github.reviewComments).toMatchObject([
      { pull: 7, commit: head, path: 'aliases/example.com.yml', line: 6 },
    ]);
    expect(github.reviewComments[0]?.body).toContain(`\n\`\`\`suggestion\n${line}\n\`\`\`\n`);
    github.commits.set(head, { sha: head, ancestors: [base], files: before, date: arrived, arrived });
    await comment();
    expect(github.reviewComments).toEqual([]);
  });

  it('speaks the language of the policy that the change comes with', async () => {
    propose({ ...after, '_policy.yml': 'language: fr\n' });
    await comment();
    expect(github.comments[0]?.body).toContain('**2 adresses atteignent d’autres personnes.**');
    const wrong = { 'example.com.yml': before['example.com.yml'].replace('[board]', '[bord]') };
    propose({ ...wrong, '_policy.yml': 'language: fr\n' });
    await comment();
    expect(github.comments[0]?.body).toContain('### Cette modification n’est pas encore utilisable');
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
    expect(github.comments[0]?.body).toContain(
      'sets the label [`allow-mass-removal`](https://github.com/example/mail/labels/allow-mass-removal)',
    );
    expect(github.comments[0]?.body).toContain(
      '| <code>board&#64;<wbr>example.com</code> | <code>j•••e&#64;<wbr>m•••.example</code> | nobody | its line is gone |',
    );
    expect(github.comments[0]?.issue).toBe(7);
  });

  it('reads no file of a stranger that is too large, and shows that as a mistake', async () => {
    propose({ 'example.com.yml': `#${'x'.repeat(1_048_576)}` }, 'stranger/mail');
    expect((await comment('stranger/mail')).code).toBe(0);
    expect(github.comments.map(({ body }) => body)).toEqual([
      expect.stringMatching(/1\. \[aliases\/example\.com\.yml, line 1\]\(.*\): This file is too large/),
    ]);
    expect(github.comments[0]?.body).toContain(madeFor(base, 'main'));
  });

  it('reads no files of a stranger that are too large together, and says so in place of an earlier plan', async () => {
    propose(after, 'stranger/mail');
    await comment('stranger/mail');
    const files = Array.from({ length: 33 }, (_, n) => [`n${n}.example.yml`, 'x'.repeat(1_048_576)]);
    const later = { sha: head, ancestors: [base], files: Object.fromEntries(files), date: arrived, arrived };
    github.commits.set(head, later);
    const run = await comment('stranger/mail');
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('larger than 32 MB together');
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]?.body).toMatch(
      /^<!-- aliasops:plan -->\n### It is not known what this change does\n\nThe files of aliases are larger than 32 MB together\. \[The run\]\(https:\/\/github\.com\/example\/mail\/actions\/runs\/1\) says more\.\n.*Made for commit `bbbbbbbbbbbb`/s,
    );
  });

  const many = (count: number, line: (n: number) => string) =>
    Array.from({ length: count }, (_, n) => line(n));
  it.each<[string, Readonly<Record<string, string>>, number, RegExp]>([
    [
      '1,000 files',
      Object.fromEntries(
        many(1_000, (n) => `n${n}.example`).map((domain) => [
          `${domain}.yml`,
          `domain: ${domain}\naliases: { postmaster: { destinations: [jane@mailbox.example] } }\n`,
        ]),
      ),
      1,
      /It is not known what this change does\n\n.*more than 999/,
    ],
    [
      'one list of 2,000',
      {
        'example.com.yml': `${before['example.com.yml']}  all: { destinations: [${many(2_000, (n) => `member${n}@mailbox.example`).join(', ')}] }\n`,
      },
      0,
      /\| <code>all&#64;<wbr>example\.com<\/code> \| nobody \| .* and 1988 more \| its line is new \|/,
    ],
    [
      '800 KB of one error',
      { 'example.com.yml': before['example.com.yml'].replace('press:', `"${'<'.repeat(800_000)}":`) },
      0,
      /\[aliases\/example\.com\.yml, line 6\]/,
    ],
  ])('comments on %s for this commit, and says what is left out', async (_, files, code, said) => {
    propose(files);
    const run = await comment();
    expect([run.code, run.stderr]).toEqual([code, '']);
    expect(github.comments).toHaveLength(1);
    const { body = '' } = github.comments[0] ?? {};
    expect(body).toMatch(said);
    expect(body).toContain(`Made for commit \`${head.slice(0, 12)}\``);
    expect(Buffer.byteLength(body)).toBeLessThan(65_536);
  });

  it('compares a pull request that was pointed at another branch with that one', async () => {
    propose(after);
    await comment();
    expect(github.comments[0]?.body).toContain('| <code>board&#64;<wbr>example.com</code> |');
    github.commits.set(next, { sha: next, ancestors: [], files: after, date: arrived, arrived });
    github.commits.set(head, { sha: head, ancestors: [next, base], files: after, date: arrived, arrived });
    github.pulls[0] = {
      number: 7,
      base: next,
      head,
      repository: 'example/mail',
      branch: 'change',
      into: 'next',
    };
    await comment();
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]?.body).toContain('This change touches no alias');
    expect(github.comments[0]?.body).toContain(madeFor(next, 'next'));
  });

  it('tells each of two pull requests from one branch what it would change there', async () => {
    propose(after);
    github.commits.set(next, { sha: next, ancestors: [base], files: after, date: arrived, arrived });
    github.commits.set(head, { sha: head, ancestors: [next, base], files: after, date: arrived, arrived });
    github.pulls.push(
      { number: 8, base: next, head, repository: 'example/mail', branch: 'change', into: 'next' },
      { number: 9, base, head: next, repository: 'example/mail', branch: 'change', into: 'third' },
    );
    expect((await comment()).code).toBe(0);
    expect(github.comments.map(({ issue }) => issue)).toEqual([7, 8]);
    expect(github.comments[0]?.body).toContain('| <code>board&#64;<wbr>example.com</code> |');
    expect(github.comments[0]?.body).toContain(madeFor(base, 'main'));
    expect(github.comments[1]?.body).toContain('This change touches no alias');
    expect(github.comments[1]?.body).toContain(madeFor(next, 'next'));
  });

  it('tells the other pull request although one has nothing in common with its base', async () => {
    propose(after);
    github.commits.set(next, { sha: next, ancestors: [], files: after, date: arrived, arrived });
    github.pulls.unshift({
      number: 6,
      base: next,
      head,
      repository: 'example/mail',
      branch: 'change',
      into: 'x',
    });
    expect((await comment()).code).toBe(1);
    expect(github.comments[0]).toMatchObject({
      issue: 6,
      body: expect.stringContaining('It is not known what this change does\n\nThe error is `HttpError`.'),
    });
    expect(github.comments[1]).toMatchObject({
      issue: 7,
      body: expect.stringContaining('| <code>board&#64;<wbr>example.com</code> |'),
    });
  });

  it.each([
    ['got another commit', { head: 'c'.repeat(40) }],
    ['was pointed at another branch', { into: 'next' }],
  ])('leaves the comment to a later run where the pull request %s meanwhile', async (_, later) => {
    propose(after);
    // The list of pull requests still has the old one; the number leads to the new one.
    github.pulls.unshift({ number: 7, base, head, repository: 'example/mail', branch: 'renamed', ...later });
    const run = await comment();
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('#7 has another commit or another base by now');
    expect(github.comments).toEqual([]);
  });

  it('tells what changes in the rules', async () => {
    propose({ ...after, '_policy.yml': 'protected: { board@example.com: 2 }\n' });
    await comment();
    expect(github.comments[0]?.body).toMatch(
      /\nThe rules of this group change:\n\n- `board@example\.com` must reach at least 2 mailboxes\n/,
    );
  });

  it('says why a label does not count', async () => {
    propose(dangerous);
    github.labels.push({
      issue: 7,
      label: 'allow-mass-removal',
      actor: 'member',
      at: '2026-11-01T11:00:00Z',
    });
    await comment();
    expect(github.comments[0]?.body).toContain(
      '> The label `allow-mass-removal` does not count: whoever set it does not maintain this repository.',
    );
  });

  it('shows the warnings that the change brings, each with its line, and none that stood before', async () => {
    const typo = (name: string) => `  ${name}: { destinations: [${name}@gmial.com] }\n`;
    const [old, more] = [
      before['example.com.yml'] + typo('old'),
      before['example.com.yml'] + typo('new') + typo('old'),
    ];
    propose({ 'example.com.yml': more });
    github.commits.set(base, {
      sha: base,
      ancestors: [],
      files: { 'example.com.yml': old },
      date: arrived,
      arrived,
    });
    await comment();
    const link = `https://github.com/example/mail/blob/${head}/aliases/example.com.yml#L7`;
    expect(github.comments[0]?.body).toContain(
      `> **Warning** in [aliases/example.com.yml, line 7](${link}): `,
    );
    expect(github.comments[0]?.body.match(/\*\*Warning/g)).toHaveLength(1);
  });

  it('makes the plan without the tables where these cannot be read, and says that', async () => {
    propose(after);
    const environment = {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_MAX_ATTEMPTS: '1',
      AWS_REGION: 'eu-west-1',
    };
    const inputs = { command: 'comment', from: 'tables' };
    const run = await runAction(github, { inputs, files: before, event: runEvent(), environment });
    expect(run.stdout).toContain('::warning::The tables could not be read (');
    expect(github.comments[0]?.body).toContain('| <code>board&#64;<wbr>example.com</code> |');
    expect(github.comments[0]?.body).toContain('the tables could not be read (`');
  });

  it('says nothing about a commit that another repository has on a branch of that name', async () => {
    propose(dangerous, 'stranger/mail');
    expect((await comment()).code).toBe(0);
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
    expect(github.comments[0]?.body).toContain(
      '[`allow-mass-removal`](https://github.com/example/mail/labels/allow-mass-removal)',
    );
  });

  it('lets a merge queue have what a label on its pull request allows', async () => {
    propose(dangerous);
    const queued = {
      inputs: { command: 'plan', from: 'base' },
      files: dangerous,
      sha: head,
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
