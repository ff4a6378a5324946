import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rememberRows, startTables, type TablesServer } from '../tablesFixture.ts';
import { type ActionResult, runAction } from './githubAction.ts';
import { type GitHubServer, startGitHub } from './githubServer.ts';

type Files = Readonly<Record<string, string>>;

const eduAliases = ['postmaster', 'abuse', 'b1', 'b2', 'b3', 'b4', 'b5', 'b6', 'b7', 'b8'];
const edu = domainFile('example.edu', eduAliases);
const com = domainFile('example.com', ['postmaster', 'abuse', 'board', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6']);
const org = `${domainFile('example.org', ['postmaster', 'abuse'])}  "*": { destinations: [all@mailbox.example] }\n`;
const before: Files = {
  '_policy.yml': 'protected: { board@example.com: 1 }\n',
  'example.com.yml': `${withAliasDomain(com, 'example.net')}  press: { destinations: [cleo@company.example] }\n`,
  'example.edu.yml': edu,
  'example.org.yml': org,
};
const withoutNet = {
  ...before,
  'example.com.yml': `${com}  press: { destinations: [cleo@company.example] }\n`,
};

/** A domain whose aliases each reach a mailbox of their own. */
function domainFile(domain: string, aliases: readonly string[]): string {
  const lines = aliases.map(
    (alias) => `  ${alias}: { destinations: [${alias}@${domain.slice(8)}.example] }\n`,
  );
  return `domain: ${domain}\naliases:\n${lines.join('')}`;
}

function withAliasDomain(text: string, domain: string): string {
  return text.replace('aliases:', `aliasDomains: [${domain}]\naliases:`);
}

/** Without these aliases of example.edu. */
function without(names: RegExp, files: Files = before): Files {
  const text = files['example.edu.yml'] ?? '';
  return { ...files, 'example.edu.yml': text.replace(new RegExp(`^ {2}(${names.source}):.*\\n`, 'gm'), '') };
}

const inAll = { ...before, 'example.edu.yml': edu.replaceAll('.example]', '.example, eve@mailbox.example]') };
const otherBoard = (files: Files): Files => ({
  ...files,
  'example.com.yml': (files['example.com.yml'] ?? '').replace('board@com.example', 'eve@mailbox.example'),
});
const loosened = {
  ...before,
  '_policy.yml': `${before['_policy.yml']}guard:\n  removals: { atLeast: 99, share: 1 }\n`,
};
const { '_policy.yml': _, ...noPolicy } = before;
const dummies = Array.from(
  { length: 24 },
  (_, n) => `  d${n}: { active: false, destinations: [postmaster] }\n`,
).join('');
const byHand = {
  domain: { S: 'example.edu' },
  alias: { S: 'mine' },
  destinations: { L: [{ S: 'x@mailbox.example' }] },
};

/** What a pull request does, and all that speaks against it. */
const attacks: readonly [what: string, files: Files, codes: readonly string[]][] = [
  [
    'captures a mailbox of another domain by an alias domain',
    {
      ...before,
      'example.org.yml': `${withAliasDomain(org, 'company.example')}  cleo: { destinations: [eve@mailbox.example] }\n`,
    },
    ['mailbox-domain'],
  ],
  ['loosens the policy and uses that', without(/b[1-5]/, loosened), ['policy-loosened', 'mass-removal']],
  ['deletes the policy and uses that', otherBoard(noPolicy), ['policy-loosened', 'protected']],
  [
    'moves an alias domain to a domain with a catch-all',
    { ...withoutNet, 'example.org.yml': withAliasDomain(org, 'example.net') },
    ['protected', 'mass-redirect', 'new-reader'],
  ],
  [
    'moves an alias domain to a domain without a catch-all',
    { ...withoutNet, 'example.edu.yml': withAliasDomain(edu, 'example.net') },
    ['protected', 'mass-removal'],
  ],
  [
    'moves an alias domain to an empty file',
    {
      ...withoutNet,
      'moved.example.yml': 'domain: moved.example\naliasDomains: [example.net]\naliases: {}\n',
    },
    ['protected', 'mass-removal'],
  ],
  [
    'renames 10 of 10',
    { ...before, 'example.edu.yml': edu.replace(/^ {2}(\w+):/gm, '  new-$1:') },
    ['mass-removal'],
  ],
  ['adds one reader to all', inAll, ['new-reader']],
  ['changes the reader of a protected alias', otherBoard(before), ['protected']],
  [
    'adds 24 dummies and removes three of ten',
    without(/b[1-3]/, { ...before, 'example.edu.yml': `${edu}${dummies}` }),
    ['mass-removal'],
  ],
  [
    'takes over a row made by hand with other recipients',
    { ...before, 'example.edu.yml': `${edu}  mine: { destinations: [eve@mailbox.example] }\n` },
    ['edited-outside'],
  ],
];

const arrived = '2026-11-01T10:00:00Z';
const base = 'c'.repeat(40);

let github: GitHubServer;
let tables: TablesServer;
let putBack: () => Promise<void>;
beforeAll(async () => {
  [github, tables] = await Promise.all([startGitHub(), startTables()]);
  reset();
  expect((await sync([base, before])).code).toBe(0);
  await tables.client.send(new PutItemCommand({ TableName: 'definitions', Item: byHand }));
  putBack = await rememberRows(tables, ['DEFINITIONS_TABLE', 'DOMAINS_TABLE']);
});
beforeEach(async () => {
  reset();
  await putBack();
});
afterAll(async () => {
  github.stop();
  await tables.stop();
});

function reset(): void {
  for (const part of [github.commits, github.roles, github.queue]) part.clear();
  github.pulls.length = 0;
  github.labels.length = 0;
  github.comments.length = 0;
  github.roles.set('maintainer', 'maintain');
  github.roles.set('deleted', 'gone');
  github.commits.set(base, { sha: base, ancestors: [], files: before, date: arrived, arrived });
}

type Landed = readonly [commit: string, files: Files];

/** Puts commits of a pull request on the default branch, or in its queue; answers with the last one. */
function land(number: number, states: readonly Files[], [parent]: Landed, isMerged = true): Landed {
  let ancestors = [parent, ...(github.commits.get(parent)?.ancestors ?? [])];
  const head = headOf(number);
  github.commits.set(head, { sha: head, ancestors, files: states.at(-1) ?? {}, date: arrived, arrived });
  const landed = states.map((files, index): Landed => {
    const sha = `b${number}${index}`.padEnd(40, '0');
    github.commits.set(sha, { sha, ancestors, files, date: arrived });
    ancestors = [sha, ...ancestors];
    return [sha, files];
  });
  const last = landed.at(-1) ?? [parent, before];
  const pull = { number, base: parent, head, repository: 'example/mail', branch: `branch-${number}` };
  const rebased = landed.slice(0, -1).map(([sha]) => sha);
  github.pulls.push(isMerged ? { ...pull, merged: last[0], rebased } : pull);
  return last;
}

/** The last commit of a pull request's own branch. */
function headOf(number: number): string {
  return `a${number}`.padEnd(40, '0');
}

function label(issue: number, ...codes: readonly string[]): void {
  for (const code of codes) {
    github.labels.push({ issue, label: `allow-${code}`, actor: 'maintainer', at: '2026-11-01T11:00:00Z' });
  }
}

function sync([sha, files]: Landed): Promise<ActionResult> {
  const inputs = { command: 'sync', 'wait-seconds': '0' };
  return runAction(github, { inputs, files, sha, environment: tables.environment });
}

/** What a run says stands against the plan. */
function refusals({ summary }: ActionResult): string[] {
  return [
    ...new Set([...summary.matchAll(/^> To allow it: `allow-([a-z-]+)`/gm)].map(([, code = '']) => code)),
  ];
}

/** Nothing was written for these reasons, which came with these pull requests. */
function expectRefused(run: ActionResult, codes: readonly string[], numbers: readonly number[]): void {
  expect(refusals(run)).toEqual(codes);
  expect(run.outputs).toMatchObject({ applied: '0', safe: 'false' });
  expect(run.code).toBe(1);
  const named = new Set([...run.summary.matchAll(/\\#(\d+)/g)].map(([, number]) => Number(number)));
  expect([...named]).toEqual(numbers);
}

describe('a merged pull request', () => {
  it.each(attacks)('that %s waits for a label for each reason', async (_, files, codes) => {
    const landed = land(1, [files], [base, before]);
    expectRefused(await sync(landed), codes, [1]);
    label(1, ...codes.slice(0, -1));
    if (codes.length > 1) expectRefused(await sync(landed), codes.slice(-1), [1]);
    label(1, ...codes.slice(-1));
    const allowed = await sync(landed);
    expect(allowed.code).toBe(0);
    expect(Number(allowed.outputs.applied)).toBeGreaterThan(0);
  });

  it.each([
    ['of an account that is gone', { actor: 'deleted' }, {}],
    ['of nobody', { actor: '' }, {}],
    ['that was called otherwise when it was set', { label: 'size/small', renamed: 'allow-mass-removal' }, {}],
    ['on a commit that no check suite has seen', {}, { arrived: undefined }],
    ['on a commit that came at an unknown time', {}, { arrived: null }],
  ])('takes no label %s', async (_, labelled, pushed) => {
    const landed = land(2, [without(/b[1-4]/)], [base, before]);
    label(2, 'mass-removal');
    Object.assign(github.labels[0] ?? {}, labelled);
    Object.assign(github.commits.get(headOf(2)) ?? {}, pushed);
    expectRefused(await sync(landed), ['mass-removal'], [2]);
  });

  it('of several rebased commits is judged as one', async () => {
    const states = [without(/b1/), without(/b[12]/), without(/b[1-4]/)];
    const landed = land(1, states, [base, before]);
    expectRefused(await sync(landed), ['mass-removal'], [1]);
    label(1, 'mass-removal');
    expect((await sync(landed)).outputs.applied).toBe('4');
  });
});

describe('several merged pull requests', () => {
  it('stay apart: the label of one allows nothing of the other', async () => {
    const first = land(1, [without(/b[1-3]/)], [base, before]);
    const second = land(2, [without(/b[1-7]/)], first);
    label(1, 'mass-removal');
    const refused = await sync(second);
    expectRefused(refused, ['mass-removal'], [2]);
    label(2, 'mass-removal');
    expect((await sync(second)).outputs.applied).toBe('7');
  });

  it('are named where each is small and all together are not', async () => {
    const first = land(1, [without(/b[12]/)], [base, before]);
    const second = land(2, [without(/b[1-4]/)], first);
    expectRefused(await sync(second), ['mass-removal'], [1, 2]);
    label(1, 'mass-removal');
    label(2, 'mass-removal');
    expect((await sync(second)).outputs.applied).toBe('4');
  });

  it('wait for one that was refused before, which is named', async () => {
    const first = land(1, [without(/b[1-4]/)], [base, before]);
    expectRefused(await sync(first), ['mass-removal'], [1]);
    const added = `  new: { destinations: [new@mailbox.example] }\n`;
    const second = land(2, [{ ...first[1], 'example.org.yml': `${org}${added}` }], first);
    label(2, 'mass-removal');
    const refused = await sync(second);
    expectRefused(refused, ['mass-removal'], [1]);
    expect(refused.summary).toContain('b4@example.edu');
    label(1, 'mass-removal');
    expect((await sync(second)).outputs.applied).toBe('5');
  });

  it('are none of those that were merged into another branch', async () => {
    const landed = land(1, [without(/b[1-4]/)], [base, before]);
    Object.assign(github.pulls[0] ?? {}, { into: 'side' });
    label(1, 'mass-removal');
    expectRefused(await sync(landed), ['mass-removal'], []);
  });

  it('name nobody for what was pushed without a pull request', async () => {
    const pushed = land(1, [without(/b[1-4]/)], [base, before]);
    github.pulls.length = 0;
    const second = land(2, [otherBoard(pushed[1])], pushed);
    label(2, 'mass-removal', 'protected');
    expectRefused(await sync(second), ['mass-removal'], []);
  });
});

describe('a merge group of three', () => {
  /** One in a queue after the other; the last is what the group's run is about. */
  function threeOf(isMerged: boolean): Landed {
    const first = land(1, [without(/b[1-4]/)], [base, before], isMerged);
    const added = `${org}  new: { destinations: [new@mailbox.example] }\n`;
    const second = land(2, [{ ...first[1], 'example.org.yml': added }], first, isMerged);
    return land(3, [otherBoard(second[1])], second, isMerged);
  }

  it('is merged as what the labels of each allow', async () => {
    const landed = threeOf(true);
    label(1, 'mass-removal');
    label(2, 'protected', 'mass-removal');
    expectRefused(await sync(landed), ['protected'], [3]);
    label(3, 'protected');
    expect((await sync(landed)).outputs.applied).toBe('6');
  });

  it('is planned as what the labels of each allow', async () => {
    const [sha, files] = threeOf(false);
    const branch = (number: number, on: string) => `gh-readonly-queue/main/pr-${number}-${on}`;
    const [one, two] = ['b10', 'b20'].map((start) => start.padEnd(40, '0')) as [string, string];
    github.queue.set(branch(1, base), one).set(branch(2, one), two).set(branch(3, two), sha);
    const event = { merge_group: { base_sha: base, head_ref: `refs/heads/${branch(3, two)}` } };
    const plan = () => runAction(github, { inputs: { command: 'plan', from: 'base' }, files, event, sha });
    label(1, 'mass-removal');
    label(2, 'protected', 'mass-removal');
    const refused = await plan();
    expect(refusals(refused)).toEqual(['protected']);
    expect(refused.summary).toContain('It comes with \\#3.');
    expect(refused.code).toBe(1);
    label(3, 'protected');
    expect((await plan()).code).toBe(0);
  });
});
