import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Stage } from '../../action/src/review/stage.ts';
import { openTables } from '../../action/src/tables/open.ts';
import { aliases, runAliases } from '../../action/src/terminal/commands.ts';
import { forwarder, run as runForwarder } from '../../forwarder/src/cli/run.ts';
import type { Program } from '../../schema/src/commandLine/command.ts';
import { exitMeanings } from '../../schema/src/commandLine/exit.ts';
import { startWorld, type World } from '../functions/world.ts';

const repository = join(import.meta.dirname, '../..');
const root = mkdtempSync(join(tmpdir(), 'command-line-'));
afterAll(() => rmSync(root, { recursive: true }));

const file = `domain: example.com
aliasDomains: [example.net]
aliases:
  abuse: { destinations: [board] }
  board: { type: group, destinations: [jane, john@mailbox.example] }
  info: { type: group, destinations: [board, jane] }
  jane: { destinations: [jane@mailbox.example] }
  old: { active: false, destinations: [jane] }
  postmaster: { destinations: [board] }
`;
const now = new Date('2026-11-24T12:00:00Z');
type Environment = Readonly<Record<string, string | undefined>>;

/** Time passes when somebody waits, so that nobody does. */
function quickClock() {
  let time = 0;
  return {
    now: () => time,
    sleep: async (milliseconds: number) => {
      time += milliseconds;
    },
    random: () => 1,
  };
}

/** The tables of a stage as the command line opens them, but for the clock. */
async function tablesOf({ region = 'eu-west-1', ...stage }: Stage) {
  const clock = quickClock();
  const client = new DynamoDBClient({ region, maxAttempts: 1 });
  return { ...openTables(client, stage, clock), newToken: () => 'token', clock };
}

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly note: string;
}
type Run = (line: readonly string[], environment: Environment) => Promise<Ran>;

async function written(
  run: (streams: { out(text: string | Uint8Array): void; note(text: string): void }) => Promise<number>,
) {
  const said = { out: '', note: '' };
  const code = await run({
    out: (text) => {
      said.out += text.toString();
    },
    note: (text) => {
      said.note += text;
    },
  });
  return { code, ...said };
}

const asAliases: Run = (line, environment) =>
  written((streams) =>
    runAliases(line, {
      ...streams,
      colours: { out: false, note: false },
      progress: () => {},
      folder: root,
      environment,
      now,
      openTables: tablesOf,
    }),
  );
const asForwarder: Run = (line, environment) =>
  written((streams) => runForwarder(line, { ...streams, environment, now: now.getTime() }));

const programs = [
  { program: aliases, run: asAliases, file: 'action/src/cli.ts' },
  { program: forwarder, run: asForwarder, file: 'forwarder/src/cli.ts' },
] as const;

/** Each command with the words of its example, and the options that it has. */
async function commandsOf({ commands }: Program<never>) {
  return Promise.all(
    Object.entries(commands).map(async ([name, load]) => {
      const { example, otherExamples = [], options } = await load();
      const lines = [example, ...otherExamples].map((one) => [
        name,
        ...one.split(' ').filter((word) => word !== ''),
      ]);
      const words = lines[0] ?? [name];
      return { name, words, lines, has: (option: string) => Object.hasOwn(options, option) };
    }),
  );
}
const every = (
  await Promise.all(
    programs.map(async ({ program, run }) =>
      (await commandsOf(program)).map((command) => ({ ...command, script: program.script, run })),
    ),
  )
).flat();

function inJson(line: readonly string[]): string[] {
  return line.join(' ').includes('--format json') ? [...line] : [...line, '--format', 'json'];
}

/** As it is seen on a terminal, without what changes from one run or release to another. */
function shown(line: readonly string[], script: string, { code, out, note }: Ran): string {
  const text = `$ npm run -s ${script} -- ${line.join(' ')}\n[exit ${code}]\n${section('stdout', out)}${section('stderr', note)}\n`;
  return text
    .replaceAll(root, 'ROOT')
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
    .replaceAll(aliases.version, 'VERSION');
}

function section(name: string, text: string): string {
  return text === '' ? '' : `[${name}]\n${text}`;
}

/** No variable of AWS is set, but these. */
function inEnvironment(given: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(process.env)) if (/^AWS_/.test(name)) vi.stubEnv(name, undefined);
  const nowhere = join(root, 'nowhere');
  const all = {
    ...given,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: nowhere,
    AWS_SHARED_CREDENTIALS_FILE: nowhere,
  };
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value);
}

beforeEach(() => {
  rmSync(root, { recursive: true });
  mkdirSync(join(root, 'forwarder'), { recursive: true });
  mkdirSync(join(root, 'forwarder/stages'));
  // Those of `production` are a group's own.
  for (const stage of ['local', 'production']) {
    const settings = join(root, `forwarder/stages/${stage}.yml`);
    cpSync(join(repository, 'forwarder/stages/local.yml'), settings);
  }
  mkdirSync(join(root, 'aliases'));
  writeFileSync(join(root, 'aliases/example.com.yml'), file);
});
afterEach(() => vi.unstubAllEnvs());

const keys = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };

describe('every command', () => {
  it.each(every)(
    'of $script says of $name what help, mistakes and a world that fails call for',
    async (command) => {
      const { name, words, lines, has, script, run } = command;
      const texts: string[] = [];
      const say = async (title: string, line: readonly string[], environment: Environment = {}) => {
        const ran = await run(line, environment);
        expect([line, ran.note]).toEqual([line, expect.not.stringMatching(/^ {4}at /m)]);
        texts.push(`# ${title}\n${shown(line, script, ran)}`);
        return ran;
      };
      inEnvironment({});
      const help = await say('help', [name, '--help']);
      expect(help).toMatchObject({
        code: 0,
        note: '',
        out: expect.stringMatching(/^Usage: [\s\S]*\nExamples?:\n/),
      });
      expect(await run(['help', name], {})).toEqual(help);
      expect(await say('a wrong option', [...words, '--no-such-option'])).toMatchObject({ code: 2, out: '' });
      if (has('stage')) {
        const wrong = await say('a wrong stage', [...words, '--stage', 'nowhere']);
        expect(wrong).toMatchObject({
          code: 2,
          out: '',
          note: expect.stringContaining('no stage `nowhere`'),
        });
      }
      for (const line of lines) await say('no credentials', line);
      if (has('format')) await say('no credentials, in JSON', inJson(words));
      inEnvironment({ ...keys, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });
      await say('AWS is away', words);
      await expect(texts.join('\n')).toMatchFileSnapshot(`golden/${script}-${name}.txt`);
    },
  );

  it.each(programs)('is in the help of its program', async ({ program: { script }, run }) => {
    inEnvironment({});
    const lines = [
      ['--help'],
      ['help'],
      ['--version'],
      [],
      ['hlep'],
      ['nothing'],
      ['--vesion'],
      ['help', 'nothing'],
      ['completion'],
      ['completion', 'bsh'],
    ];
    const texts: string[] = [];
    for (const line of lines) texts.push(shown(line, script, await run(line, {})));
    await expect(texts.join('\n')).toMatchFileSnapshot(`golden/${script}.txt`);
  });

  it.each(programs)(
    'ends as it should where its reader has seen enough',
    async ({ program: { commands }, file }) => {
      const names = Object.keys(commands);
      const script = names
        .map((name) => `"$NODE" ${file} ${name} --help | head -1; echo "\${PIPESTATUS[0]}"`)
        .join('\n');
      const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script], {
        cwd: repository,
        env: { ...process.env, NODE: process.execPath },
      });
      expect(stderr).toBe('');
      const expected = names.map((name) => `Usage: npm run -s \\w+ -- ${name}( .*)?\n0\n`).join('');
      expect(stdout).toMatch(new RegExp(`^${expected}$`));
    },
  );

  it.each(programs)('is completed by bash, with its options', async ({ program, run }) => {
    const { script, commands } = program;
    const { out } = await run(['completion', 'bash'], {});
    const names = [...Object.keys(commands), 'completion', 'help'];
    const asked = names.map((name) => [name, '--']).concat([['']]);
    const questions = asked.map((words) => {
      const typed = ['npm', 'run', '-s', script, '--', ...words];
      const quoted = typed.map((word) => `'${word}'`).join(' ');
      return `COMP_WORDS=(${quoted}); COMP_CWORD=${typed.length - 1}; _npm_run_${script} npm; echo "\${COMPREPLY[*]}"`;
    });
    const { stdout } = await promisify(execFile)('bash', ['--norc', '-c', `${out}\n${questions.join('\n')}`]);
    const offered = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' '));
    expect(offered.at(-1)).toEqual(names);
    for (const [at, load] of Object.values(commands).entries()) {
      const options = [...Object.keys((await load()).options), 'help'].map((option) => `--${option}`);
      expect([names[at], offered[at]]).toEqual([names[at], options]);
    }
  });

  it('writes no error where its reader goes while a large mail is printed', async () => {
    const mail = join(root, 'large.eml');
    writeFileSync(mail, `Subject: large\r\n\r\n${'x'.repeat(70)}\r\n`.padEnd(4_000_000, 'x'));
    const line = `"$NODE" forwarder/src/cli.ts rewrite --alias a@example.com --in '${mail}' | head -1 | wc -l; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', line], {
      cwd: repository,
      env: { ...process.env, NODE: process.execPath },
    });
    expect({ stderr, stdout: stdout.trim().split(/\s+/) }).toEqual({ stderr: '', stdout: ['1', '0'] });
  });

  it('has exit codes that its help and the guide explain', async () => {
    const guide = readFileSync(join(repository, 'docs/maintainers.md'), 'utf8');
    for (const [code, meaning] of exitMeanings) expect(guide).toContain(`| ${code} | ${meaning} |`);
  });
});

describe('every command with tables', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.stop());

  it.each(every)(
    'of $script answers $name in JSON alone, and says where the tables are missing',
    async (command) => {
      const { name, lines, has, script, run } = command;
      const variables = Object.entries(process.env).filter(([variable]) => /^AWS_/.test(variable));
      const aws = Object.fromEntries(variables) as Record<string, string>;
      inEnvironment({ ...aws, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });
      const hasTables = { ...world.tables, MESSAGE_BUCKET: 'mails' };
      const texts: string[] = [];
      for (const words of lines) {
        const line = [...words, ...(has('wait-seconds') ? ['--wait-seconds', '0'] : [])];
        texts.push(`# no tables\n${shown(line, script, await run(line, {}))}`);
        texts.push(`# tables\n${shown(line, script, await run(line, hasTables))}`);
        if (!has('format') || inJson(line).length === line.length) continue;
        const ran = await run(inJson(line), hasTables);
        texts.push(`# tables, in JSON\n${shown(inJson(line), script, ran)}`);
        if (ran.out !== '') expect(() => JSON.parse(ran.out)).not.toThrow();
      }
      await expect(texts.join('\n')).toMatchFileSnapshot(`golden/${script}-${name}-tables.txt`);
    },
  );
});
