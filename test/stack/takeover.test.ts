import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { runAliases } from '../../forwarder/local/aliasesCli.ts';
import type { LocalSystem } from '../../forwarder/local/system.ts';
import { doctor as runDoctor } from '../../forwarder/src/account/doctor.ts';
import type { Finding } from '../../forwarder/src/account/findings.ts';
import { setup as runSetup } from '../../forwarder/src/account/setup.ts';
import type { Shell } from '../../forwarder/src/account/stageAccount.ts';
import { doctorOptions, setupOptions } from '../../forwarder/src/cli/account.ts';
import { parseArguments } from '../../schema/src/commandLine/options.ts';
import { startLocal } from '../localSystem.ts';
import { type DnsServer, startDnsServer } from './dnsServer.ts';
import { readTemplate } from './template.ts';

const doctor = (argv: readonly string[], shell: Shell) =>
  runDoctor(parseArguments(argv, doctorOptions, []).values, shell);
const setup = (argv: readonly string[], shell: Shell, ask?: (question: string) => Promise<boolean>) =>
  runSetup(parseArguments(argv, setupOptions, []).values, shell, ask);

// The order of steps of docs/taking-over.md, on tables that hold what another deployment and its web UI wrote.

/** As written by hand over the years: capitals, a stray space, a set, no `type`, no `active`. */
const rows = [
  { domain: 'example.com', alias: 'john.doe', destinations: ['john@home.example'], type: 'person' },
  { domain: 'Example.com', alias: 'Jane.Roe ', destinations: new Set(['Jane@Home.example']) },
  {
    domain: 'example.com',
    alias: 'board',
    destinations: ['john.doe', 'jane.roe'],
    type: 'group',
    active: true,
  },
  { domain: 'example.com', alias: 'old', destinations: ['old@home.example'], active: false },
];
const domains = [{ domain: 'example.net', aliasfor: 'example.com' }];

/** Whatever stage was packaged. */
const ruleSet = String(readTemplate().Resources.RuleSet?.Properties?.RuleSetName);
const stage = ruleSet.replace('aliasops-', '');
/** What the former deployment has in the account. */
const former = { ruleSet: 'ses-email-forward', triggerBuild: 'ses-email-forward-production-triggerBuild' };

let system: LocalSystem;
let folder: string;
let documents: DynamoDBDocumentClient;
let aliases: string;
let dns: DnsServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aliasops-takeover-'));
  aliases = join(folder, 'aliases');
  system = await startLocal();
  system.ses.ruleSets.create(former.ruleSet, []);
  system.ses.ruleSets.activate(former.ruleSet);
  for (const [name, value] of Object.entries(system.environment)) vi.stubEnv(name, value);
  dns = await startDnsServer();
  documents = DynamoDBDocumentClient.from(system.dynamodb);
  for (const Item of rows) await documents.send(new PutCommand({ TableName: table('DEFINITIONS'), Item }));
  for (const Item of domains) await documents.send(new PutCommand({ TableName: table('DOMAINS'), Item }));
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await dns.stop();
  await system.stop();
  await rm(folder, { recursive: true, force: true });
});

function table(name: string): string {
  return system.environment[`${name}_TABLE`] ?? '';
}

async function definition(domain: string, alias: string) {
  const { Item } = await documents.send(
    new GetCommand({ TableName: table('DEFINITIONS'), Key: { domain, alias }, ConsistentRead: true }),
  );
  return Item;
}

/** Its stream of definitions goes to its build; gives what turns that off. */
function followTables(): () => void {
  const arn = `arn:aws:lambda:eu-west-1:123456789012:function:${former.triggerBuild}`;
  return system.eventSources.add(table('DEFINITIONS'), arn);
}

async function run(command: typeof doctor, ...argv: string[]) {
  const said: string[] = [];
  const options = ['--stage', stage, '--dir', aliases, '--dns-server', dns.address];
  const code = await command([...options, ...argv], {
    environment: system.environment,
    out: (text) => void said.push(text),
    note: () => {},
  });
  return { code, out: said.join('') };
}

/** What doctor says of who is at work; domains have no DNS here, which is not looked at. */
async function atWork(): Promise<string[]> {
  const { out } = await run(doctor, '--format', 'json');
  const { findings } = JSON.parse(out) as { findings: Finding[] };
  const checks = ['other-deployment', 'event-source', 'rule-set'];
  return findings
    .filter(({ check, level }) => checks.includes(check) && level === 'error')
    .map(({ check }) => check);
}

