import { describe, expect, it } from 'vitest';
import { say } from '../../../schema/src/messages/message.ts';
import type { Definition, Records } from '../../../schema/src/records/records.ts';
import type { Diagnostic } from '../../../schema/src/text/diagnostic.ts';
import type { Review } from '../guard/reason.ts';
import { meaningOf } from '../meaning/changeMeaning.ts';
import { rowsOfRevision } from '../plan/change.ts';
import { plan } from '../plan/plan.ts';
import { liveMarkdown, wrongFilesMarkdown } from './afterMerge.ts';
import { blockedIssue } from './blockedIssue.ts';
import { checkMarkdown } from './checkReport.ts';
import { code, commentLimit, cutRows, markdown, summaryLimit } from './escape.ts';
import { driftIssue } from './issues.ts';
import { mistakesComment } from './mistakes.ts';
import { planComment } from './planComment.ts';
import { planMarkdown } from './planMarkdown.ts';
import { asIs, createRedact } from './redact.ts';
import { noFacts } from './tableFacts.ts';

const moment = { today: '2026-11-24', reserved: [] };
const github = { comment: 65_536, summary: 1_048_576 };

function recordsOf(aliases: Readonly<Record<string, readonly string[]>>): Records {
  const definitions = Object.entries(aliases).map(
    ([alias, destinations]): Definition => ({
      domain: 'example.com',
      alias,
      destinations,
      type: 'group',
      active: true,
    }),
  );
  return { definitions, domains: [{ domain: 'example.com' }] };
}

function reviewOf(before: Records, after: Records, message = ''): Review {
  const made = plan(rowsOfRevision(before), after, moment, { pruneForeign: false });
  return {
    plan: made,
    unsafe:
      message === ''
        ? []
        : [{ code: 'mass-removal', message: say('{clauses}.', { clauses: message }), about: [] }],
    allowed: [],
    notes: [],
  };
}

const mailboxes = (count: number, domain = 'mailbox.test'): string[] =>
  Array.from({ length: count }, (_, n) => `member.number.${n}@${domain}`);
const redact = createRedact(new Set(['example.com']));

const names = Array.from({ length: 3_000 }, (_, n) => `alias${n}`);
const long = `${'ö'.repeat(60)}.test`;
const cases: readonly (readonly [string, Review])[] = [
  ['one list of 2,000', reviewOf(recordsOf({ a: ['b@c.test'] }), recordsOf({ a: mailboxes(2_000) }))],
  [
    '3,000 lists of 100',
    reviewOf(recordsOf({}), recordsOf(Object.fromEntries(names.map((name) => [name, mailboxes(100)])))),
  ],
  [
    'names of which each letter has three bytes',
    reviewOf(
      recordsOf({}),
      recordsOf(Object.fromEntries(names.map((name) => [name, mailboxes(30, `${'語'.repeat(60)}.${long}`)]))),
    ),
  ],
  ['one reason of 800 KB', reviewOf(recordsOf({}), recordsOf({ a: ['b@c.test'] }), '語*"'.repeat(270_000))],
  [
    '2,000 rows without a recipient',
    reviewOf(recordsOf({}), recordsOf(Object.fromEntries(names.map((name) => [name, []])))),
  ],
];

const lengthy = `This is "new": ${'語`'.repeat(5_000)}`;
const place = { line: 1, column: 1 };
const warning: Diagnostic = {
  code: 'x',
  severity: 'warning',
  message: lengthy,
  help: lengthy,
  file: 'a.yml',
  start: place,
  end: place,
};
const change = {
  compared: { head: 'b'.repeat(40), base: 'a'.repeat(40), into: 'main', page: 'https://github.test/x/y' },
  language: 'en',
  policy: Array.from({ length: 2_000 }, () => say('{alias} is no longer protected', { alias: lengthy })),
  warnings: Array.from({ length: 2_000 }, () => warning),
} as const;

const pages = {
  page: 'https://github.test/x/y',
  run: 'https://github.test/x/y/actions/runs/1',
  syncPage: 'https://github.test/x/y/actions/workflows/sync.yml',
  sha: 'c'.repeat(40),
};

