import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rememberRows, startTables, type TablesServer } from '../tablesFixture.ts';
import { type ActionResult, runAction } from './githubAction.ts';
import { type GitHubServer, startGitHub } from './githubServer.ts';
import { fewer, files, text } from './mergedFiles.ts';

const more = { 'example.com.yml': `${text}  new: { destinations: [ann@mailbox.example] }\n` };
const [first, second, third, fourth] = ['1', '2', '3', '4'].map((digit) => digit.repeat(40)) as [
  string,
  string,
  string,
  string,
];
const arrived = '2026-11-01T10:00:00Z';
const run = 'https://github.com/example/mail/actions/runs/1';
const page = 'https://github.com/example/mail/actions/workflows/sync.yml';
const notLive =
  '<!-- aliasops:sync not-live -->\n**Not live yet, and nothing is lost:** mail goes where it went before. ';

let github: GitHubServer;
let tables: TablesServer;
let putBack: () => Promise<void>;
beforeAll(async () => {
  tables = await startTables();
  github = await startGitHub();
  commit(first, [], files);
  expect((await sync(first, files)).outputs.applied).toBe('4');
  putBack = await rememberRows(tables, ['DEFINITIONS_TABLE', 'DOMAINS_TABLE']);
});
beforeEach(async () => {
  await putBack();
  github.stop();
  github = await startGitHub();
  github.roles.set('maintainer', 'admin');
  commit(first, [], files);
});
afterAll(async () => {
  github.stop();
  await tables.stop();
});

function commit(sha: string, ancestors: readonly string[], of: Readonly<Record<string, string>>): void {
  github.commits.set(sha, { sha, ancestors, files: of, date: arrived, arrived });
}

/** A pull request that was merged as a commit. */
function merge(
  number: number,
  sha: string,
  ancestors: readonly string[],
  of: Readonly<Record<string, string>>,
) {
  commit(sha, ancestors, of);
  const base = ancestors[0] ?? sha;
  github.pulls.push({
    number,
    base,
    head: sha,
    repository: 'example/mail',
    branch: `b${number}`,
    merged: sha,
  });
}

function sync(
  sha: string,
  of: Readonly<Record<string, string>>,
  more: {
    readonly inputs?: Readonly<Record<string, string>>;
    readonly environment?: Readonly<Record<string, string>>;
    readonly event?: object;
  } = {},
): Promise<ActionResult> {
  return runAction(github, {
    inputs: { command: 'sync', 'wait-seconds': '0', ...more.inputs },
    files: of,
    sha,
    event: more.event ?? {},
    environment: { ...tables.environment, ...more.environment },
  });
}

const said = () => github.comments.map(({ issue, body }) => `#${issue} ${body}`);

