import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import type { LocalSystem } from '../../forwarder/local/system.ts';
import { type DnsRecord, inboundHost } from '../../forwarder/src/account/dnsRecords.ts';
import { doctor as runDoctor } from '../../forwarder/src/account/doctor.ts';
import { type Finding, renderFindings } from '../../forwarder/src/account/findings.ts';
import { setup as runSetup } from '../../forwarder/src/account/setup.ts';
import { setupRepository } from '../../forwarder/src/account/setupRepository.ts';
import type { Shell } from '../../forwarder/src/account/stageAccount.ts';
import { readStageFile } from '../../forwarder/src/account/stageFile.ts';
import { doctorOptions, setupOptions } from '../../forwarder/src/cli/account.ts';
import { parseArguments } from '../../schema/src/commandLine/options.ts';
import { reasonCodes } from '../../schema/src/records/reasonCodes.ts';
import { type RepositoryServer, startRepository } from '../action/repositoryServer.ts';
import { startLocal } from '../localSystem.ts';
import { forwarderFolder } from '../packaged.ts';
import { type DnsServer, startDnsServer, type Zone } from './dnsServer.ts';
import { readTemplate } from './template.ts';

const doctor = (argv: readonly string[], shell: Shell) =>
  runDoctor(parseArguments(argv, doctorOptions, []).values, shell);
const setup = (argv: readonly string[], shell: Shell, ask?: (question: string) => Promise<boolean>) =>
  runSetup(parseArguments(argv, setupOptions, []).values, shell, ask);

const domains = ['example.com', 'example.net', 'example.org'];
const dir = join(forwarderFolder, 'local/demo/aliases');
/** The stage that may have samples. */
const stage = 'local';
const ruleSet = `aliasops-${stage}`;

/** Of the stage's settings. */
const alarmAddress = readStageFile(stage).settings?.alarmAddress ?? '';
const alarmTopic = `aliasops-${stage}-alarms`;
/** What doctor said of it before anybody could open a link. */
let afterDeploy: Finding | undefined;

let template: string;
let system: LocalSystem;
let dns: DnsServer;
let github: RepositoryServer;

beforeAll(async () => {
  dns = await startDnsServer();
  github = await startRepository();
  template = await layTemplate(stage);
  system = await startLocal({ template });
  for (const [name, value] of Object.entries(system.environment)) vi.stubEnv(name, value);
  for (const name of ['buildForwards', 'retryDeliveries'])
    await system.schedules.fire(system.lambda.named(name), new Date());
  afterDeploy = (await findings()).find(({ check }) => check === 'alarm-address');
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await system.stop();
  await dns.stop();
  github.stop();
  await rm(dirname(template), { recursive: true });
});

/** Lays down the packaged template as it would be for another stage. */
async function layTemplate(stage: string): Promise<string> {
  const text = JSON.stringify(readTemplate());
  const file = join(await mkdtemp(join(tmpdir(), 'aliasops-setup-')), 'template.json');
  await writeFile(file, text.replaceAll('aliasops-production', `aliasops-${stage}`));
  return file;
}

/** Everything as it should be: what each test then breaks. */
beforeEach(async () => {
  system.ses.changeAccount({ productionAccess: true, sendingEnabled: true });
  expect((await run(setup, '--yes')).code).toBe(0);
  system.sns.confirm(alarmAddress);
  dns.serve(await rightZone());
});

type Command = typeof doctor;

/** Without a token, but where a test has set one. */
let repositoryAccess: Readonly<Record<string, string>> = {};

async function run(command: Command, ...argv: string[]) {
  const said: string[] = [];
  const notes: string[] = [];
  const code = await command(['--stage', stage, '--dir', dir, '--dns-server', dns.address, ...argv], {
    environment: { ...system.environment, ...repositoryAccess },
    out: (text) => void said.push(text),
    note: (text) => void notes.push(text),
  });
  return { code, out: said.join(''), note: notes.join('') };
}

/** The zone that `doctor --dns` asks for. */
async function rightZone(): Promise<Zone> {
  const { out } = await run(doctor, '--dns', '--format', 'json');
  const { records } = JSON.parse(out) as { records: DnsRecord[] };
  const of = (type: DnsRecord['type']) =>
    Object.fromEntries(
      records
        .filter((record) => record.type === type)
        .map(({ name, value }) => [name, [value.replace(/^10 /, '')]]),
    );
  return {
    mx: of('MX'),
    txt: of('TXT'),
    cname: of('CNAME'),
    a: { [inboundHost('eu-west-1')]: ['192.0.2.1'] },
  };
}