async function plan() {
  const { code, stdout, stderr } = await runAliases(
    system.environment,
    'plan',
    '--to',
    aliases,
    '--format',
    'json',
  );
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as { effects: unknown[]; changes: { kind: string }[] };
}

it('takes a deployment over, step by step, and changes nobody’s mail', async () => {
  const imported = await runAliases(system.environment, 'import', 'tables', '--to', aliases);
  expect(imported.code, imported.stderr).toBe(0);

  const first = await plan();
  expect(first.effects).toEqual([]);
  expect(first.changes.filter(({ kind }) => kind === 'delete')).toEqual([]);

  const synced = await runAliases(system.environment, 'sync', '--dir', aliases);
  expect(synced.code, synced.stderr).toBe(0);
  expect((await plan()).changes).toEqual([]);

  // The misspelt row stays under its key, where the web UI finds it, and is ours by now.
  expect(await definition('Example.com', 'Jane.Roe ')).toMatchObject({ managedBy: 'aliasops' });
  const { Items: routed = [] } = await documents.send(
    new ScanCommand({ TableName: table('ALIASES'), ConsistentRead: true }),
  );
  expect(routed.map(({ alias, destination }) => `${alias} ${destination}`).sort()).toEqual([
    'board@example.com jane@home.example',
    'board@example.com john@home.example',
    'jane.roe@example.com jane@home.example',
    'john.doe@example.com john@home.example',
  ]);
});

it('fails in doctor while both are at work, and swaps the rules in one step', async () => {
  const turnOff = followTables();
  expect(await atWork()).toEqual(['rule-set', 'other-deployment']);
  turnOff();
  expect(await atWork()).toEqual(['rule-set']);

  const activate = vi.spyOn(system.ses.ruleSets, 'activate');
  const asked: string[] = [];
  const { code } = await run((argv, shell) =>
    setup(argv, shell, async (question) => {
      asked.push(question);
      expect(system.ses.ruleSets.active()).toBe(former.ruleSet);
      return true;
    }),
  );
  expect(code).toBe(0);
  expect(asked).toEqual([expect.stringContaining(former.ruleSet)]);
  expect(activate.mock.calls).toEqual([[ruleSet]]);
  expect(await atWork()).toEqual([]);
});

it('overwrites nothing that the web UI goes on writing, until it is allowed by name', async () => {
  const board = await definition('example.com', 'board');
  const edited = { ...board, destinations: ['john.doe'] };
  const added = { domain: 'example.com', alias: 'press', destinations: ['press@home.example'], active: true };
  for (const Item of [edited, added]) {
    await documents.send(new PutCommand({ TableName: table('DEFINITIONS'), Item }));
  }
  const refused = await runAliases(system.environment, 'sync', '--dir', aliases);
  expect(refused.code).toBe(1);
  expect(await definition('example.com', 'board')).toMatchObject({ destinations: ['john.doe'] });

  const allowed = await runAliases(system.environment, 'sync', '--dir', aliases, '--allow', 'edited-outside');
  expect(allowed.code, allowed.stderr).toBe(0);
  expect(await definition('example.com', 'board')).toMatchObject({ destinations: ['john.doe', 'jane.roe'] });
  expect(await definition('example.com', 'press')).toMatchObject(added);
});

it('leaves rows that the former deployment reads as ever', async () => {
  for (const { domain, alias, active } of rows) {
    const row = await definition(domain, alias);
    expect(row?.active).toBe(active ?? true);
    expect(Array.isArray(row?.destinations)).toBe(true);
  }
});

it('backs out in one step as well: doctor fails again, and setup would swap the rules once more', async () => {
  const before = await documents.send(
    new ScanCommand({ TableName: table('DEFINITIONS'), ConsistentRead: true }),
  );
  const turnOff = followTables();
  system.ses.ruleSets.activate(former.ruleSet);
  expect(await atWork()).toEqual(['rule-set', 'other-deployment']);
  const { out } = await run(setup, '--dry-run');
  expect(out).toContain(`activate the rule set ${ruleSet}, in place of ${former.ruleSet}\n`);
  const after = await documents.send(
    new ScanCommand({ TableName: table('DEFINITIONS'), ConsistentRead: true }),
  );
  expect(after.Items).toEqual(before.Items);
  turnOff();
});
