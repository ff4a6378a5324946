import { join } from 'node:path';
import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import type { LocalSystem } from '../../forwarder/local/system.ts';
import { type DnsRecord, inboundHost } from '../../forwarder/src/account/dnsRecords.ts';
import { doctor as runDoctor } from '../../forwarder/src/account/doctor.ts';
import type { Finding } from '../../forwarder/src/account/findings.ts';
import { setup as runSetup } from '../../forwarder/src/account/setup.ts';
import type { Shell } from '../../forwarder/src/account/stageAccount.ts';
import { doctorOptions, setupOptions } from '../../forwarder/src/cli/account.ts';
import { parseArguments } from '../../schema/src/commandLine/options.ts';
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
/** Whatever stage was packaged. */
const ruleSet = String(readTemplate().Resources.RuleSet?.Properties?.RuleSetName);
const stage = ruleSet.replace('aliasops-', '');

let system: LocalSystem;
let dns: DnsServer;

beforeAll(async () => {
  dns = await startDnsServer();
  system = await startLocal();
  for (const [name, value] of Object.entries(system.environment)) vi.stubEnv(name, value);
  await system.schedules.fire(system.lambda.named('buildForwards'), new Date());
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await system.stop();
  await dns.stop();
});

/** Everything as it should be: what each test then breaks. */
beforeEach(async () => {
  system.ses.changeAccount({ productionAccess: true, sendingEnabled: true });
  expect((await run(setup, '--yes')).code).toBe(0);
  dns.serve(await rightZone());
});

type Command = typeof doctor;

async function run(command: Command, ...argv: string[]) {
  const said: string[] = [];
  const code = await command(['--stage', stage, '--dir', dir, '--dns-server', dns.address, ...argv], {
    environment: system.environment,
    out: (text) => void said.push(text),
    note: () => {},
  });
  return { code, out: said.join('') };
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

async function faults(): Promise<string[]> {
  const { out } = await run(doctor, '--format', 'json');
  const { findings } = JSON.parse(out) as { findings: Finding[] };
  return findings
    .filter(({ level }) => level !== 'ok')
    .map(({ check, subject, level }) => `${level} ${check} ${subject}`);
}

it('finds nothing after the set-up, and says so with 0', async () => {
  expect(await faults()).toEqual([]);
  expect((await run(doctor)).code).toBe(0);
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