async function findings(): Promise<Finding[]> {
  const { out } = await run(doctor, '--format', 'json');
  return (JSON.parse(out) as { findings: Finding[] }).findings;
}

/** What doctor looks at in the repository: of GitHub, and in the file of code owners. */
const ofRepository = new Set(
  'repository repository-id labels environment variable ruleset code-owners code-owners-known drift'.split(
    ' ',
  ),
);

const shown = ({ check, subject, level }: Finding) => `${level} ${check} ${subject}`;

/** What is wrong in the account. */
async function faults(): Promise<string[]> {
  const found = (await findings()).filter(({ check }) => !ofRepository.has(check));
  return found.filter(({ level }) => level !== 'ok').map(shown);
}

/** What doctor says of the repository, right or wrong. */
async function repositoryFindings(): Promise<Finding[]> {
  return (await findings()).filter(({ check }) => ofRepository.has(check));
}

async function withToken<T>(act: () => Promise<T>): Promise<T> {
  repositoryAccess = { GITHUB_API_URL: github.url, GH_TOKEN: github.token };
  try {
    return await act();
  } finally {
    repositoryAccess = {};
  }
}

it('finds nothing after the set-up, and says so with 0', async () => {
  expect(await faults()).toEqual([]);
  expect((await run(doctor)).code).toBe(0);
});

it('refuses the samples of the template by name in a stage by which mail is to go', async () => {
  const { code, out } = await run(doctor, '--stage', 'production', '--format', 'json');
  expect(code).toBe(1);
  const samples = (JSON.parse(out) as { findings: Finding[] }).findings.filter(
    ({ check, subject }) => check === 'placeholder' && subject.startsWith(dir),
  );
  expect(
    samples.map(({ subject, level, message, fix }) => [subject.slice(dir.length + 1), level, message, fix]),
  ).toEqual([
    ['example.com.yml:2', 'error', expect.stringContaining('`example.com` is a sample'), expect.any(String)],
    ['example.com.yml:3', 'error', expect.stringContaining('`example.net` is a sample'), expect.any(String)],
    ['example.org.yml:2', 'error', expect.stringContaining('`example.org` is a sample'), expect.any(String)],
  ]);
});

it('sets nothing up twice', async () => {
  const sent = (await system.outbox.list()).length;
  expect((await run(setup)).out).toBe('');
  expect(await system.outbox.list()).toHaveLength(sent);
});

it('sends a test mail from the address of forwards, when it is asked for one', async () => {
  const { code, out } = await run(setup, '--test-mail', 'Ann@home.example');
  expect(code).toBe(0);
  expect(out).toBe('send a test mail from forwarder-daemon@example.com to ann@home.example\n');
  expect((await system.outbox.list()).at(-1)).toMatchObject({ kind: 'mail', to: 'ann@home.example' });
});

it('sends no test mail while no domain is verified, and says so with 1', async () => {
  for (const domain of domains) system.ses.identities.change(domain, { verified: false });
  onTestFinished(() => {
    for (const domain of domains) system.ses.identities.change(domain, { verified: true });
  });
  const sent = (await system.outbox.list()).length;
  expect((await run(setup, '--test-mail', 'ann@home.example')).code).toBe(1);
  expect(await system.outbox.list()).toHaveLength(sent);
});

it('takes no test address that is none', async () => {
  expect((await run(setup, '--test-mail', 'ann@home')).code).toBe(2);
});

it('names a wrong MX record, and exits with 1', async () => {
  const zone = await rightZone();
  dns.serve({ ...zone, mx: { ...zone.mx, 'example.com': ['mx.elsewhere.example'] } });
  expect(await faults()).toEqual(['error mx example.com']);
  expect((await run(doctor)).code).toBe(1);
});

it('names a missing DKIM record', async () => {
  const zone = await rightZone();
  const [first = ''] = Object.keys(zone.cname ?? {});
  const { [first]: _gone, ...cname } = zone.cname ?? {};
  dns.serve({ ...zone, cname });
  expect(await faults()).toEqual([`error dkim ${first.split('._domainkey.')[1]}`]);
});

