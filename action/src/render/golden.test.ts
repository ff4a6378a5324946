import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../schema/src/files/policy.ts';
import { say } from '../../../schema/src/messages/message.ts';
import {
  type Definition,
  definitionItem,
  type Records,
  readDefinition,
} from '../../../schema/src/records/records.ts';
import type { Diagnostic } from '../../../schema/src/text/diagnostic.ts';
import { assess } from '../guard/assess.ts';
import { policyChanges } from '../guard/policyChange.ts';
import { allowAll, review } from '../guard/reason.ts';
import { meaningOf } from '../meaning/changeMeaning.ts';
import { expiringSoon } from '../meaning/expiring.ts';
import { rowsOfRevision } from '../plan/change.ts';
import { plan } from '../plan/plan.ts';
import { failedMarkdown, liveMarkdown, skippedMarkdown, wrongFilesMarkdown } from './afterMerge.ts';
import { blockedIssue } from './blockedIssue.ts';
import { namesOf } from './fileNames.ts';
import { driftIssue, expiryIssue } from './issues.ts';
import { mistakesComment } from './mistakes.ts';
import { noPlanComment, planComment } from './planComment.ts';
import { planMarkdown } from './planMarkdown.ts';
import { planText } from './planText.ts';
import { createRedact } from './redact.ts';
import { syncText } from './syncReport.ts';
import { noFacts } from './tableFacts.ts';

const moment = { today: '2026-11-24', reserved: [] };

function one(alias: string, destinations: readonly string[], more: Partial<Definition> = {}): Definition {
  return { domain: 'example.com', alias, destinations, type: 'person', active: true, ...more };
}

const before: Records = {
  definitions: [
    one('jane', ['jane.roe@mailbox.test']),
    one('board', ['jane', 'john.doe@home.test'], { type: 'group' }),
    one('press', ['board']),
    one('old', ['someone@else.test']),
    one('older', ['other@else.test']),
    one('treasurer', ['john.doe@home.test']),
  ],
  domains: [{ domain: 'example.com' }],
};
const after: Records = {
  definitions: [
    one('jane', ['jane.roe@mailbox.test']),
    one('board', ['jane', 'ada@mailbox.test'], { type: 'group', description: 'Elected <b>until</b> 2027' }),
    one('press', ['board']),
    one('treasurer', ['john.doe@home.test'], { expires: '2027-06-30' }),
    one('new_one', ['board', 'li@far.test']),
  ],
  domains: [{ domain: 'example.com' }, { domain: 'example.net', aliasfor: 'example.com' }],
};

