import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../../schema/src/directory/resolve.ts';
import { say } from '../../../schema/src/messages/message.ts';
import { type Definition, type Records, readDefinition } from '../../../schema/src/records/records.ts';
import type { Diagnostic } from '../../../schema/src/text/diagnostic.ts';
import { meaningOf } from '../meaning/changeMeaning.ts';
import { rowsOfRevision } from '../plan/change.ts';
import { plan } from '../plan/plan.ts';
import { failedMarkdown, liveMarkdown, wrongFilesMarkdown } from './afterMerge.ts';
import { blockedIssue } from './blockedIssue.ts';
import { annotations, checkMarkdown, checkText } from './checkReport.ts';
import { logText } from './escape.ts';
import { driftIssue } from './issues.ts';
import { mistakesComment } from './mistakes.ts';
import { planComment } from './planComment.ts';
import { planJson } from './planJson.ts';
import { planMarkdown } from './planMarkdown.ts';
import { planText } from './planText.ts';
import { createRedact, redactJson } from './redact.ts';
import { syncText } from './syncReport.ts';

const moment = { today: '2026-11-24', reserved: [] };
const redact = createRedact(new Set(['example.com']));

const nasty = fc.constantFrom(
  '::error::boo',
  '\n::warning::x',
  '\r\n##[group]',
  '<script>alert(1)</script>',
  '<img src=x>',
  '[a](http://evil.example)',
  '**b**',
  '`c`',
  '| d |',
  '@maintainers',
  '<!-- aliasops:plan -->',
  '--> ',
  '# head',
  '\u2028::set-output::',
  '%0A::error::',
  '&lt;',
  '![i](x)',
  '~~e~~',
  '#1',
  'http://evil.example',
  '<details>',
);
const text = fc
  .array(fc.oneof(nasty, fc.string({ maxLength: 6 })), { maxLength: 4 })
  .map((parts) => parts.join(''));
const secretName = fc.stringMatching(/^[a-z`'*_|!#$%&/=?^{}~-]{3,12}$/).map((local) => `zq${local}zq`);
const destination = fc.oneof(
  secretName.map((local) => `${local}@secretive.hidden.test`),
  text,
);
const rows = fc.array(
  fc.record({
    alias: text,
    to: fc.array(destination, { maxLength: 3 }),
    description: text,
    on: fc.boolean(),
  }),
  { maxLength: 6 },
);

function recordsOf(
  drawn: readonly { alias: string; to: string[]; description: string; on: boolean }[],
): Records {
  const definitions = drawn.map(
    ({ alias, to, description, on }): Definition => ({
      domain: 'example.com',
      alias,
      destinations: to,
      type: 'person',
      active: on,
      description,
    }),
  );
  return { definitions, domains: [{ domain: 'example.com' }] };
}

/** No private address, whole or with only its markup changed. */
function expectNoAddress(output: string): void {
  expect(output).not.toMatch(/secretive|hidden\.test/);
}

/** Code blocks are shown as they are; each that begins has its end. */
function withoutBlocks(output: string): string {
  const outside: string[] = [];
  let fence: string | undefined;
  for (const line of output.split('\n')) {
    const [, ticks] = /^ *(`{3,})(?:yaml|mermaid)?$/.exec(line) ?? [];
    if (fence === undefined && ticks !== undefined) fence = ticks;
    else if (fence === undefined) outside.push(line);
    else if (ticks !== undefined && ticks.length >= fence.length) fence = undefined;
  }
  expect(fence).toBeUndefined();
  return outside.join('\n');
}

