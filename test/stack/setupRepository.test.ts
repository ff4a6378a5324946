import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { startHttpServer } from '../../forwarder/local/servers/httpServer.ts';
import { requiredChecks } from '../../forwarder/src/account/branchRules.ts';
import { reasonCodes } from '../../schema/src/records/reasonCodes.ts';
import { startEmulate } from '../action/githubEmulate.ts';
import { type RepositoryServer, startRepository } from '../action/repositoryServer.ts';
import { forwarderFolder } from '../packaged.ts';

let github: RepositoryServer;
let folder: string;

beforeEach(async () => {
  github = await startRepository();
  folder = await mkdtemp(join(tmpdir(), 'aliasops-repository-'));
  await mkdir(join(folder, '.github'));
  await writeFile(join(folder, '.github/CODEOWNERS'), '* @our-group/maintainers\n');
});

afterEach(async () => {
  github.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Runs `setup github` as a process of its own, for the stage whose repository is the template's sample. */
async function setUp(words: readonly string[] = [], environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(
    process.execPath,
    [join(forwarderFolder, 'src/cli.ts'), 'setup', 'github', '--stage', 'local', ...words],
    {
      cwd: folder,
      env: {
        PATH: process.env.PATH ?? '',
        AWS_EC2_METADATA_DISABLED: 'true',
        HOME: folder,
        GITHUB_API_URL: github.url,
        GITHUB_TOKEN: github.token,
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const said = { out: '', note: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.note += text;
  });
  const code = await new Promise<number | null>((done, fail) => child.on('close', done).on('error', fail));
  return { code, ...said };
}

/** Credentials of an account, and the service that says which one it is. */
async function credentials(): Promise<Record<string, string>> {
  const sts = await startHttpServer(async () => ({
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:root</Arn><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
  }));
  onTestFinished(() => sts.stop());
  return { AWS_ENDPOINT_URL_STS: sts.endpoint, AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' };
}

const labels = reasonCodes.map((code) => `allow-${code}`);
const roleArn = (name: string) => `arn:aws:iam::123456789012:role/aliasops-local-github-${name}`;

it('sets up labels, environments, variables and the ruleset, and nothing a second time', async () => {
  const account = await credentials();
  const first = await setUp([], account);
  expect(first).toMatchObject({ code: 0, note: '' });
  const made = labels.map((label) => `label ${label}: make it\n`).join('');
  expect(first.out.slice(0, made.length)).toBe(made);
  await expect(first.out.slice(made.length)).toMatchFileSnapshot('golden/setup-github.txt');
  expect(github.labels).toEqual(['bug', ...labels]);
  for (const name of ['read', 'sync', 'deploy']) {
    expect(github.environments.get(name)).toMatchObject({
      deployment_branch_policy: { custom_branch_policies: true },
      policies: [{ name: 'main', type: 'branch' }],
    });
  }
  expect(Object.fromEntries(github.variables)).toEqual({
    AWS_REGION: 'eu-west-1',
    AWS_READ_ROLE: roleArn('read'),
    AWS_SYNC_ROLE: roleArn('sync'),
    AWS_DEPLOY_ROLE: roleArn('deploy'),
  });
  expect(github.rulesets).toMatchObject([
    {
      name: 'aliasops',
      target: 'branch',
      enforcement: 'active',
      conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
    },
  ]);
  expect(
    Object.fromEntries((github.rulesets[0]?.rules ?? []).map((rule) => [rule.type, rule.parameters])),
  ).toEqual({
    pull_request: {
      required_approving_review_count: 1,
      require_code_owner_review: true,
      dismiss_stale_reviews_on_push: true,
      require_last_push_approval: true,
      required_review_thread_resolution: false,
    },
    required_status_checks: {
      strict_required_status_checks_policy: false,
      required_status_checks: requiredChecks.map((context) => ({ context, integration_id: 15_368 })),
    },
    non_fast_forward: undefined,
    deletion: undefined,
  });
  const written = github.writes.length;
  expect(await setUp([], account)).toEqual({ code: 0, out: '', note: 'There is nothing to set up.\n' });
  expect(github.writes).toHaveLength(written);
});

it('says the same in a dry run, and writes nothing', async () => {
  const account = await credentials();
  const { code, out } = await setUp(['--dry-run'], account);
  expect(code).toBe(0);
  expect(github.writes).toEqual([]);
  expect(out).toBe((await setUp([], account)).out);
});

it('sets no role without credentials of AWS, says how a person does, and leaves those that are there', async () => {
  github.variables.set('AWS_SYNC_ROLE', 'arn:aws:iam::123456789012:role/mine');
  const { code, note } = await setUp();
  expect(code).toBe(1);
  expect(note).toContain(
    'variable AWS_READ_ROLE: it is missing.\n  By hand: Settings > Secrets and variables > Actions > Variables: AWS_READ_ROLE is the ARN of the role aliasops-local-github-read',
  );
  expect(Object.fromEntries(github.variables)).toEqual({
    AWS_REGION: 'eu-west-1',
    AWS_SYNC_ROLE: 'arn:aws:iam::123456789012:role/mine',
  });
});

it('closes an environment to other branches and tags, and keeps its reviewers and its timer', async () => {
  const reviewers = {
    type: 'required_reviewers',
    prevent_self_review: true,
    reviewers: [{ type: 'Team', reviewer: { id: 7 } }],
  };
  const timer = { type: 'wait_timer', wait_timer: 5 };
  github.environments.set('sync', {
    deployment_branch_policy: { protected_branches: true, custom_branch_policies: false },
    protection_rules: [timer, reviewers],
    policies: [],
  });
  github.environments.set('read', {
    deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
    protection_rules: [],
    policies: [
      { id: 1, name: 'release/*', type: 'branch' },
      { id: 2, name: 'main', type: 'tag' },
      { id: 3, name: 'main', type: 'branch' },
      { id: 4, name: '*', type: 'branch' },
    ],
  });
  const { out } = await setUp([], await credentials());
  expect(github.environments.get('sync')).toMatchObject({
    protection_rules: [timer, reviewers, { type: 'branch_policy' }],
    policies: [{ name: 'main', type: 'branch' }],
  });
  expect(github.environments.get('read')?.policies).toEqual([{ id: 3, name: 'main', type: 'branch' }]);
  expect(out).toContain('environment sync: close it to every branch\nenvironment sync: let main use it\n');
  expect(out).toContain('environment read: no longer let the tag main use it\n');
});

it('changes a variable that is not that of the stage, and leaves the others', async () => {
  github.variables.set('AWS_REGION', 'us-east-1').set('MINE', 'mine');
  const { out } = await setUp([], await credentials());
  expect(out).toContain('variable AWS_REGION: change it to eu-west-1\n');
  expect(github.writes).toContain('PATCH /actions/variables/AWS_REGION');
  expect(github.variables.get('MINE')).toBe('mine');
});

it('adds to its ruleset what it lacks, and keeps what is stricter', async () => {
  await setUp([], await credentials());
  const [own] = github.rulesets;
  if (own === undefined) throw new Error('there is no ruleset');
  const stricter = {
    type: 'required_status_checks',
    parameters: {
      strict_required_status_checks_policy: true,
      required_status_checks: [{ context: 'theirs' }, { context: 'plan', integration_id: 9 }],
    },
  };
  github.rulesets[0] = {
    ...own,
    enforcement: 'disabled',
    rules: [stricter, { type: 'required_signatures' }],
  };
  const { out } = await setUp([], await credentials());
  expect(out).toBe('ruleset aliasops: add what it lacks\n');
  expect(github.rulesets).toHaveLength(1);
  const [now] = github.rulesets;
  expect(now?.enforcement).toBe('active');
  expect(now?.rules.map(({ type }) => type).sort()).toEqual([
    'deletion',
    'non_fast_forward',
    'pull_request',
    'required_signatures',
    'required_status_checks',
  ]);
  expect(now?.rules.find(({ type }) => type === 'required_status_checks')?.parameters).toEqual({
    strict_required_status_checks_policy: true,
    required_status_checks: [
      { context: 'theirs' },
      { context: 'plan', integration_id: 9 },
      { context: 'test (22)', integration_id: 15_368 },
      { context: 'test (24)', integration_id: 15_368 },
    ],
  });
});

it('makes no ruleset where those of others are as strict', async () => {
  await setUp([], await credentials());
  const [own] = github.rulesets;
  if (own === undefined) throw new Error('there is no ruleset');
  github.rulesets[0] = { ...own, name: 'of the organization' };
  expect(await setUp([], await credentials())).toMatchObject({ code: 0, out: '' });
});

it('goes on after what GitHub refuses, and says how a person does it', async () => {
  github.labels.push('Allow-Domain-Removed');
  github.forbidden.add('POST /rulesets').add('GET /environments').add('PUT /environments');
  const { code, note } = await setUp([], await credentials());
  expect(code).toBe(1);
  expect(note).toContain(
    'environment sync: not looked at: GitHub answers 403, Resource not accessible by personal access token.\n  By hand: Settings > Environments > sync >',
  );
  expect(note).toContain(
    'branch main: this could not be done: ruleset aliasops: make it, for the default branch (GitHub answers 403, Resource not accessible by personal access token).\n  By hand: Settings > Rules >',
  );
  expect(note).toContain(
    'labels: this could not be done: label allow-domain-removed: make it (GitHub answers 422, ',
  );
  expect(github.labels).toEqual(
    expect.arrayContaining(labels.filter((label) => label !== 'allow-domain-removed')),
  );
  expect(github.variables.get('AWS_REGION')).toBe('eu-west-1');
});

it.each([
  [
    'names owners of the template',
    '* @example/maintainers\n/a.yml @Example/board # @example/none\n',
    [],
    'still names @example/maintainers, @Example/board',
  ],
  ['is missing', undefined, [], 'it is missing'],
  [
    'names somebody unknown',
    '* @our-group/gone\n',
    [{ line: 1, kind: 'Unknown owner' }],
    'line 1: Unknown owner',
  ],
])('leaves the file of code owners that %s to people', async (_, text, errors, expected) => {
  const file = join(folder, '.github/CODEOWNERS');
  if (text === undefined) await rm(file);
  else await writeFile(file, text);
  github.codeOwnerErrors.push(...errors);
  const { code, note } = await setUp([], await credentials());
  expect(code).toBe(1);
  expect(note).toContain(expected);
  expect(note).toContain('.github/CODEOWNERS.\n');
});

it.each([
  ['no token', [], { GITHUB_TOKEN: '' }, 'set GITHUB_TOKEN or GH_TOKEN'],
  ['a token that GitHub does not know', [], { GITHUB_TOKEN: 'wrong' }, 'GitHub answers 401, Bad credentials'],
  ['no GitHub to talk to', [], { GITHUB_API_URL: 'http://127.0.0.1:2' }, 'no answer from GitHub'],
  ['an option of the account', ['--test-mail', 'ann@home.example'], {}, '`--test-mail` is no option'],
  ['a stage that is not there', ['--stage', 'staging'], {}, 'There is no stage `staging`'],
])('does nothing with %s, and exits with 2', async (_, words, environment, expected) => {
  const { code, out, note } = await setUp(words, environment);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(note).toContain(expected);
  expect(github.writes).toEqual([]);
});

it('takes the token of GH_TOKEN as well', async () => {
  const { code } = await setUp(['--dry-run'], {
    ...(await credentials()),
    GITHUB_TOKEN: '',
    GH_TOKEN: github.token,
  });
  expect(code).toBe(0);
});

it('makes the labels on `emulate` too, which has no environments, variables and rulesets, and says that it has none', async () => {
  const emulate = await startEmulate();
  onTestFinished(() => emulate.stop());
  const there = { ...(await credentials()), GITHUB_API_URL: emulate.url, GITHUB_TOKEN: emulate.token };
  const first = await setUp([], there);
  expect(first.out).toBe(labels.map((label) => `label ${label}: make it\n`).join(''));
  const second = await setUp([], there);
  expect(second).toMatchObject({ code: 1, out: '' });
  for (const subject of ['environment sync', 'variable AWS_REGION', 'branch main']) {
    expect(second.note).toContain(`${subject}: not looked at: GitHub answers 404, `);
  }
});