describe('what GitHub takes', () => {
  it.each(cases)('is not exceeded by %s', (_, review) => {
    const result = { review, held: new Map(), written: [], refused: 'unsafe' } as const;
    const rows = review.plan.changes;
    const meaning = meaningOf(review.plan, moment);
    const merged = { language: 'fr', meaning, at: new Date(0) } as const;
    const facts = { ...noFacts, known: true, foreign: rows, editedOutside: rows };
    const blocked = review.plan.effects
      .flatMap(({ after }) => after)
      .map((mailbox) => ({ mailbox, until: 2e9 }));
    for (const show of [asIs, redact]) {
      const comments = [
        planComment(review, { ...facts, blocked }, { ...change, meaning }, show),
        liveMarkdown(result, merged, pages, show),
        liveMarkdown({ review, held: new Map(), written: [], liveAfterMs: 1 }, merged, pages, show),
        driftIssue({ ...review.plan, foreign: rows }, undefined, pages.syncPage, 'en', show).body,
        blockedIssue(
          blocked.slice(0, 5_000),
          { directory: review.plan.before, today: moment.today, organization: 'example' },
          'en',
          show,
        ).body,
      ];
      for (const comment of comments) expect(Buffer.byteLength(comment)).toBeLessThan(github.comment - 100);
      expect(Buffer.byteLength(planMarkdown(review, show))).toBeLessThan(github.summary / 3);
    }
  });

  it('is not exceeded by 800 KB of one error, or by many of 9 KB, of which the beginning stands', () => {
    const start = { line: 1, column: 1 };
    const message = `This is not right: ${'"語`'.repeat(270_000)}`;
    const wrong: Diagnostic = {
      code: 'x',
      severity: 'error',
      message,
      help: message,
      file: 'a.yml',
      start,
      end: start,
    };
    const shorter = { ...wrong, message: message.slice(0, 9_000), help: message.slice(0, 9_000) };
    for (const diagnostics of [[wrong], Array.from({ length: 2_000 }, () => shorter)]) {
      for (const show of [asIs, redact]) {
        const text = checkMarkdown({ diagnostics, domains: 1, aliases: 1 }, show);
        expect(Buffer.byteLength(text)).toBeLessThan(github.comment - 100);
        const wrongFiles = wrongFilesMarkdown({ diagnostics }, 'en', pages, show);
        expect(Buffer.byteLength(wrongFiles)).toBeLessThan(github.comment - 100);
        expect(wrongFiles).toContain('corrects the files in another pull request');
        const mistakes = mistakesComment(diagnostics, change.compared, 'fr', show);
        expect(Buffer.byteLength(mistakes)).toBeLessThan(github.comment - 100);
        expect(text).toContain('This is not right');
        expect(text).toMatch(/[\d,]+ more characters/);
      }
    }
  });

  it('counts the errors that are not shown', () => {
    const start = { line: 1, column: 1 };
    const wrong = {
      code: 'x',
      severity: 'error',
      message: 'wrong',
      file: 'a.yml',
      start,
      end: start,
    } as const;
    const of = (count: number): string =>
      checkMarkdown(
        { diagnostics: Array.from({ length: count }, () => wrong), domains: 1, aliases: 1 },
        asIs,
      );
    expect(of(100)).not.toContain('more');
    expect(of(101)).toContain('\n1 more line is not shown here');
    expect(of(1_300)).toContain('\n1,200 more lines are not shown here');
  });
});

describe('a plan with one list of 2,000', () => {
  const [, review] = cases[0] ?? [];
  const text =
    review === undefined
      ? ''
      : planComment(
          review,
          noFacts,
          { ...change, meaning: meaningOf(review.plan, moment), policy: [], warnings: [] },
          asIs,
        );

  it('names some, and counts the others', () => {
    const shown = (name: string) => name.replace(/(.*)@(.*)/, '<code>$1&#64;<wbr>$2</code>');
    expect(text).toContain(
      `| ${shown('a@example.com')} | ${shown('b@c.test')} | ${shown('member.number.0@mailbox.test')}, `,
    );
    expect(text).toContain('and 1988 more | its destinations change |');
    expect(text).toContain('(destinations: `b@c.test` → `member.number.0@mailbox.test, ');
  });

  it('keeps its reasons and its fingerprint however long the effects are', () => {
    for (const [, { plan: made }] of cases) {
      const unsafe = [
        { code: 'mass-removal', message: say('{clauses}.', { clauses: 'Too much would go' }), about: [] },
      ] as const;
      const comment = planComment(
        { plan: made, unsafe, allowed: [], notes: [] },
        noFacts,
        { ...change, meaning: meaningOf(made, moment) },
        asIs,
      );
      expect(comment).toContain('`Too much would go`.');
      expect(comment).toContain('`allow-mass-removal`');
      expect(comment).toContain(made.fingerprint);
      expect(comment).toMatch(/The rules of this group change:.*\n[\d,]+ more are not shown here/s);
      expect(planMarkdown({ plan: made, unsafe, allowed: [], notes: [] }, asIs)).toContain(made.fingerprint);
    }
  });
});

describe('cutRows', () => {
  const rows = Array.from({ length: 10 }, (_, n) => `row ${n}`);

  it.each([
    ['everything where it fits', 1_000, 'head\n\n### Rows\n\nrow 0', undefined],
    ['whole rows where not', 140, 'row 2', '7 more lines are not shown here'],
    ['as much of the head as fits', 111, 'head', '10 more lines are not shown here'],
    ['nothing but the tail where there is no room', 50, 'tail', '11 more lines are not shown here'],
  ])('shows %s', (_, limit, has, rest) => {
    const text = cutRows(['head', '', '### Rows', ''], rows, ['tail'], limit);
    expect(text).toContain(has);
    expect(text.endsWith('\ntail\n')).toBe(true);
    if (rest === undefined) expect(text).not.toContain('more');
    else expect(text).toContain(rest);
  });

  it('counts bytes, and not characters', () => {
    const text = cutRows(
      [],
      Array.from({ length: 100 }, () => '語'.repeat(33)),
      [],
      5_000,
    );
    expect(text.split('\n').filter((line) => line.startsWith('語'))).toHaveLength(49);
  });
});

it('cuts a text before it is escaped, between two characters, and says by how much', () => {
  expect(markdown('*'.repeat(2_001))).toBe(`${'\\*'.repeat(2_000)}… \\(1 more character\\)`);
  expect(code('a'.repeat(401))).toBe(`\`${'a'.repeat(400)}… (1 more character)\``);
  expect(code(`a${'😀'.repeat(300)}`)).toBe(`\`a${'😀'.repeat(199)}… (202 more characters)\``);
  expect(summaryLimit * 3).toBeLessThan(github.summary);
  expect(commentLimit).toBeLessThan(github.comment);
});
