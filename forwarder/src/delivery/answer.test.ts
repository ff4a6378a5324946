import { expect, test } from 'vitest';
import type { Language } from '../../../schema/src/messages/message.ts';
import type { Address } from '../../../schema/src/text/address.ts';
import { milliseconds, seconds } from '../../../schema/src/text/time.ts';
import type { BounceCause, BounceReport } from '../mail/bounce.ts';
import { headroom } from '../mail/message.ts';
import { closeDeliveries, giveAnswer, undeliveredRecipients } from './answer.ts';
import { fakeAnswers, fakeDelivery, fakeEntry, fakeLedger, fakeTelemetry } from './delivery.fake.ts';
import { type DueAnswer, type DueEntry, type Entry, type Envelope, firstAnswer } from './ledger.ts';

const now = 1_762_077_600;
const verdict = 'PASS';
const envelope: Envelope = {
  messageId: 'mail',
  sender: 'ann@sender.example',
  receivedAt: seconds(now),
  verdicts: { spam: verdict, virus: verdict, spf: verdict, dkim: verdict, dmarc: verdict },
  answerable: true,
};

interface Given {
  readonly header?: string;
  readonly fetchError?: Error;
  readonly bounceError?: Error;
  readonly language?: Language;
  /** Whether SES refuses letters beyond ASCII. */
  readonly takesAscii?: boolean;
  readonly later?: number;
  readonly cause?: BounceCause;
  /** Answers of the hour before this one. */
  readonly given?: number;
}

async function give({
  header = 'From: ann@sender.example\r\n',
  fetchError,
  bounceError,
  later = 0,
  cause = 'unknown',
  given = 0,
  language = 'en',
  takesAscii = false,
}: Given) {
  const answers = fakeAnswers();
  for (let count = 0; count < given; count += 1) await answers.allow(seconds(now + later), given);
  const ledger = fakeLedger();
  const answer = await ledger.owe(envelope, [{ recipient: 'gone@example.com', cause }], seconds(now));
  if (answer.state !== 'due') throw new Error('An answer that is owed is due.');
  const reports: BounceReport[] = [];
  const telemetry = fakeTelemetry();
  const ports = {
    ledger,
    answers,
    policy: { language: async () => language },
    telemetry,
    clock: () => milliseconds((now + later) * 1_000),
    bucket: {
      fetch: async () => {
        if (fetchError !== undefined) throw fetchError;
        return { buffer: Buffer.concat([Buffer.alloc(headroom), Buffer.from(`${header}\r\nHi`)]) };
      },
    },
    bouncer: {
      bounce: async (_: string, report: BounceReport) => {
        if (bounceError !== undefined) throw bounceError;
        if (takesAscii && /[^ -~\n]/.test(report.explanation)) throw named('InvalidParameterValue');
        reports.push(report);
      },
    },
  };
  await giveAnswer(answer, ports, seconds(now + later), late);
  const dropped = telemetry.counts.get('answer-dropped');
  return { reports, row: ledger.rows[0], dropped, withheld: telemetry.counts.get('answer-withheld') };
}

const late = milliseconds(Number.POSITIVE_INFINITY);
const named = (name: string) => Object.assign(new Error('for gone@example.com'), { name });

test.each([
  { what: 'a person', given: {}, reports: 1, row: { state: 'bounced', told: 1 } },
  {
    what: 'a program that says so where the event is cut',
    given: { header: `${'X-Long: x\r\n'.repeat(2_000)}Auto-Submitted: auto-replied\r\n` },
    reports: 0,
    row: { state: 'dropped', reason: 'automatic' },
  },
  {
    what: 'a person whose mail is gone',
    given: { fetchError: named('NoSuchKey') },
    reports: 1,
    row: { state: 'bounced' },
  },
  {
    what: 'nobody while the bucket does not answer',
    given: { fetchError: named('SlowDown') },
    reports: 0,
    row: { state: 'due' },
  },
  {
    what: 'nobody while SES asks to wait',
    given: { bounceError: named('Throttling') },
    reports: 0,
    row: { state: 'due', reason: 'Throttling', attempts: 1, postponed: 1, nextAttemptAt: now + 10 },
  },
  {
    what: 'nobody when SES refuses',
    given: { bounceError: named('MessageRejected') },
    reports: 0,
    row: { state: 'dropped', reason: 'MessageRejected' },
  },
  {
    what: 'a person until a day has passed',
    given: { later: 86_399 },
    reports: 1,
    row: { state: 'bounced' },
  },
  {
    what: 'nobody a day later',
    given: { later: 86_400 },
    reports: 0,
    row: { state: 'dropped', reason: 'too late' },
  },
])('answers $what', async ({ given, reports, row }) => {
  const outcome = await give(given);
  expect(outcome.reports).toHaveLength(reports);
  expect(outcome.row).toMatchObject(row);
  expect(outcome.withheld).toBe(row.state === 'dropped' ? 1 : undefined);
});