it('names a displaced rule set, and asks before it displaces one', async () => {
  system.ses.ruleSets.create('another', []);
  system.ses.ruleSets.activate('another');
  expect(await faults()).toEqual([`error rule-set ${ruleSet}`]);
  const asked: string[] = [];
  const { code } = await run((argv, shell) =>
    setup(argv, shell, async (question) => {
      asked.push(question);
      return false;
    }),
  );
  expect(code).toBe(1);
  expect(asked).toEqual([expect.stringContaining('another')]);
  expect(system.ses.ruleSets.active()).toBe('another');
});

it('names feedback forwarding that is on', async () => {
  system.ses.identities.change('example.org', { feedbackForwarding: true });
  expect(await faults()).toEqual(['error feedback-forwarding example.org']);
});

it('names the sandbox', async () => {
  system.ses.changeAccount({ productionAccess: false });
  expect(await faults()).toEqual(['error sandbox account']);
});

it('names a topic that is not attached', async () => {
  const { topics } = system.ses.identities.get('example.net') ?? {};
  system.ses.identities.change('example.net', { topics: { Bounce: topics?.Bounce ?? '' } });
  expect(await faults()).toEqual(['error complaint-topic example.net']);
});

it('names a bucket in which SES may not lay mails', async () => {
  const arn = `arn:aws:s3:::${system.environment.MESSAGE_BUCKET}`;
  const policy = system.policies.get(arn) ?? '';
  onTestFinished(() => void system.policies.set(arn, policy));
  system.policies.set(arn, policy.replace('receipt-rule-set/', 'receipt-rule-set/another-'));
  expect(await faults()).toEqual([`error bucket-policy ${system.environment.MESSAGE_BUCKET}`]);
  system.policies.delete(arn);
  expect(await faults()).toEqual([`error bucket-policy ${system.environment.MESSAGE_BUCKET}`]);
});

it.each(['spam', 'process'])('names the function %s when SES may not invoke it', async (bundle) => {
  const name = system.lambda.named(bundle);
  const arn = `arn:aws:lambda:eu-west-1:123456789012:function:${name}`;
  const policy = system.policies.get(arn) ?? '';
  onTestFinished(() => void system.policies.set(arn, policy));
  system.policies.set(arn, policy.replace('ses.amazonaws.com', 'sns.amazonaws.com'));
  expect(await faults()).toEqual([`error function-policy ${name}`]);
});

it('names a bucket that belongs to another account, and says nothing of its policy', async () => {
  const name = system.environment.MESSAGE_BUCKET ?? '';
  system.bucketOwners.set(name, '999999999999');
  onTestFinished(() => system.bucketOwners.clear());
  expect(await faults()).toEqual([`error bucket ${name}`]);
  system.bucketOwners.clear();
  expect(await faults()).toEqual([]);
});

it('names a bounce sender that SES does not send from', async () => {
  const { bounceSender = '' } = readStageFile(stage).settings ?? {};
  const [, domain = ''] = bounceSender.split('@');
  system.ses.identities.change(domain, { verified: false });
  onTestFinished(() => void system.ses.identities.change(domain, { verified: true }));
  expect(await faults()).toEqual([`error identity ${domain}`, `error bounce-sender ${domain}`]);
  // The address by itself is enough.
  system.ses.identities.create(bounceSender);
  expect(await faults()).toEqual([`error identity ${domain}`]);
  system.ses.identities.change(bounceSender, { verified: false });
  expect(await faults()).toEqual([`error identity ${domain}`, `error bounce-sender ${domain}`]);
  system.ses.identities.change(domain, { verified: true });
  expect(await faults()).toEqual([]);
});

it('shows that the alarm address has not said yes, and has it asked again once the question is void', async () => {
  const message = async () => (await findings()).find(({ check }) => check === 'alarm-address')?.message;
  expect(afterDeploy?.message).toMatch(/^pending: /);
  system.sns.forget(alarmAddress);
  expect(await faults()).toEqual([`warning alarm-address ${alarmTopic}`]);
  expect(await message()).toMatch(/is not subscribed/);
  const asking = await run(setup);
  expect(asking.out).toContain('alarms: have AWS send `alarmAddress` a mail with a link to confirm\n');
  expect(asking.note).toContain(`${alarmTopic}: pending: `);
  expect(await message()).toMatch(/^pending: /);
  const again = await run(setup);
  expect(again.out).toBe('');
  expect(again.note).toContain(`${alarmTopic}: pending: `);
  system.sns.confirm(alarmAddress);
  expect((await run(setup)).note).toBe('There is nothing to set up.\n');
  expect(await faults()).toEqual([]);
});

