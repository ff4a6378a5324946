import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check, type SourceFile } from '../../../schema/src/check.ts';
import type { Diagnostic } from '../../../schema/src/text/diagnostic.ts';
import { policyChanges } from '../guard/policyChange.ts';
import { meaningOf } from '../meaning/changeMeaning.ts';
import { rowsOfRevision } from '../plan/change.ts';
import { liveMarkdown, wrongFilesMarkdown } from '../render/afterMerge.ts';
import { blockedIssue } from '../render/blockedIssue.ts';
import { checkMarkdown } from '../render/checkReport.ts';
import { driftIssue } from '../render/issues.ts';
import { mistakesComment } from '../render/mistakes.ts';
import { planComment } from '../render/planComment.ts';
import { newWarnings } from '../render/proposedChange.ts';
import { syncText } from '../render/syncReport.ts';
import { reviewFiles } from '../review/reviewFiles.ts';
import { readContext } from './context.ts';
import { readInputs } from './inputs.ts';
import { redactFiles, report, showChecked } from './report.ts';
import type { Runner } from './runner.ts';

const moment = { today: '2026-11-24', reserved: [] };
const options = { ...moment, folder: 'aliases' };

let temporary: string;
beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'aliasops-leaks-'));
});
afterAll(() => rm(temporary, { recursive: true }));

/** A runner of a public repository that keeps all that it shows; secrets, which the log hides, are not among it. */
function createRunner(): { readonly runner: Runner; readonly shown: string[] } {
  const shown: string[] = [];
  const refuse = () => Promise.reject(new Error('not asked for here'));
  const runner: Runner = {
    inputs: readInputs((name) => (name === 'command' ? 'plan' : '')),
    context: readContext({ GITHUB_REPOSITORY: 'example/mail' }, { repository: { private: false } }),
    workspace: temporary,
    temporary,
    environment: {},
    now: new Date('2026-11-24T12:00:00Z'),
    log: (text) => void shown.push(text),
    summary: async (text) => void shown.push(text),
    output: (name, value) => void shown.push(name === 'plan-file' ? '' : value),
    secret: () => {},
    openApi: refuse,
    openTables: refuse,
  };
  return { runner, shown };
}

const word = fc.stringMatching(/^[b-z]{4,8}$/);
const provider = fc.constantFrom('gmail.com', 'gmx.de');
const privateDomain = word.map((label) => `q${label}x.test`);
const domain = fc.oneof(privateDomain, provider);
const address = fc
  .tuple(word, fc.constantFrom('', '.', '_', '+', "'"), word, domain)
  .map(([first, sign, last, at]) => `q${first}${sign}${sign === '' ? '' : last}x@${at}`);

const mistakes: readonly ((address: string, at: number, sign: string) => string)[] = [
  (text) => text,
  (text) => text.replace('@', ' @'),
  (text) => text.replace('@', '@ '),
  (text) => text.replace('@', '   @   '),
  (text) => text.replace('@', '(at)'),
  (text) => text.replace('@', ' [at] ').replaceAll('.', ' (dot) '),
  (text) => text.replace('@', ' at '),
  (text) => text.replace('@', ''),
  (text) => text.replace('@', ' '),
  (text) => text.replace('@', '.'),
  (text) => text.replace('@', '@@'),
  (text) => text.replace('@', ': @'),
  (text) => text.replace('@', '＠'),
  (text) => text.replace('@', '%40'),
  (text) => text.replace('@', '&#64;'),
  (text) => text.replace('@', '@sub.'),
  (text) => text.replace(/[!-~]/g, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0)),
  (text) => text.replaceAll('.', ','),
  (text) => text.replaceAll('.', '..'),
  (text) => text.replace('e', 'é').replace('o', 'ö'),
  (text) => text.replace('e', '\u0435').replace('o', '\u043e'),
  (text) => text.toUpperCase(),
  (text) => `${text}.`,
  (text) => `<${text}>`,
  (text) => `mailto:${text}`,
  (text) => `[${text}](mailto:${text})`,
  (text) => `"${text}`,
  (text) => `'${text}`,
  (text) => `"${text.replace('@', '"@')}`,
  (text) => `“${text}”`,
  (text) => `${text};${text}`,
  (text) => `${text} ${text}`,
  (text) => `${text}: ${text}`,
  (text) => `# ${text}`,
  (text) => `{ ${text} }`,
  (text) => `*${text}`,
  (text) => `!${text}`,
  (text, at, sign) => `${text.slice(0, at % text.length)}${sign}${text.slice(at % text.length)}`,
  (text, at) => `${text.slice(0, at % text.length)}${text.slice((at % text.length) + 1)}`,
];
const mistake = fc
  .tuple(
    fc.constantFrom(...mistakes),
    fc.nat(40),
    fc.constantFrom(...'`"\'|:#&*!%@,;[]{}<>() \t\n-?\\/ä\u200b'),
  )
  .map(
    ([make, at, sign]) =>
      (text: string) =>
        make(text, at, sign),
  );