test.each([
  ['in English', {}, /^gone@example\.com: there/],
  [
    'in French and English',
    { language: 'fr' },
    /^gone@example\.com\u00a0: cette [\s\S]*\ngone@example\.com: there/,
  ],
  ['in English where SES refuses French', { language: 'fr', takesAscii: true }, /^gone@example\.com: there/],
] as const)('tells the sender %s', async (_, given, expected) => {
  const { reports, row } = await give(given);
  expect(reports.map(({ explanation }) => explanation)).toEqual([expect.stringMatching(expected)]);
  expect(row).toMatchObject({ state: 'bounced', told: 1 });
});

test.each([
  ['the mail', named('MessageRejected'), 'dropped'],
  ['everything for a while', named('Throttling'), 'due'],
])('answers nothing, in no language, where SES refuses %s', async (_, bounceError, state) => {
  const { reports, row } = await give({ language: 'fr', bounceError });
  expect(reports).toEqual([]);
  expect(row).toMatchObject({ state });
});

test.each([
  ['answers the two hundredth sender in an hour', 'unknown', 199, true],
  ['drops the answer to the next one', 'unknown', 200, false],
  ['answers for mail to a member all the same', 'expired', 200, true],
] as const)('%s', async (_, cause, given, isAnswered) => {
  const { reports, row, dropped } = await give({ cause, given });
  expect(reports).toHaveLength(isAnswered ? 1 : 0);
  expect(row).toMatchObject(isAnswered ? { state: 'bounced' } : { state: 'dropped', reason: 'too many' });
  expect(dropped).toBe(isAnswered ? undefined : 1);
});

const recipient = 'board@example.com';
const entry = (name: string, given: Partial<Entry>) =>
  ({
    messageId: 'mail',
    sender: 'ann@sender.example',
    receivedAt: 1,
    verdicts: { spam: 'PASS', virus: 'PASS', spf: 'PASS', dkim: 'PASS', dmarc: 'PASS' },
    answerable: true,
    destination: `${name}@home.example` as Address,
    alias: recipient as Address,
    recipient,
    recipients: [recipient],
    state: 'bounced',
    attempts: 1,
    since: 1,
    ...given,
  }) as Entry;

test.each<{ what: string; other: Partial<Entry>; isLost: boolean }>([
  { what: 'bounced', other: { state: 'bounced' }, isLost: true },
  { what: 'was given up', other: { state: 'given-up' }, isLost: true },
  { what: 'has the mail', other: { state: 'sent' }, isLost: false },
  { what: 'may get it yet', other: { state: 'due' }, isLost: false },
  { what: 'has it attached to a notice', other: { state: 'fallback' }, isLost: false },
  {
    what: 'has a notice without it',
    other: { state: 'fallback', unattachable: 'attachment' },
    isLost: true,
  },
  {
    what: 'waits for a notice without it',
    other: { state: 'due', unattachable: 'attachment' },
    isLost: false,
  },
])('takes a recipient for lost or not where the last destination $what', ({ other, isLost }) => {
  const rows = [entry('jane', {}), entry('john', other)];
  expect(undeliveredRecipients(rows)).toEqual(isLost ? [recipient] : []);
  expect(undeliveredRecipients(rows, new Set(['john@home.example']))).toEqual([recipient]);
});

const owed = { destination: '#bounce', refusals: [{ recipient, cause: 'expired' }] };

test.each<{ what: string; answerable: boolean; other: Partial<Entry>; rows: object[] }>([
  { what: 'everybody is lost', answerable: true, other: {}, rows: [owed] },
  { what: 'the sender may not be told', answerable: false, other: {}, rows: [] },
  { what: 'somebody else has the mail', answerable: true, other: { state: 'sent' }, rows: [] },
  {
    what: 'somebody else has it, and the sender may not be told',
    answerable: false,
    other: { state: 'sent' },
    rows: [],
  },
])(
  'closes what is given up, and owes an answer or none, where $what',
  async ({ answerable, other, rows }) => {
    const ledger = fakeLedger();
    const due = { ...entry('jane', { state: 'due', answerable }), nextAttemptAt: 1 } as DueEntry;
    await ledger.open([due, entry('john', { ...other, answerable })]);
    await closeDeliveries(
      ledger,
      [due],
      { state: 'given-up', cause: 'expired', reason: 'too long' },
      seconds(2),
    );
    expect(ledger.rows).toMatchObject([{ state: 'given-up', reason: 'too long' }, {}, ...rows]);
    expect(ledger.rows).toHaveLength(2 + rows.length);
  },
);