it('names that no metric has come, until one has', async () => {
  system.cloudWatch.forget();
  expect(await faults()).toEqual([`warning metrics aliasops-${stage}`]);
  await system.schedules.fire(system.lambda.named('retryDeliveries'), new Date());
  expect(await faults()).toEqual([]);
});

it('finds that a name server fails, goes on, and sets up all the same', async () => {
  const zone = await rightZone();
  dns.serve({ ...zone, failing: ['example.com', '_dmarc.example.net', inboundHost('eu-west-1')] });
  const found = await findings();
  expect(found.filter(({ level, check }) => level !== 'ok' && !ofRepository.has(check))).toEqual([
    expect.objectContaining({
      check: 'region',
      level: 'warning',
      message: `not looked at: the name server answers with SERVFAIL: A ${inboundHost('eu-west-1')}`,
    }),
    expect.objectContaining({ check: 'mx', subject: 'example.com', level: 'warning' }),
    expect.objectContaining({ check: 'dmarc', subject: 'example.net', level: 'warning' }),
  ]);
  expect((await run(setup)).code).toBe(0);
  dns.serve(zone);
  expect(await faults()).toEqual([]);
});

it('names rows that were not built for hours', async () => {
  const Key = { domain: { S: '#build' } };
  const TableName = system.environment.DOMAINS_TABLE;
  const ago = (seconds: number) => ({ N: String(Math.floor(Date.now() / 1_000) - seconds) });
  const built = (at: { N: string }) =>
    system.dynamodb.send(new PutItemCommand({ TableName, Item: { ...Key, builtAt: at } }));
  onTestFinished(async () => void (await built(ago(0))));
  await built(ago(3 * 3_600));
  expect(await faults()).toEqual([`error build ${system.environment.ALIASES_TABLE}`]);
  await system.dynamodb.send(new DeleteItemCommand({ TableName, Key }));
  expect(await faults()).toEqual([`error build ${system.environment.ALIASES_TABLE}`]);
});

it('names a sync that was cut short', async () => {
  const TableName = system.environment.DOMAINS_TABLE;
  const Key = { domain: { S: '#sync' } };
  const { Item } = await system.dynamodb.send(new GetItemCommand({ TableName, Key }));
  const write = (state: string, ago: number) => {
    const at = { N: String(Math.floor(Date.now() / 1_000) - ago) };
    const row = { ...Key, state: { S: state }, number: { N: '1000000' }, run: { S: 'test' }, at };
    return system.dynamodb.send(new PutItemCommand({ TableName, Item: row }));
  };
  onTestFinished(async () => {
    if (Item === undefined) await system.dynamodb.send(new DeleteItemCommand({ TableName, Key }));
    else await system.dynamodb.send(new PutItemCommand({ TableName, Item }));
  });
  for (const [state, ago, expected] of [
    ['open', 16 * 60, [`error gate ${TableName}`]],
    ['open', 14 * 60, []],
    ['closed', 16 * 60, []],
  ] as const) {
    await write(state, ago);
    expect(await faults(), `${state} for ${ago} s`).toEqual(expected);
  }
});

it('shows what it would do without doing it', async () => {
  system.ses.identities.change('example.com', { feedbackForwarding: true });
  const { out } = await run(setup, '--dry-run');
  expect(out).toBe(
    'example.com: stop sending bounces back as mail\n' +
      'send a test mail from forwarder-daemon@example.com to success@simulator.amazonses.com\n',
  );
  expect(system.ses.identities.get('example.com')?.feedbackForwarding).toBe(true);
});

it('prints a zone file and a table for every domain', async () => {
  const { out } = await run(doctor, '--dns');
  for (const domain of domains) {
    expect(out).toContain(`${domain}. 3600 IN MX 10 inbound-smtp.eu-west-1.amazonaws.com.\n`);
    expect(out).toContain(`_dmarc.${domain}. 3600 IN TXT "v=DMARC1; p=none"\n`);
  }
});

