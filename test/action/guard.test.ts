import { afterAll, beforeAll, expect, it } from 'vitest';
import { folderOf, rememberRows, runNode, startTables, type TablesServer } from '../tablesFixture.ts';
import { type ActionResult, runAction } from './githubAction.ts';
import { type GitHubServer, startGitHub } from './githubServer.ts';

const com = `domain: example.com
aliases:
  postmaster: { destinations: [ann@mailbox.example] }
  abuse: { destinations: [bob@mailbox.example] }
  board: { destinations: [cleo@mailbox.example] }
  info: { destinations: [dan@mailbox.example] }
`;
const org = `domain: example.org
aliases:
  postmaster: { destinations: [ann@mailbox.example] }
  abuse: { destinations: [bob@mailbox.example] }
  press: { destinations: [cleo@mailbox.example] }
`;
const before = { 'example.com.yml': com, 'example.org.yml': org };

/** What nobody should do by mistake, by all that speaks against it. */
const dangers = {
  'domain-removed, mass-removal': { 'example.com.yml': com },
  'mass-removal': { ...before, 'example.org.yml': org.replace(/ {2}(abuse|press):.*\n/g, '') },
  'mass-redirect': {
    ...before,
    'example.com.yml': com.replace(/(ann|bob|cleo)@mailbox/g, 'mallory@elsewhere'),
  },
};
const [base, head] = ['a', 'b'].map((digit) => digit.repeat(40)) as [string, string];
const arrived = '2026-11-01T10:00:00Z';

let github: GitHubServer;
let tables: TablesServer;
let putBack: () => Promise<void>;
beforeAll(async () => {
  [github, tables] = await Promise.all([startGitHub(), startTables()]);
  github.roles.set('maintainer', 'admin');
  github.commits.set(base, { sha: base, ancestors: [], files: before, date: arrived, arrived });
  expect((await sync(base, before)).outputs.applied).toBe('9');
  putBack = await rememberRows(tables, ['DEFINITIONS_TABLE', 'DOMAINS_TABLE']);
});
afterAll(async () => {
  github.stop();
  await tables.stop();
});

const ways = ['input', 'label', 'flag'] as const;
const cases = Object.entries(dangers).map(([codes, after]) => ({ codes, after }));

it.each(cases)(
  'refuses $codes, names the override, and passes with it as input, label and flag',
  async ({ codes, after }) => {
    github.commits.set(head, { sha: head, ancestors: [base], files: after, date: arrived, arrived });
    const refused = await sync(head, after);
    expect(refused.code).toBe(1);
    expect(refused.outputs).toMatchObject({ applied: '0', safe: 'false' });
    for (const code of codes.split(', ')) expect(refused.summary).toContain(`allow-${code}`);
    for (const way of ways) {
      expect(await allowing[way](codes, after), way).toBeGreaterThan(0);
      await putBack();
      github.pulls.length = 0;
      github.labels.length = 0;
    }
  },
);

const allowing: Readonly<
  Record<(typeof ways)[number], (codes: string, after: Readonly<Record<string, string>>) => Promise<number>>
> = {
  input: async (codes, after) => Number((await sync(head, after, { allow: codes })).outputs.applied),
  label: async (codes, after) => {
    const pull = { number: 7, base, head, repository: 'example/mail', branch: 'x', merged: head };
    github.pulls.push(pull);
    for (const code of codes.split(', ')) {
      github.labels.push({
        issue: 7,
        label: `allow-${code}`,
        actor: 'maintainer',
        at: '2026-11-01T11:00:00Z',
      });
    }
    return Number((await sync(head, after)).outputs.applied);
  },
  flag: async (codes, after) => {
    const folder = await folderOf(after);
    const words = ['sync', '--dir', folder, '--wait-seconds', '0', '--format', 'json', '--allow', codes];
    const { stdout } = await runNode(['action/src/cli.ts', ...words], tables.environment);
    return JSON.parse(stdout).applied;
  },
};

function sync(
  sha: string,
  files: Readonly<Record<string, string>>,
  inputs: Readonly<Record<string, string>> = {},
): Promise<ActionResult> {
  return runAction(github, {
    inputs: { command: 'sync', 'wait-seconds': '0', ...inputs },
    files,
    sha,
    environment: tables.environment,
  });
}
