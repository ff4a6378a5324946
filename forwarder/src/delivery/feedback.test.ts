import { expect, test } from 'vitest';
import type { BounceRow } from '../../../schema/src/records/bounceRow.ts';
import type { Address } from '../../../schema/src/text/address.ts';
import { milliseconds, seconds } from '../../../schema/src/text/time.ts';
import { fakeLedger, fakeTelemetry } from './delivery.fake.ts';
import { NotMarkedYet, takeFeedback } from './feedback.ts';
import type { Entry } from './ledger.ts';
import type { Notification } from './notification.ts';

const now = milliseconds(Date.parse('2026-11-02T10:00:00Z'));
const recipient = 'board@example.com';

const sent = (name: string, given: Partial<Entry> = {}) =>
  ({
    messageId: 'mail',
    sender: 'ann@sender.example',
    receivedAt: now / 1_000,
    verdicts: { spam: 'PASS', virus: 'PASS', spf: 'PASS', dkim: 'PASS', dmarc: 'PASS' },
    answerable: true,
    destination: `${name}@home.example` as Address,
    alias: recipient as Address,
    recipient,
    recipients: [recipient],
    state: 'sent',
    sesMessageId: `ses-${name}`,
    attempts: 1,
    since: now / 1_000,
    expiresAt: now / 1_000 + 86_400,
    ...given,
  }) as Entry;

const row = (given: Partial<BounceRow>): BounceRow => ({
  destination: 'jane@home.example',
  createdAt: now / 1_000,
  validUntil: now / 1_000 + 86_400,
  type: 'bounce',
  ...given,
});
const failure = row({ bounceType: 'Permanent', bounceSubType: 'General' });
const outOfOffice = row({ bounceType: 'Transient', bounceSubType: 'General' });
const attachment = row({ bounceType: 'Transient', bounceSubType: 'AttachmentRejected' });
const tooLarge = row({ bounceType: 'Transient', bounceSubType: 'MessageTooLarge' });
const content = row({ bounceType: 'Transient', bounceSubType: 'ContentRejected' });

/** What SES reports of the mail to Jane. */
const notification = (
  kind: Notification['kind'],
  rows: readonly BounceRow[],
  createdAt: number = now / 1_000,
): Notification => ({
  kind,
  sesMessageId: 'ses-jane',
  report: { createdAt },
  recipients: rows.map(({ destination, ...row }) => ({ ...row, named: destination as Address })),
});

interface Case {
  readonly what: string;
  readonly rows: readonly BounceRow[];
  readonly own?: Partial<Entry>;
  readonly others?: readonly Entry[];
  readonly becomes: object;
  /** What the sender is told; nothing where it is missing. */
  readonly cause?: string;
}

