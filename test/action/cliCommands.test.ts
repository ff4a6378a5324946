import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Exited, folderOf, runNode, startTables, type TablesServer } from '../tablesFixture.ts';

let server: TablesServer;
beforeAll(async () => {
  server = await startTables();
});
afterAll(() => server.stop());

const cli = (...words: string[]): Promise<Exited> =>
  runNode(['action/src/cli.ts', ...words], server.environment);

const text = `domain: example.com
aliasDomains: [example.net]
aliases:
  postmaster: { destinations: [jane@mailbox.example] }
  abuse: { destinations: [postmaster] }
  board: { type: group, destinations: [postmaster, john@mailbox.example] }
  old: { active: false, destinations: [board] }
`;

describe('the command line', () => {
  it('prints JSON alone on stdout, also of mistakes', async () => {
    const folder = await folderOf({ 'example.com.yml': text.replace('[board]', '[bord]') });
    const checked = await cli('check', folder, '--format', 'json');
    expect(checked.code).toBe(1);
    expect(JSON.parse(checked.stdout)).toMatchObject({
      ok: false,
      domains: 1,
      aliases: 4,
      diagnostics: [{ code: 'undefined-reference', severity: 'error', start: { line: 7 } }],
    });
    const planned = await cli('plan', '--to', folder, '--format', 'json');
    expect(planned.code).toBe(1);
    expect(JSON.parse(planned.stdout).ok).toBe(false);
  });

  it.each([
    [['check', '/nowhere/at/all'], /There is no folder/],
    [['check', '--colour'], /Unknown option `--colour`/],
    [['plan', '--allow', 'everything'], /no reason `everything` to allow/],
    [['plan', '--today', '2026-02-30'], /is not a date/],
    [['explain', 'nobody'], /is not an address/],
    [['frobnicate'], /There is no command `frobnicate`\.\n/],
    [['plna'], /There is no command `plna`. Did you mean `plan`\?/],
    [['plan', '--form', 'tables'], /Unknown option `--form`. Did you mean `--from`\?/],
    [['sync', '--format', 'markdown'], /`--format` must be text or json, not `markdown`/],
    [['explain'], /Missing argument ADDRESS/],
    [['who', 'jane@mailbox.example', 'john@mailbox.example'], /Unexpected argument `john@mailbox.example`/],
    [['plan', '--allow', 'mass-remval'], /Did you mean `mass-removal`\?/],
  ])('ends with 2 on the usage %j', async (words, message) => {
    const { code, stdout, stderr } = await cli(...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it.each<[string[], RegExp]>([
    [['--help'], /^Usage: npm run -s aliases -- COMMAND[\s\S]*\n {2}import [\s\S]*\n {2}3 {2}/],
    ...['check', 'plan', 'sync', 'explain', 'who', 'fmt', 'import'].map((name): [string[], RegExp] => [
      [name, '--help'],
      new RegExp(`^Usage: .* ${name}[^]*--format `),
    ]),
    [['--version'], /^\d+\.\d+\.\d+\n$/],
  ])('answers %j on stdout alone, with 0', async (words, text) => {
    const { code, stdout, stderr } = await cli(...words);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(text);
  });

  it('says nothing where its reader has gone, and ends with the code of its work', async () => {
    const folder = await folderOf({ 'example.com.yml': text });
    const words = ['action/src/cli.ts', 'check', folder];
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const [code] = await once(child, 'close');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('explains an address, with what blocks a mailbox', async () => {
    const folder = await folderOf({ 'example.com.yml': text });
    await server.client.send(
      new PutItemCommand({
        TableName: 'bounces',
        Item: {
          destination: { S: 'john@mailbox.example' },
          createdAt: { N: '1' },
          validUntil: { N: '4102444800' },
          type: { S: 'bounce' },
          bounceType: { S: 'Permanent' },
        },
      }),
    );
    const { stdout, code } = await cli('explain', 'board+x@example.net', '--dir', folder, '--format', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      address: 'board+x@example.net',
      status: 'active',
      matched: 'subaddress',
      path: ['board@example.com', 'postmaster@example.com'],
      destinations: [
        { address: 'jane@mailbox.example' },
        { address: 'john@mailbox.example', blockedUntil: '2100-01-01T00:00:00.000Z' },
      ],
    });
    const inactive = await cli('explain', 'old@example.com', '--dir', folder);
    expect({ code: inactive.code, text: inactive.stdout }).toEqual({
      code: 0,
      text: 'old@example.com is inactive: the alias old@example.com is switched off. Its mail is refused.\n',
    });
  });

  it('says who is reached through what', async () => {
    const folder = await folderOf({ 'example.com.yml': text });
    const { stdout } = await cli('who', 'jane@mailbox.example', '--dir', folder, '--format', 'json');
    expect(JSON.parse(stdout)).toEqual({
      destination: 'jane@mailbox.example',
      addresses: [
        {
          address: 'abuse@example.com',
          also: ['abuse@example.net'],
          path: ['abuse@example.com', 'postmaster@example.com'],
        },
        {
          address: 'board@example.com',
          also: ['board@example.net'],
          path: ['board@example.com', 'postmaster@example.com'],
        },
        {
          address: 'postmaster@example.com',
          also: ['postmaster@example.net'],
          path: ['postmaster@example.com'],
        },
      ],
    });
  });

  it('formats files once, and finds those that are not formatted', async () => {
    const folder = await folderOf({
      'example.com.yml': text.replace('[example.net]', '[  "example.net" ] # ours'),
    });
    expect((await cli('fmt', folder, '--check')).code).toBe(1);
    expect((await cli('fmt', folder)).code).toBe(0);
    expect(await readFile(join(folder, 'example.com.yml'), 'utf8')).toContain('# ours');
    expect((await cli('fmt', folder, '--check')).code).toBe(0);
  });

  it('does not answer from files with mistakes without a word', async () => {
    const folder = await folderOf({ 'example.com.yml': text.replace('[board]', '[board') });
    for (const words of [
      ['explain', 'board@example.com'],
      ['who', 'jane@mailbox.example'],
    ]) {
      const { code, stderr } = await cli(...words, '--dir', folder);
      expect({ code, stderr }).toEqual({
        code: 0,
        stderr: expect.stringContaining('this answer may be wrong'),
      });
    }
    const formatted = await cli('fmt', folder, '--check');
    expect({ code: formatted.code, stderr: formatted.stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('left as it is, since it cannot be read'),
    });
  });

  it('does not call an address elsewhere undefined', async () => {
    const folder = await folderOf({ 'example.com.yml': text });
    const { stdout } = await cli('explain', 'jane@elsewhere.example', '--dir', folder);
    expect(stdout).toMatch(/not at a domain of these files/);
  });

  it('imports what was synced, and proves that nothing changes', async () => {
    const folder = await folderOf({ 'example.com.yml': text });
    expect((await cli('sync', '--dir', folder, '--wait-seconds', '0')).code).toBe(0);
    const target = join(await folderOf({}), 'aliases');
    const imported = await cli('import', 'tables', '--to', target, '--format', 'json');
    expect(JSON.parse(imported.stdout)).toEqual({
      files: ['example.com.yml'],
      left: [],
      notes: [],
      differences: [],
    });
    expect(imported.code).toBe(0);
    const planned = await cli('plan', '--to', target, '--format', 'json');
    expect(JSON.parse(planned.stdout).changes).toEqual([]);
    expect((await cli('import', 'tables', '--to', target)).code).toBe(2);
  });

  it('imports a Postfix file and a forward mapping, and lists what cannot be said', async () => {
    const folder = await folderOf({});
    const postfix = join(folder, 'virtual');
    await writeFile(
      postfix,
      '# all\nexample.org anything\ninfo@example.org a@m.example,\n  b@m.example\n@example.org c@m.example\nroot@example.org root\n',
    );
    const first = await cli('import', 'postfix', postfix, '--to', join(folder, 'one'), '--format', 'json');
    expect(JSON.parse(first.stdout)).toMatchObject({
      files: ['example.org.yml'],
      left: [
        'line 6: the destination `root` is left out: it has no `@`.',
        'line 6: `root@example.org` is left out: it has no destination.',
      ],
    });
    const mapping = join(folder, 'config.json');
    await writeFile(
      mapping,
      JSON.stringify({
        forwardMapping: {
          'info@example.org': ['a@m.example'],
          '@example.org': ['c@m.example'],
          info: ['d@m.example'],
        },
      }),
    );
    const second = await cli('import', 'json', mapping, '--to', join(folder, 'two'), '--format', 'json');
    expect(second.code).toBe(1);
    expect(JSON.parse(second.stdout).left).toEqual(['`info`: `info` is left out: it has no domain.']);
    expect(await readFile(join(folder, 'two', 'example.org.yml'), 'utf8')).toContain('"*":');
  });
});