const rows = rowsOfRevision(before);
const edited = {
  ...definitionItem(one('treasurer', ['john.doe@home.test'])),
  destinations: ['mallory@evil.test'],
};
const withEdit = {
  ...rows,
  definitions: [
    ...rows.definitions.filter(({ key }) => key.alias !== 'treasurer'),
    readDefinition(edited),
    readDefinition({ domain: 'example.com', alias: 'theirs', destinations: ['them@far.test'] }),
  ],
};
const made = plan(withEdit, after, moment, { pruneForeign: false });
const reviewed = review(made, assess(made, { head: defaultPolicy, base: undefined }, moment), {
  allowance: allowAll(['edited-outside']),
});
const redact = createRedact(new Set(['example.com', 'example.net']), {
  names: namesOf([made.before, made.after]),
});
const facts = {
  known: true,
  blocked: [{ mailbox: 'ada@mailbox.test', until: Date.UTC(2026, 11, 24) / 1000 }],
  foreign: made.foreign,
  editedOutside: made.editedOutside,
};
const held = new Map([
  ['example.net', say('it is an alias domain of {main}', { main: 'example.org' })],
  [
    'example.org',
    say('{file} has {count, plural, one {an error} other {# errors}}', {
      file: 'aliases/example.org.yml',
      count: 2,
    }),
  ],
]);
const stale = {
  since: Date.UTC(2026, 10, 24, 9, 30) / 1000,
  syncPage: 'https://github.com/example/mail/actions/workflows/sync.yml',
};
const compared = {
  head: 'bbbbbbbbbbbb0000000000000000000000000000',
  base: 'aaaaaaaaaaaa0000000000000000000000000000',
  into: 'main',
  page: 'https://github.com/example/mail',
};
const unchanged = {
  compared,
  language: 'en',
  meaning: meaningOf(made, moment),
  policy: [],
  warnings: [],
} as const;
const line = { line: 12, column: 5 };
const mistyped: Diagnostic = {
  severity: 'warning',
  code: 'provider-typo',
  message: '`ann@gmial.com` is at gmial.com, which looks like a typing error for gmail.com.',
  help: 'did you mean `ann@gmail.com`?',
  file: 'aliases/example.com.yml',
  start: line,
  end: line,
};
const policy = {
  ...unchanged,
  policy: policyChanges(
    { ...defaultPolicy, protected: [{ alias: 'board', minimum: 2 }] },
    { ...defaultPolicy, guard: { ...defaultPolicy.guard, removals: { atLeast: 9, share: 0.5 } } },
  ).map(({ sentence }) => sentence),
  warnings: [mistyped],
};
const noted = {
  ...reviewed,
  notes: [
    say('The label {label} does not count: {why}.', {
      label: 'allow-mass-removal',
      why: say('whoever set it does not maintain this repository'),
    }),
  ],
};
const pages = {
  page: compared.page,
  run: `${compared.page}/actions/runs/1`,
  syncPage: stale.syncPage,
  sha: 'cccccccccccc0000000000000000000000000000',
};
const denied = say('The error is {name}.', { name: 'AccessDeniedException' });
const mistaken: readonly Diagnostic[] = [
  mistyped,
  {
    ...mistyped,
    severity: 'error',
    code: 'duplicate-alias',
    message: '`board` is defined twice.',
    help: 'delete one of them.',
    start: { line: 20, column: 3 },
    related: [{ file: mistyped.file, start: line, end: line, message: 'the first is here' }],
    correction: { firstLine: 20, lastLine: 20, lines: ['  press:'] },
  },
];
const wrong = { diagnostics: [{ ...mistyped, severity: 'error' }], domains: 1, aliases: 6 } as const;
const brought = { ...noted, unsafe: noted.unsafe.map((reason) => ({ ...reason, broughtBy: [7] })) };
const refused = { review: brought, held: new Map(), written: [], refused: 'unsafe' } as const;
const outside = {
  code: 'edited-outside',
  message: say(
    '{names} {count, plural, one {was} other {were}} edited outside the files, and that would be undone.',
    { names: 'treasurer@example.com', count: 1 },
  ),
  about: [],
} as const;
const both = { ...refused, review: { ...brought, unsafe: [...brought.unsafe, outside] } };
const takenOver = { ...refused, review: { ...noted, unsafe: [{ ...outside, broughtBy: [7] }] } };
const rolled = {
  ...refused,
  review: {
    ...noted,
    notes: [],
    unsafe: [
      {
        ...outside,
        code: 'rollback',
        message: say(
          'A later version of the files is live, and this one does not come after it: what was merged since would be undone.',
        ),
      },
    ],
  },
} as const;
const nothing = plan(rows, before, moment, { pruneForeign: false });
const unfinished = { plan: nothing, unsafe: [], allowed: [], notes: [], staleSince: stale.since };
const override = { sync: 3, at: Date.UTC(2026, 10, 23, 18, 5) / 1000 };
const names = Array.from({ length: 21 }, (_, n) => `a${n}@example.com`);
const afterOverrides = {
  ...unfinished,
  lastOverrides: [
    {
      ...override,
      code: 'mass-removal',
      about: ['old@example.com', 'mallory@evil.test'],
      more: 0,
      by: 'ann (label on #3)',
    },
    { ...override, code: 'edited-outside', about: names, more: 1200, by: 'Jane *Roe* (command line)' },
  ],
};
const merged = {
  language: 'en',
  meaning: meaningOf(made, moment),
  at: new Date('2026-11-24T12:04:30Z'),
} as const;
const quiet = {
  ...merged,
  meaning: meaningOf(nothing, moment),
};
const done = { review: reviewed, held: new Map(), written: made.changes, liveAfterMs: 8_400 };
const cut = {
  review: reviewed,
  held: new Map(),
  written: made.changes.slice(0, 2),
  stop: { reason: 'conflict', rows: made.changes.slice(2, 3) },
} as const;

