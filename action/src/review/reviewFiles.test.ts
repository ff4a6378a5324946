import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../../schema/src/check.ts';
import { rowsOfRevision } from '../plan/change.ts';
import { proposeFiles, reviewFiles } from './reviewFiles.ts';

const moment = { today: '2027-01-01', reserved: [] };
const names = ['anna', 'bert', 'cleo', 'dora', 'emil', 'fred', 'gina', 'hans'];

const file = (name: string, text: string): SourceFile => ({
  name,
  path: name,
  kind: 'file',
  bytes: Buffer.from(text),
});

/** A folder with the first aliases of the list, and a limit on how many may be removed. */
function revision(count: number, removals: number) {
  const aliases = names
    .slice(0, count)
    .map((name) => `  ${name}: { destinations: [${name}@mailbox.example] }\n`);
  const always = '  postmaster: { destinations: [anna] }\n  abuse: { destinations: [anna] }\n';
  return {
    folder: 'aliases',
    files: [
      file('_policy.yml', `guard: { removals: { atLeast: ${removals}, share: 0 } }\n`),
      file('example.com.yml', `domain: example.com\naliases:\n${always}${aliases.join('')}`),
    ],
  };
}

async function reasonsFor(
  limits: { readonly before: number; readonly after: number },
  from: 'folder' | 'tables',
) {
  const before = revision(8, limits.before);
  const { checked } = await proposeFiles(before, { moment, pruneForeign: false }, () => {});
  const { review } = await reviewFiles(
    revision(4, limits.after),
    { moment, pruneForeign: false, base: from === 'folder' ? before : undefined },
    {
      show: () => {},
      read: async () => ({ rows: rowsOfRevision(checked.records), gate: undefined }),
      allowed: async () => ({ allowance: new Map() }),
      policyAt: async () => undefined,
      now: 0,
    },
  );
  return review?.unsafe.map(({ code }) => code);
}

describe('a plan that removes four of eight aliases', () => {
  it.each([
    ['a folder that allows none', { before: 0, after: 9 }, 'folder', ['policy-loosened', 'mass-removal']],
    ['a folder that allows nine', { before: 9, after: 0 }, 'folder', ['mass-removal']],
    ['a folder that allows nine as well', { before: 9, after: 9 }, 'folder', []],
    ['tables, to a folder that allows none', { before: 9, after: 0 }, 'tables', ['mass-removal']],
    ['tables, to a folder that allows nine', { before: 0, after: 9 }, 'tables', []],
  ] as const)('starting from %s is judged by the stricter of both', async (_, limits, from, codes) => {
    expect(await reasonsFor(limits, from)).toEqual(codes);
  });
});
