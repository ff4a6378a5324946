import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { check } from '../../schema/src/check.ts';
import { reasonCodes } from '../../schema/src/records/reasonCodes.ts';
import type { Records } from '../../schema/src/records/records.ts';
import { folderOf, runNode, startTables, type TablesServer } from '../tablesFixture.ts';

let server: TablesServer;
beforeAll(async () => {
  server = await startTables();
});
afterAll(() => server.stop());

const domains = ['example.com', 'example.org', 'xn--bcher-kva.example'];
const mailbox = fc.constantFrom('jane@home.example', 'ada@far.example', 'J.Roe@home.example');
const alias = fc.record({
  name: fc.constantFrom('info', 'board', 'no', '1e3', '__proto__', 'Press', 'a+b', '"*"'),
  mailboxes: fc.uniqueArray(mailbox, { minLength: 1, maxLength: 3, selector: (one) => one.toLowerCase() }),
  more: fc.constantFrom('', ', postmaster', ', postmaster@example.com', ', postmaster@alias.example'),
  lines: fc.shuffledSubarray([
    'type: group',
    'active: false',
    'description: "Elected: until \\"2027\\" # yes"',
    'owner: team:board',
    'expires: 2027-06-30',
  ]),
});
const domainFile = fc.record({
  filter: fc.constantFrom('', 'filter: strict\n', 'filter: { spf: ignore, dmarc-reject: drop }\n'),
  aliases: fc.uniqueArray(alias, { maxLength: 6, selector: ({ name }) => name }),
});
/** A folder of up to three domains: the first has an alias domain, and a postmaster that all may refer to. */
const folder = fc.array(domainFile, { minLength: 1, maxLength: 3 }).map((files) =>
  Object.fromEntries(
    files.map(({ filter, aliases }, n) => {
      const lines = aliases.map(
        ({ name, mailboxes, more, lines: own }) =>
          `  ${name}:\n    destinations: [${mailboxes.join(', ')}${more}]\n${own.map((line) => `    ${line}\n`).join('')}`,
      );
      const also = n === 0 ? 'aliasDomains: [alias.example]\n' : '';
      return [
        `${domains[n]}.yml`,
        `domain: ${domains[n]}\n${also}${filter}aliases:\n  postmaster: { destinations: [root@home.example] }\n${lines.join('')}`,
      ];
    }),
  ),
);

it('means the same when it is imported from the tables that it was synced to', async () => {
  await fc.assert(
    fc.asyncProperty(folder, async (files) => {
      const from = await folderOf({
        ...files,
        '_shared.yml': 'aliases:\n  abuse: { destinations: [postmaster] }\n',
      });
      // Each folder takes the place of the one before, which is no change that a guard lets pass.
      await succeed('sync', '--dir', from, '--wait-seconds', '0', '--allow', reasonCodes.join());
      const to = join(await folderOf({}), 'aliases');
      await succeed('import', 'tables', '--to', to);
      expect(await recordsOf(to)).toEqual(await recordsOf(from));
    }),
    { numRuns: 8, endOnFailure: true },
  );
});

async function succeed(...words: string[]): Promise<void> {
  const { code, stderr, stdout } = await runNode(['action/src/cli.ts', ...words], server.environment);
  expect({ code, said: code === 0 ? '' : stderr + stdout }).toEqual({ code: 0, said: '' });
}

async function recordsOf(path: string): Promise<Records> {
  const names = await readdir(path);
  const files = await Promise.all(
    names.map(async (name) => ({
      name,
      path: name,
      kind: 'file' as const,
      bytes: await readFile(join(path, name)),
    })),
  );
  return check(files, { today: '2026-11-24', reserved: [], folder: path }).records;
}