describe('a merged pull request', () => {
  it('that is refused hears why, which label allows it, and where to start the sync again; then that it is live', async () => {
    merge(7, second, [first], fewer);
    const label = { issue: 7, label: 'allow-mass-removal', actor: 'maintainer', at: '2026-11-01T09:00:00Z' };
    github.labels.push(label);
    expect((await sync(second, fewer)).code).toBe(1);
    expect(said()).toEqual([
      expect.stringContaining(`#7 ${notLive}This needs a maintainer’s consent first:`),
    ]);
    const links = [
      '- A maintainer who agrees sets the label [`allow-mass-removal`](https://github.com/example/mail/labels/allow-mass-removal) on',
      `- Then a maintainer starts the sync again on the page [*Run workflow*](${page}).`,
      '> The label `allow-mass-removal` does not count: it was set before the last commit arrived.',
    ];
    for (const link of links) expect(said()[0]).toContain(link);
    github.labels[0] = { ...label, at: '2026-11-01T11:00:00Z' };
    expect((await sync(second, fewer)).code).toBe(0);
    expect(said()).toEqual([
      expect.stringMatching(/^#7 <!-- aliasops:sync live -->\n\*\*Written at \d\d:\d\d UTC/),
    ]);
  });

  it('that no label can allow hears what to name on the page', async () => {
    merge(7, second, [], more);
    expect((await sync(second, more)).code).toBe(1);
    expect(said()[0]).toContain(
      `- A maintainer who agrees starts the sync again on the page [*Run workflow*](${page}), with \`rollback\` under *Reasons to allow*.`,
    );
  });

  it('whose files are wrong hears which line, and that another pull request mends it', async () => {
    const wrong = { ...more, '_policy.yml': 'protected: [\n' };
    merge(7, second, [first], wrong);
    expect((await sync(second, wrong)).code).toBe(1);
    expect(said()).toEqual([
      expect.stringContaining(
        `#7 ${notLive}The files have mistakes, and nothing was written.\n\n1. [aliases/`,
      ),
    ]);
    expect(said()[0]).toContain('Somebody corrects the files in another pull request');
    expect(said()[0]).toMatch(/1\. \[aliases\/\\_policy\.yml, line \d+\]/);
  });

  it('hears that the tables did not answer, and nothing that they said', async () => {
    merge(7, second, [first], more);
    const environment = { DEFINITIONS_TABLE: 'not-there' };
    expect((await sync(second, more, { environment })).code).toBe(1);
    expect(said()).toEqual([
      expect.stringContaining(
        `#7 ${notLive}The sync ended too early. The error is \`ResourceNotFoundException\`.\n\n**Next:**\n\n- [The run](${run}) says more; a maintainer starts the sync again on the page [*Run workflow*](${page}) once the cause is gone.\n`,
      ),
    ]);
  });

  it('hears that the sync was skipped for want of variables', async () => {
    merge(7, second, [first], more);
    const skipped = await sync(second, more, { inputs: { command: 'unsynced' } });
    expect(skipped.code).toBe(0);
    expect(skipped.stdout).toContain('::warning::');
    expect(said()).toEqual([
      expect.stringContaining(`#7 ${notLive}This repository does not say yet which role in AWS`),
    ]);
    expect(said()[0]).toContain(
      '(https://github.com/example/mail/settings/variables/actions) `AWS_SYNC_ROLE`',
    );
    expect(said()[0]).toContain(`[*Run workflow*](${page})`);
  });

  it('that was told otherwise hears that it is live from a run that has nothing to write', async () => {
    merge(7, second, [first], more);
    expect((await sync(second, more, { inputs: { 'wait-seconds': '1' } })).outputs.stop).toBe('not-live');
    expect(said()[0]).toContain(
      `#7 ${notLive}Everything is written, but the mail system has not taken it over yet.`,
    );
    const again = await sync(second, more);
    expect(again.outputs.applied).toBe('0');
    expect(said()).toEqual([expect.stringContaining('#7 <!-- aliasops:sync live -->')]);
    const told = said();
    await sync(second, more);
    await sync(second, fewer);
    expect(said()).toEqual(told);
  });
});

describe('every pull request', () => {
  const ofThree = () => {
    merge(7, second, [first], files);
    merge(8, third, [second, first], files);
    merge(9, fourth, [third, second, first], more);
  };
  const told = () => github.comments.map(({ issue }) => issue).sort();

  it('since what the tables hold hears of the sync', async () => {
    ofThree();
    await sync(fourth, more);
    expect(told()).toEqual([7, 8, 9]);
  });

  it.each([
    ['of the push, also where nobody knows what the tables hold', second, [8, 9]],
    ['that is known, where the branch is new', '0'.repeat(40), [9]],
    ['that is known, where the branch was rewritten', 'f'.repeat(40), [9]],
  ])('%s hears of it', async (_, before, expected) => {
    ofThree();
    await sync(fourth, more, { environment: { DOMAINS_TABLE: 'not-there' }, event: { before } });
    expect(told()).toEqual(expected);
  });
});