const french = { ...unchanged, language: 'fr' } as const;

describe('what people read', () => {
  it.each([
    ['plan.txt', planText(reviewed, redact)],
    ['summary.md', planMarkdown(reviewed, redact)],
    ['comment.md', planComment(reviewed, facts, unchanged, redact)],
    ['policy-comment.md', planComment(noted, { ...noFacts, fault: 'AccessDeniedException' }, policy, redact)],
    ['noted-summary.md', planMarkdown(noted, redact)],
    ['drift.md', driftIssue(made, undefined, stale.syncPage, 'en', redact).body],
    ['stale-plan.txt', planText(unfinished, redact)],
    ['stale-summary.md', planMarkdown(unfinished, redact)],
    [
      'stale-comment.md',
      planComment(unfinished, { ...facts, stale }, { ...unchanged, meaning: quiet.meaning }, redact),
    ],
    ['overridden-plan.txt', planText(afterOverrides, redact)],
    ['overridden-summary.md', planMarkdown(afterOverrides, redact)],
    ['stale-drift.md', driftIssue(nothing, stale, stale.syncPage, 'en', redact).body],
    ['live.md', liveMarkdown(done, merged, pages, redact)],
    ['stopped.md', liveMarkdown(cut, merged, pages, redact)],
    ['held.md', liveMarkdown({ ...done, held }, merged, pages, redact)],
    ['refused.md', liveMarkdown(refused, merged, pages, redact)],
    ['refused-both.md', liveMarkdown(both, merged, pages, redact)],
    ['taken-over.md', liveMarkdown(takenOver, merged, pages, redact)],
    ['rollback.md', liveMarkdown(rolled, merged, pages, redact)],
    ['refused.txt', syncText(both, redact)],
    ['fingerprint.md', liveMarkdown({ ...refused, refused: 'fingerprint' }, merged, pages, redact)],
    ['not-live.md', liveMarkdown({ ...cut, stop: { reason: 'not-live' } }, merged, pages, redact)],
    ['wrong-files.md', wrongFilesMarkdown(wrong, 'en', pages, redact)],
    ['failed.md', failedMarkdown(denied, 'en', pages, redact)],
    ['skipped.md', skippedMarkdown('en', pages, redact)],
    ['live-quiet.md', liveMarkdown({ ...done, written: [] }, quiet, pages, redact)],
    ['not-waited.md', liveMarkdown({ ...done, liveAfterMs: null }, merged, pages, redact)],
    ['mistakes.md', mistakesComment(mistaken, compared, 'en', redact)],
    ['no-plan.md', noPlanComment(denied, compared, pages.run, 'en', redact)],
    [
      'blocked.md',
      blockedIssue(
        facts.blocked,
        { directory: made.after, today: moment.today, organization: 'example' },
        'en',
        redact,
      ).body,
    ],
    ['comment.fr.md', planComment(reviewed, facts, french, redact)],
    ['mistakes.fr.md', mistakesComment(mistaken, compared, 'fr', redact)],
    ['live.fr.md', liveMarkdown(done, { ...merged, language: 'fr' }, pages, redact)],
    ['refused.fr.md', liveMarkdown(refused, { ...merged, language: 'fr' }, pages, redact)],
    ['drift.fr.md', driftIssue(made, stale, stale.syncPage, 'fr', redact).body],
    ['expiring.md', expiryIssue(expiringSoon(made.after, '2027-06-15'), 'en', redact).body],
    ['expiring.fr.md', expiryIssue(expiringSoon(made.after, '2027-06-15'), 'fr', redact).body],
    ['held.txt', syncText({ ...done, held }, redact)],
    ['not-live.txt', syncText({ ...cut, written: made.changes, stop: { reason: 'not-live' } }, redact)],
    ['other-run.txt', syncText({ ...cut, stop: { reason: 'other-run' } }, redact)],
  ])('is golden/%s', async (name, text) => {
    await expect(text).toMatchFileSnapshot(`golden/${name}`);
  });
});