test.each<Case>([
  { what: 'a failure', rows: [failure], becomes: { state: 'bounced' }, cause: 'undeliverable' },
  {
    what: 'a failure of a mail whose sender may not be told',
    rows: [failure],
    own: { answerable: false },
    becomes: { state: 'bounced' },
  },
  {
    what: 'a failure of a mail that another destination has',
    rows: [failure],
    others: [sent('john')],
    becomes: { state: 'bounced' },
  },
  { what: 'a report that names nobody', rows: [], becomes: { state: 'bounced' }, cause: 'undeliverable' },
  { what: 'an out-of-office answer', rows: [outOfOffice], becomes: { state: 'sent' } },
  {
    what: 'a failure beside an out-of-office answer',
    rows: [outOfOffice, failure],
    becomes: { state: 'bounced' },
    cause: 'undeliverable',
  },
  {
    what: 'a refused attachment',
    rows: [attachment],
    becomes: { state: 'due', unattachable: 'attachment' },
  },
  {
    what: 'a refused attachment behind an out-of-office answer',
    rows: [outOfOffice, attachment],
    becomes: { state: 'due', unattachable: 'attachment' },
  },
  { what: 'a mail too large', rows: [tooLarge], becomes: { state: 'due', unattachable: 'too-large' } },
  { what: 'refused content', rows: [content], becomes: { state: 'bounced' }, cause: 'content' },
  {
    what: 'a refused attachment of a notice',
    rows: [attachment],
    own: { state: 'fallback' },
    becomes: { state: 'bounced' },
    cause: 'content',
  },
])('takes $what for what it is', async ({ rows, own = {}, others = [], becomes, cause }) => {
  const ledger = fakeLedger();
  await ledger.open([sent('jane', own), ...others]);
  const kept: BounceRow[] = [];
  await takeFeedback(notification('bounce', rows), {
    ledger,
    bounces: { add: async (added) => void kept.push(added), of: async () => kept },
    telemetry: fakeTelemetry(),
    clock: () => now,
    pause: async () => undefined,
    senderLocalPart: 'forwarder-daemon',
  });
  expect(kept).toMatchObject([{ destination: 'jane@home.example' }]);
  const answers = cause === undefined ? [] : [{ destination: '#bounce', refusals: [{ recipient, cause }] }];
  expect(ledger.rows).toMatchObject([becomes, ...others, ...answers]);
});

/** What a report does where the index knows its mail only after so many looks. */
async function report(
  kind: 'bounce' | 'complaint',
  {
    looks,
    age = 0,
    at = now / 1_000,
    rows = [failure],
    source,
    own = {},
    before = [],
  }: {
    looks: number;
    age?: number;
    at?: number;
    rows?: readonly BounceRow[];
    source?: string;
    own?: Partial<Entry>;
    before?: readonly BounceRow[];
  },
) {
  const ledger = fakeLedger();
  await ledger.open([sent('jane', own)]);
  const left = { looks };
  const kept: BounceRow[] = [...before];
  const pauses: number[] = [];
  const telemetry = fakeTelemetry();
  await takeFeedback(
    { ...notification(kind, rows, at), ...(source === undefined ? {} : { source }) },
    {
      ledger: {
        ...ledger,
        bySesMessage: async (id) => {
          left.looks -= 1;
          return left.looks >= 0 ? undefined : ledger.bySesMessage(id);
        },
      },
      bounces: { add: async (added) => void kept.push(added), of: async () => kept },
      telemetry,
      clock: () => milliseconds(now + age),
      pause: async (time) => void pauses.push(time),
      senderLocalPart: 'forwarder-daemon',
    },
  );
  return { kept: kept.length, pauses, lines: telemetry.lines, state: ledger.rows[0]?.state };
}

const known = ['feedback {"kind":"bounce","recipients":1,"messageId":"mail"}'];
const unknown = ['feedback {"kind":"bounce","recipients":1}'];

test.each([
  { looks: 0, age: 0, pauses: [], state: 'bounced', lines: known },
  { looks: 1, age: 0, pauses: [500], state: 'bounced', lines: known },
  { looks: 2, age: 0, pauses: [500, 1_500], state: 'bounced', lines: known },
  { looks: 2, age: 90_000, pauses: [500, 1_500], state: 'bounced', lines: known },
  { looks: 3, age: 90_001, pauses: [], state: 'sent', lines: unknown },
])('looks for a mail again that the index has after $looks looks, $age ms later', async (given) => {
  const { looks, age, ...expected } = given;
  expect(await report('bounce', { looks, age })).toEqual({ kept: 1, ...expected });
});

test.each([0, 90_000])('has a bounce come again that nobody knows %i ms after it', async (age) => {
  await expect(report('bounce', { looks: 3, age })).rejects.toThrow(NotMarkedYet);
});

test.each([
  ['another sender of the account', 'news@example.com'],
  ['another sender at no domain', 'news'],
])('keeps a fresh bounce of %s, which no row will ever be about', async (_, source) => {
  expect(await report('bounce', { looks: 3, source })).toMatchObject({ kept: 1, lines: unknown });
});