/** How the destinations of an alias are written, and what is wrong with that. */
const layouts: readonly ((to: readonly string[]) => string)[] = [
  (to) => `{ destinations: [${to.join(', ')}] }`,
  (to) => `{ destinations: [${to.join(', ')} }`,
  (to) => `{ destinatons: [${to.join(', ')}] }`,
  (to) => `{ destinations: ${to.join(', ')} }`,
  (to) => `${to.join(', ')}`,
  (to) => `[${to.join(', ')}]`,
  (to) => `\n    destinations:\n${to.map((one) => `      - ${one}\n`).join('')}`,
  (to) => `\n    destinations:\n${to.map((one) => `      -${one}\n`).join('')}`,
  (to) => `\n    destinations:\n${to.map((one) => `      ${one}\n`).join('')}`,
  (to) => `\n    owner: ${to.join(' ')}\n    destinations: [board]\n`,
  (to) => `\n    expires: ${to.join(' ')}\n    destinations: [board]\n`,
];
const layout = fc.oneof(
  { weight: 2, arbitrary: fc.constant(layouts[0]) },
  { weight: 1, arbitrary: fc.constant(layouts[6]) },
  { weight: 2, arbitrary: fc.constantFrom(...layouts) },
);

const source = (name: string, text: string): SourceFile => ({
  name,
  path: `aliases/${name}`,
  kind: 'file',
  bytes: Buffer.from(text),
});

const head = `domain: example.com
aliases:
  postmaster: { destinations: [board] }
  abuse: { destinations: [board] }
  board: { destinations: [press@example.com] }
`;