test.each(['given-up', 'bounced'] as const)(
  'tells the sender where the last other destination bounces while one is closed as %s',
  async (state) => {
    const ledger = fakeLedger();
    const due: DueEntry = { ...fakeEntry('jane@home.example', now), recipients: [recipient] };
    const other = fakeEntry('john@home.example', now, { recipients: [recipient] });
    await ledger.open([due, other]);
    await ledger.close(other, { state: 'sent', sesMessageId: 'ses' }, seconds(now));
    const closing = { state, cause: 'expired', reason: 'too long' } as const;
    const racing = {
      ...ledger,
      close: async (...given: Parameters<typeof ledger.close>) => {
        await ledger.bounce(other, 'bounced later');
        return ledger.close(...given);
      },
    };
    await closeDeliveries(racing, [due], closing, seconds(now));
    expect(ledger.rows.at(-1)).toMatchObject({ refusals: [{ recipient, cause: 'expired' }] });
  },
);

async function owing(given: Partial<DueAnswer> = {}) {
  const world = fakeDelivery({ now: now * 1_000 });
  const refusals = [{ recipient: 'gone@example.com', cause: 'unknown' }] as const;
  const answer = { ...firstAnswer(envelope, refusals, seconds(now)), ...given };
  await world.ledger.open([answer]);
  return { ...world, answer };
}

test('has the answer for the time until the next attempt, where SES may have taken it', async () => {
  const { ports, answer, ledger, telemetry } = await owing({ attempts: 2 });
  const bounce = async () => {
    throw named('TimeoutError');
  };
  await giveAnswer(answer, { ...ports, bouncer: { bounce } }, seconds(now), late);
  expect(ledger.rows).toStrictEqual([{ ...answer, attempts: 3, nextAttemptAt: now + 1_200 }]);
  expect(telemetry.lines).toEqual([]);
  expect(telemetry.counts.size).toBe(0);
});

test('counts an answer, and leaves one alone that somebody else is giving', async () => {
  const { ports, answer, answered, telemetry } = await owing();
  await giveAnswer({ ...answer, attempts: 1 }, ports, seconds(now), late);
  expect(answered).toEqual([]);
  await giveAnswer(answer, ports, seconds(now), late);
  expect(answered).toEqual(['gone@example.com']);
  expect(telemetry.counts.get('answered')).toBe(1);
});

test('says which answer SES refuses, and why, without an address', async () => {
  const { ports, answer, telemetry } = await owing();
  const bounce = async () => {
    throw named('MessageRejected');
  };
  await giveAnswer(answer, { ...ports, bouncer: { bounce } }, seconds(now), late);
  expect(telemetry.lines).toEqual([
    'SES refuses the answer to a sender {"messageId":"mail","reason":"MessageRejected"}',
  ]);
});

test.each([
  ['begins at the deadline', 0, ['gone@example.com'], { state: 'bounced', attempts: 1 }],
  ['is left for later after it', 1, [], { state: 'due', attempts: 1, postponed: 1, nextAttemptAt: now }],
])('an answer %s', async (_, passed, expected, row) => {
  const { ports, answer, answered, clock, ledger } = await owing();
  const language = async () => {
    clock.now += passed;
    return 'en' as const;
  };
  await giveAnswer(answer, { ...ports, policy: { language } }, seconds(now), milliseconds(now * 1_000));
  expect(answered).toEqual(expected);
  expect(ledger.rows).toMatchObject([row]);
});

test('takes no recipient for lost whom another destination serves', () => {
  const rows = [entry('jane', {}), entry('john', { state: 'sent', recipients: ['team@example.com'] })];
  expect(undeliveredRecipients(rows)).toEqual([recipient]);
});

test('closes nothing, and owes nothing, where nothing ends', async () => {
  const { ledger } = await owing();
  const before = ledger.rows;
  await closeDeliveries(ledger, [], { state: 'given-up', cause: 'expired', reason: 'x' }, seconds(now));
  expect(ledger.rows).toEqual(before);
});