/** Nothing of HTML, no link, no image, no mention, no markup but our own: outside of code spans, and of escapes. */
function expectNoMarkup(output: string): void {
  for (const line of withoutBlocks(output).split('\n')) {
    const plain = line
      .replace(/\\[\\`*_{}[\]()#+!|~$^=:-]|(`+)(?!`)(.*?[^`])\1(?!`)/g, '')
      .replace(/&(amp|lt|gt|quot|#39|#64);/g, '')
      .replace(/<\/?code>|<wbr>/g, '')
      .replace(/^> /, '')
      .replace(/^(<details><summary>[\w ]+<\/summary>|<\/details>)$/, '')
      .replace(/\]\(https:\/\/github\.test\/example\/mail\/[\w.~%#/-]*\)/g, '');
    expect(plain).not.toMatch(/[<>@`]|!\[|\]\(|~~|https?:\/\//);
  }
}

describe('renderers', () => {
  it('let no workflow command, HTML, Markdown or private address through', () => {
    fc.assert(
      fc.property(rows, rows, text, (before, after, message) => {
        const made = plan(rowsOfRevision(recordsOf(before)), recordsOf(after), moment, {
          pruneForeign: false,
        });
        const edited = readDefinition({ domain: 'example.com', alias: message, managedBy: 'aliasops' });
        const full = {
          ...made,
          foreign: [{ table: 'definitions', key: edited.key }] as const,
          editedOutside: [{ table: 'definitions', key: edited.key }] as const,
        };
        const told = say('{clauses}.', { clauses: message });
        const review = {
          plan: full,
          unsafe: [{ code: 'edited-outside', message: told, about: [] }] as const,
          allowed: [],
          notes: [],
        };
        const result = {
          review,
          held: new Map([
            ['example.org', say('{clauses}.', { clauses: `${message} zqdzq@secretive.hidden.test` })],
          ]),
          written: [],
          stop: { reason: 'fault', error: new Error(`no: ${message} zqazq@secretive.hidden.test`) },
        } as const;
        const start = { line: 1, column: 1 };
        const diagnostic: Diagnostic = {
          code: 'x',
          severity: 'error',
          message: `${message} zqazq@secretive.hidden.test`,
          file: 'a.yml',
          start,
          end: start,
          help: message,
        };
        const correction = {
          firstLine: 1,
          lastLine: 1,
          lines: [`    - ${message}`, '    - zqgzq@secretive.hidden.test'],
        };
        const checked = {
          records: recordsOf([]),
          directory: createDirectory(recordsOf([])),
          fileOf: new Map(),
          diagnostics: [diagnostic],
          domains: 1,
          aliases: 1,
          policy: {
            protected: [],
            guard: { removals: { atLeast: 1, share: 1 }, redirects: { atLeast: 1, share: 1 } },
          },
        };
        const facts = {
          known: true,
          blocked: [{ mailbox: 'zqbzq@secretive.hidden.test', until: 2e9 }],
          foreign: full.foreign,
          editedOutside: full.editedOutside,
        };
        const page = 'https://github.test/example/mail';
        const compared = { head: 'b', base: 'a', into: message, page };
        const warning: Diagnostic = { ...diagnostic, severity: 'warning', file: `aliases/${message}` };
        const meaning = meaningOf(full, moment);
        const language = message.length % 2 === 0 ? 'en' : 'fr';
        const policy = [
          say('{alias} is no longer protected', { alias: `${message} zqpzq@secretive.hidden.test` }),
        ];
        const change = { compared, language, meaning, policy, warnings: [warning] } as const;
        const merged = { language, meaning, at: new Date(0) } as const;
        const pages = { page, run: `${page}/actions/runs/1`, syncPage: `${page}/actions`, sha: 'c' };
        const marked = [
          planMarkdown(review, redact),
          planComment(review, facts, change, redact),
          driftIssue(full, undefined, pages.syncPage, language, redact).body,
          blockedIssue(
            facts.blocked,
            { directory: full.after, today: moment.today, organization: 'example' },
            language,
            redact,
          ).body,
          liveMarkdown(result, merged, pages, redact),
          liveMarkdown({ review, held: result.held, written: [], liveAfterMs: 1 }, merged, pages, redact),
          mistakesComment([{ ...diagnostic, correction }], compared, language, redact),
          checkMarkdown(checked, redact),
          wrongFilesMarkdown(checked, language, pages, redact),
          failedMarkdown(`${message} zqfzq@secretive.hidden.test`, language, pages, redact),
        ];
        for (const output of marked) {
          expectNoAddress(output);
          expectNoMarkup(output);
        }
        const source = Buffer.from(`${message} zqczq@secretive.hidden.test`);
        const files = [{ name: 'a.yml', path: 'a.yml', kind: 'file', bytes: source }] as const;
        const logged = [
          planText(review, redact),
          syncText(result, redact),
          checkText(checked, files, redact, false),
        ].map(logText);
        for (const output of logged) {
          expectNoAddress(output);
          expect(output).not.toMatch(/^\s*::|##\[/m);
        }
        expectNoAddress(JSON.stringify(redactJson(planJson(review), redact)));
        const annotated = annotations([diagnostic], redact);
        expectNoAddress(annotated);
        expect(annotated.trimEnd().split(/[\r\n]/)).toHaveLength(1);
      }),
      { numRuns: 1000 },
    );
  });

  it('keep a comment on 5,000 changes under the limit, and say what is left out', () => {
    const many = Array.from({ length: 5000 }, (_, n) => ({
      alias: `alias${n}`,
      to: [`m${n}@secretive.hidden.test`],
      description: '',
      on: true,
    }));
    const made = plan(rowsOfRevision(recordsOf([])), recordsOf(many), moment, { pruneForeign: false });
    const facts = { known: false, blocked: [], foreign: [], editedOutside: [] };
    const compared = { head: 'b', base: 'a', into: 'main', page: '' };
    const change = {
      compared,
      language: 'en',
      meaning: meaningOf(made, moment),
      policy: [],
      warnings: [],
    } as const;
    const comment = planComment({ plan: made, unsafe: [], allowed: [], notes: [] }, facts, change, redact);
    expect(comment.length).toBeLessThan(65_536 - 100);
    expect(comment).toMatch(/\n[\d,]+ more are not shown here/);
    expect(comment).toContain(made.fingerprint);
  });
});