const entry = fc.record({ to: fc.array(address, { minLength: 1, maxLength: 3 }), mistake, layout });
const directories = fc.record({
  before: fc.array(fc.array(address, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
  after: fc.array(entry, { maxLength: 4 }),
  isTaken: fc.boolean(),
  allowed: fc.constantFrom('', 'allowedDomains: [gmail.com]\n', 'protected: [press]\n'),
});

/** Letters and digits that only a private address has; a provider's name is public, and so is a part of it. */
function secretsIn(texts: readonly string[]): Set<string> {
  const all = texts.map((text) => text.normalize('NFKC').toLowerCase()).join(' ');
  return new Set((all.match(/[\p{L}\p{N}]{4,}/gu) ?? []).filter((one) => !publicWords.includes(one)));
}
const publicWords = 'gmail test mailto example board press';

describe('a public repository', () => {
  it('learns no local part and no private domain from any output', async () => {
    await fc.assert(
      fc.asyncProperty(directories, async ({ before, after, isTaken, allowed }) => {
        const base = before.map(
          (to, n) => `  ${n === 0 ? 'press' : `a${n}`}: { destinations: [${to.join(', ')}] }\n`,
        );
        const written = after.map(({ to, mistake: make }) => to.map(make));
        const next = after.map(
          ({ layout: lay }, n) => `  ${n === 0 ? 'press' : `a${n}`}: ${lay?.(written[n] ?? []) ?? ''}\n`,
        );
        const baseFiles = [source('example.com.yml', head + base.join(''))];
        const taken = before.flat().map((one) => one.slice(one.indexOf('@') + 1));
        const files = [
          source('example.com.yml', head + next.join('')),
          ...(allowed === '' ? [] : [source('_policy.yml', allowed)]),
          ...(isTaken
            ? [
                source(
                  `${taken[0]}.yml`,
                  `domain: ${taken[0]}\naliases:\n  "*": { destinations: [x@gmx.de] }\n`,
                ),
              ]
            : []),
        ];
        const shown = await allOutputs(baseFiles, files);
        const output = shown.join('\n').normalize('NFKC').toLowerCase().replaceAll('\\', '');
        const secrets = secretsIn([...before.flat(), ...after.flatMap(({ to }) => to), ...written.flat()]);
        expect([...secrets].filter((secret) => output.includes(secret))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Each with its message as the line that it should be. */
function corrected(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.map((one) => ({
    ...one,
    correction: { firstLine: 1, lastLine: 1, lines: [`    - ${one.message.split('`')[1] ?? ''}`] },
  }));
}

/** What a check, a plan, a comment, a sync and an issue say of a change. */
async function allOutputs(baseFiles: readonly SourceFile[], files: readonly SourceFile[]): Promise<string[]> {
  const { runner, shown } = createRunner();
  const was = check(baseFiles, options);
  const ports = {
    show: showChecked(runner),
    read: () => Promise.reject(),
    allowed: async () => ({ allowance: new Map() }),
    policyAt: async () => undefined,
    now: 0,
  };
  const base = { folder: 'aliases', files: baseFiles };
  const { checked, review } = await reviewFiles(
    { folder: 'aliases', files },
    { moment, pruneForeign: false, base },
    ports,
  );
  const redact = redactFiles(runner, files, was.directory, checked.directory);
  const compared = { head: 'b', base: 'a', into: 'main', page: '' };
  shown.push(
    checkMarkdown(checked, redact),
    mistakesComment(corrected(checked.diagnostics), compared, 'en', redact),
  );
  if (review === undefined) return shown;
  await report(runner, review);
  shown.push(await readFile(join(temporary, 'aliasops-plan.json'), 'utf8'));
  const { plan } = review;
  const blocked = plan.effects.flatMap((one) => one.after).map((mailbox) => ({ mailbox, until: 2e9 }));
  const facts = {
    known: true,
    blocked,
    foreign: plan.changes.map(({ table, key }) => ({ table, key })),
    editedOutside: plan.changes.map(({ table, key }) => ({ table, key })),
  };
  const rows = rowsOfRevision(checked.records).definitions;
  const change = {
    compared,
    language: 'en',
    meaning: meaningOf(plan, moment),
    policy: policyChanges(was.policy, checked.policy).map(({ sentence }) => sentence),
    warnings: newWarnings(checked.diagnostics, was.diagnostics),
  } as const;
  const error = new Error(`refused: ${rows.map(({ record }) => record.destinations.join()).join()}`);
  const result = { review, held: new Map(), written: [], stop: { reason: 'fault', error } } as const;
  shown.push(
    planComment(review, facts, change, redact),
    liveMarkdown(result, { ...change, at: new Date(0) }, runner.context, redact),
    liveMarkdown(
      { review, held: new Map(), written: [], liveAfterMs: 1 },
      { ...change, at: new Date(0) },
      runner.context,
      redact,
    ),
    wrongFilesMarkdown(checked, 'en', runner.context, redact),
    syncText(result, redact),
    driftIssue({ ...plan, ...facts }, undefined, '', 'en', redact).body,
    blockedIssue(
      blocked,
      { directory: plan.after, today: moment.today, organization: 'example' },
      'en',
      redact,
    ).body,
  );
  return shown;
}