test('waits for the row of a mail of ours', async () => {
  const source = 'forwarder-daemon@example.com';
  await expect(report('bounce', { looks: 3, source })).rejects.toThrow(NotMarkedYet);
});

test.each([
  ['the same', 'f', true],
  ['another', 'g', false],
  ['one without an id', undefined, false],
])('takes a bounce for a repeat where %s is kept', async (_, feedbackId, isRepeat) => {
  const before = [row(feedbackId === undefined ? {} : { feedbackId })];
  const repeated = report('bounce', { looks: 3, rows: [row({ ...failure, feedbackId: 'f' })], before });
  await (isRepeat
    ? expect(repeated).resolves.toMatchObject({ state: 'sent', lines: unknown })
    : expect(repeated).rejects.toThrow(NotMarkedYet));
});

test('looks once for the mail of an old report, or of one without a time', async () => {
  const old = now / 1_000 - 91;
  expect(await report('bounce', { looks: 3, at: old })).toMatchObject({ pauses: [] });
  expect(await report('bounce', { looks: 3, at: 0, rows: [] })).toMatchObject({ pauses: [] });
});

test.each([
  ['whose row has ended, and is still there', now / 1_000, 'sent'],
  ['whose row ends in a second', now / 1_000 + 1, 'bounced'],
])('takes a bounce of a mail %s', async (_, expiresAt, state) => {
  const at = now / 1_000 - 3_600;
  expect(await report('bounce', { looks: 0, at, own: { expiresAt: seconds(expiresAt) } })).toMatchObject({
    kept: 1,
    state,
  });
});

test('keeps a complaint about a mail that the ledger knows, and no other', async () => {
  const complaint = [row({ type: 'complaint' })];
  expect(await report('complaint', { looks: 0, rows: complaint })).toEqual({
    kept: 1,
    pauses: [],
    state: 'sent',
    lines: ['feedback {"kind":"complaint","recipients":1,"messageId":"mail"}'],
  });
  expect(await report('complaint', { looks: 3, rows: complaint })).toEqual({
    kept: 0,
    pauses: [500, 1_500],
    state: 'sent',
    lines: [
      'A complaint is about a mail that the ledger does not know {"recipients":1}',
      'feedback {"kind":"complaint","recipients":1}',
    ],
  });
});

test.each([
  ['a rule of its server', row({ bounceType: 'Transient', status: '5.7.1' }), 'undeliverable'],
  ['its size, as a notice', row({ bounceType: 'Permanent', bounceSubType: 'MessageTooLarge' }), 'too-large'],
])('tells the sender of a notice that is refused by %s', async (_, bounced, cause) => {
  const ledger = fakeLedger();
  await ledger.open([sent('jane', { state: 'fallback' })]);
  await takeFeedback(notification('bounce', [bounced]), {
    ledger,
    bounces: { add: async () => undefined, of: async () => [] },
    telemetry: fakeTelemetry(),
    clock: () => now,
    pause: async () => undefined,
    senderLocalPart: 'forwarder-daemon',
  });
  expect(ledger.rows).toMatchObject([{ state: 'bounced' }, { refusals: [{ recipient, cause }] }]);
});

test('tells the sender of the recipients alone that led to what bounced', async () => {
  const ledger = fakeLedger();
  const other = { state: 'bounced', recipients: ['team@example.com'] } as const;
  await ledger.open([sent('jane'), sent('john', other)]);
  await takeFeedback(notification('bounce', [failure]), {
    ledger,
    bounces: { add: async () => undefined, of: async () => [] },
    telemetry: fakeTelemetry(),
    clock: () => now,
    pause: async () => undefined,
    senderLocalPart: 'forwarder-daemon',
  });
  expect(ledger.rows.at(-1)).toMatchObject({ refusals: [{ recipient }] });
  expect(ledger.rows).toHaveLength(3);
});