it('says that it did not look at GitHub without a token, and looks at the file of code owners all the same', async () => {
  expect(await repositoryFindings()).toEqual([
    {
      check: 'repository',
      subject: 'example/mail',
      level: 'warning',
      message: 'not looked at: there is no token of GitHub',
      fix: `GH_TOKEN=$(gh auth token) npm run -s forwarder -- doctor --stage ${stage}`,
    },
    expect.objectContaining({ check: 'code-owners', subject: '.github/CODEOWNERS', level: 'warning' }),
  ]);
});

it('says why it could not look where GitHub answers nothing, and finds the rest', async () => {
  github.forbidden.add('GET ');
  onTestFinished(() => github.forbidden.clear());
  const [found, ...others] = await withToken(repositoryFindings);
  expect(found?.message).toBe(
    'not looked at: GitHub answers 403, Resource not accessible by personal access token',
  );
  expect(others.map(shown)).toEqual(['warning code-owners .github/CODEOWNERS']);
});

it('names what the repository lacks with its cure, of a new one and of one that is set up', async () => {
  const exits = await withToken(async () => (await run(doctor)).code);
  const found = await withToken(repositoryFindings);
  expect(exits).toBe(1);
  const isOfLabels = ({ check }: Finding) => check === 'labels';
  expect(found.find(isOfLabels)?.message).toBe(
    `${reasonCodes.map((code) => `allow-${code}`).join(', ')} are missing`,
  );
  await expect(renderFindings(found.filter((one) => !isOfLabels(one)))).toMatchFileSnapshot(
    'golden/doctor-repository.txt',
  );

  const repository = await withToken(() =>
    run((_, shell) => setupRepository({ stage, 'dry-run': false }, shell)),
  );
  // The file of code owners is that of the template.
  expect(repository.code).toBe(1);
  expect((await withToken(repositoryFindings)).filter(({ level }) => level !== 'ok').map(shown)).toEqual([
    'warning code-owners .github/CODEOWNERS',
    'warning drift workflow drift',
  ]);
  expect(await withToken(async () => (await run(doctor)).code)).toBe(0);
});

it('names the owners of the sample in the file of code owners, and no others', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aliasops-owners-'));
  const before = process.cwd();
  onTestFinished(async () => {
    process.chdir(before);
    await rm(folder, { recursive: true });
  });
  await mkdir(join(folder, '.github'));
  process.chdir(folder);
  const said = async () => {
    const found = (await repositoryFindings()).find(({ check }) => check === 'code-owners');
    return `${found?.level}: ${found?.message}`;
  };
  expect(await said()).toBe('warning: it is missing: anybody who may write may approve');
  await writeFile('.github/CODEOWNERS', '* @our-group/maintainers\n/aliases/ @example/board\n');
  expect(await said()).toContain('warning: line 2 still names @example/board');
  await writeFile('.github/CODEOWNERS', '* @our-group/maintainers\n/aliases/ @our-group/board\n');
  expect(await said()).toBe('ok: it names owners of yours');
});

it('tells what the token may not read from what is wrong', async () => {
  github.forbidden.add('GET /actions/variables');
  onTestFinished(() => github.forbidden.clear());
  const found = await withToken(repositoryFindings);
  const unseen = found.filter(({ message }) => message.startsWith('not looked at'));
  expect(unseen.map(shown)).toEqual(
    ['REGION', 'READ_ROLE', 'SYNC_ROLE', 'DEPLOY_ROLE'].map(
      (name) => `warning variable variable AWS_${name}`,
    ),
  );
});

it('says when drift was last looked for, and why it is not', async () => {
  const message = async () => {
    const found = await withToken(repositoryFindings);
    return found.find(({ check }) => check === 'drift')?.message;
  };
  const ran = (conclusion: string, hours: number) => ({
    conclusion,
    run_started_at: new Date(Date.now() - hours * 3_600_000).toISOString(),
  });
  onTestFinished(() => {
    github.drift.state = 'active';
    github.drift.runs.length = 0;
  });
  github.drift.runs.push(ran('skipped', 1));
  expect(await message()).toContain('it has not run yet');
  github.drift.runs.push(ran('success', 7.5));
  expect(await message()).toBe('it last ran 7 hours ago');
  github.drift.state = 'disabled_inactivity';
  expect(await message()).toContain('GitHub does not start it');
});
