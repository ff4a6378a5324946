import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { folderOf, rememberRows, startTables, type TablesServer } from '../tablesFixture.ts';

let server: TablesServer;
let empty: () => Promise<void>;
beforeAll(async () => {
  server = await startTables();
  empty = await rememberRows(server, ['DEFINITIONS_TABLE', 'DOMAINS_TABLE']);
});
afterAll(() => server.stop());
beforeEach(() => empty());

const cli = join(import.meta.dirname, '../../action/src/cli.ts');
const file = 'domain: example.com\naliases:\n  a: { destinations: [a@mailbox.example] }\n';

/** Runs the command line on a terminal (script, of util-linux, has one made), types an answer, and gives what it showed. */
async function onTerminal(
  words: readonly string[],
  answer: string,
  variables: Readonly<Record<string, string>> = {},
) {
  const line = [process.execPath, cli, ...words].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
    env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, ...server.environment, ...variables },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (!shown.includes('[y/N]') && `${shown}${text}`.includes('[y/N]')) child.stdin.write(answer);
    shown += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, shown: shown.replaceAll('\r\n', '\n') };
}

async function definitions(): Promise<number | undefined> {
  return (await server.client.send(new ScanCommand({ TableName: 'definitions' }))).Count;
}

const green = '\u001b[32m';
const usual = '\u001b[39m';
const red = '\u001b[31m';

describe('a sync on a terminal', () => {
  it('shows the plan in colours, asks, and shows how it waits', async () => {
    const folder = await folderOf({ 'example.com.yml': file });
    const { code, shown } = await onTerminal(['sync', '--dir', folder, '--wait-seconds', '1'], 'y\n');
    expect(shown).toContain(`${green}  + a@example.com: a@mailbox.example${usual}\n`);
    expect(shown).toContain('\nWrite 2 rows? [y/N] y\n');
    expect(shown).toContain('\r\u001b[2KWritten. Waiting until it is live: 0 s of at most 1 s');
    // Nothing builds here.
    expect(shown).toContain(`${red}2 of 2 rows written, but not live`);
    expect(shown.match(/2 to create/g)).toHaveLength(1);
    expect(code).toBe(2);
  });

  it('writes nothing when the answer is no', async () => {
    const folder = await folderOf({ 'example.com.yml': file });
    const { code, shown } = await onTerminal(['sync', '--dir', folder, '--wait-seconds', '0'], '\n');
    expect({ code, isSaid: shown.includes('Nothing was written, as you said.') }).toEqual({
      code: 1,
      isSaid: true,
    });
    expect(await definitions()).toBe(0);
  });

  it('asks nobody with --yes, and has no colours with NO_COLOR', async () => {
    const folder = await folderOf({ 'example.com.yml': file });
    const words = ['sync', '--dir', folder, '--wait-seconds', '0', '--yes'];
    const { code, shown } = await onTerminal(words, '', { NO_COLOR: '1' });
    expect(code).toBe(0);
    expect(shown).toContain('2 rows written.');
    expect(shown).not.toContain('\u001b');
    expect(shown).not.toContain('[y/N]');
    const again = await onTerminal(words, '');
    expect(again).toMatchObject({ code: 0, shown: expect.stringContaining(`${green}0 rows written`) });
  });
});
