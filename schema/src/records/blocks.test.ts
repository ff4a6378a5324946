import { expect, test } from 'vitest';
import { blockCounts, blockOf, contentFault, unblockedBefore } from './blocks.ts';
import type { BounceRow } from './bounceRow.ts';

const now = 1_762_000_000;
const hour = 3_600;
const row = (given: Partial<BounceRow>): BounceRow => ({
  destination: 'jane@home.example',
  createdAt: now - 1,
  validUntil: now + 1,
  type: 'bounce',
  bounceType: 'Permanent',
  ...given,
});
const soft = row({ bounceType: 'Transient', bounceSubType: 'MailboxFull' });

test.each<{ what: string; rows: BounceRow[]; count: number; transient: boolean }>([
  { what: 'nothing', rows: [], count: 0, transient: true },
  { what: 'a permanent bounce', rows: [row({})], count: 1, transient: false },
  {
    what: 'a suppressed address',
    rows: [row({ bounceSubType: 'OnAccountSuppressionList' })],
    count: 1,
    transient: false,
  },
  { what: 'an expired bounce', rows: [row({ validUntil: now })], count: 0, transient: true },
  { what: 'a complaint', rows: [row({ type: 'complaint', bounceType: 'x' })], count: 1, transient: false },
  {
    what: 'a report of what is no spam',
    rows: [row({ type: 'complaint', complaintFeedbackType: 'not-spam' })],
    count: 0,
    transient: true,
  },
  { what: 'two soft bounces', rows: [soft, soft], count: 0, transient: true },
  { what: 'three soft bounces', rows: [soft, soft, soft], count: 3, transient: true },
  {
    what: 'three out-of-office answers',
    rows: [1, 2, 3].map(() => row({ bounceType: 'Transient', bounceSubType: 'General' })),
    count: 0,
    transient: true,
  },
  ...['action', 'status', 'diagnosticCode'].map((name) => ({
    what: `three general failures with nothing but ${name}`,
    rows: [1, 2, 3].map(() => row({ bounceType: 'Transient', bounceSubType: 'General', [name]: '4.4.7' })),
    count: 3,
    transient: true,
  })),
  {
    what: 'three out-of-office answers with empty texts',
    rows: [1, 2, 3].map(() =>
      row({
        bounceType: 'Transient',
        bounceSubType: 'General',
        action: '',
        status: '',
        diagnosticCode: '',
      }),
    ),
    count: 0,
    transient: true,
  },
  {
    what: 'three refusals of what anybody can write',
    rows: [1, 2, 3].map(() => ({ ...soft, bounceSubType: 'AttachmentRejected' })),
    count: 0,
    transient: true,
  },
  {
    what: 'a permanent refusal of what anybody can write',
    rows: [row({ status: '5.6.1' })],
    count: 0,
    transient: true,
  },
  { what: 'soft and permanent ones', rows: [soft, row({}), soft], count: 1, transient: false },
  {
    what: 'a permanent one beside three soft ones',
    rows: [soft, soft, row({}), soft],
    count: 4,
    transient: false,
  },
  {
    what: 'a row of another tool without a type',
    rows: [{ destination: 'd', createdAt: 1 }],
    count: 1,
    transient: false,
  },
])('counts $count for $what', ({ rows, count, transient }) => {
  expect(blockOf(rows, now, 3)).toMatchObject({ count, transient });
});

const again = row({ unblockedAt: now - 9 });

test.each<[string, readonly BounceRow[], number | undefined]>([
  ['nothing', [], undefined],
  ['a first block', [row({})], undefined],
  ['a block after it was unblocked', [again], now - 9],
  ['several', [row({}), again, row({ unblockedAt: now - 20 })], now - 9],
  ['one that has ended', [{ ...again, validUntil: now }], undefined],
  ['one soft bounce since', [{ ...soft, unblockedAt: now - 9 }], undefined],
])('sees of %s whether a destination blocked itself again', (_, rows, expected) => {
  expect(unblockedBefore(rows, now, 3)).toBe(expected);
});

test('counts each destination of a table', () => {
  const rows = [row({}), row({ destination: 'john@home.example', validUntil: 1 })];
  expect([...blockCounts(rows, now, 3)]).toEqual([
    ['jane@home.example', 1],
    ['john@home.example', 0],
  ]);
});

test.each([
  ['a row without an end', [{ destination: 'd', createdAt: 1 }], Number.POSITIVE_INFINITY],
  [
    'the last of those that count',
    [row({ validUntil: now + 5 }), row({ validUntil: now + 9 }), soft],
    now + 9,
  ],
  [
    'what lasts longer than soft ones',
    [soft, soft, soft, row({ validUntil: now + 20 * hour })],
    now + 20 * hour,
  ],
  ['the time that soft ones have', [soft, soft, soft, row({})], now - 1 + 16 * hour],
  ['nothing', [], 0],
])('blocks until the end of %s', (_, rows, until) => {
  expect(blockOf(rows, now, 3).until).toBe(until);
});

/** Soft bounces so many hours ago. */
const softAt = (...hours: readonly number[]) =>
  hours.map((ago) => ({ ...soft, createdAt: now - ago * hour, validUntil: now + 30 * 24 * hour }));

test.each<{ what: string; rows: readonly BounceRow[]; limit?: number; until: number }>([
  { what: 'three at once', rows: softAt(0, 0, 0), until: 16 },
  { what: 'three in a day', rows: softAt(23.9, 12, 0), until: 16 },
  { what: 'three in more than a day', rows: softAt(24, 12, 0), until: 0 },
  { what: 'three whose block is over', rows: softAt(16, 16, 16), until: 0 },
  { what: 'three whose block is about to be over', rows: softAt(15.9, 15.9, 15.9), until: 0.1 },
  { what: 'late reports about what was sent before the block', rows: softAt(14, 14, 14, 2, 1, 0), until: 2 },
  { what: 'late reports, after the block', rows: softAt(17, 17, 17, 3, 2, 1), until: 0 },
  { what: 'two after a block', rows: softAt(20, 20, 20, 1, 0), until: 0 },
  { what: 'three after a block', rows: softAt(20, 20, 20, 2, 1, 0), until: 16 },
  { what: 'one, where one is enough', rows: softAt(1), limit: 1, until: 15 },
])('has soft bounces block for less than the time of trying: $what', ({ rows, limit = 3, until }) => {
  const block = blockOf(rows, now, limit);
  expect(block.transient).toBe(true);
  expect(block.count > 0).toBe(until > 0);
  if (until > 0) expect(block.until).toBeCloseTo(now + until * hour, 3);
  for (const age of [20, 24, 48]) expect(blockOf(rows, now + age * hour, limit).count).toBe(0);
});

type Weight = 'hard' | 'soft' | 'none';

/** How many of the same make a block that lasts, or one that passes. */
function weightOf(one: BounceRow): Weight {
  if (blockOf([one], now, 3).count > 0) return 'hard';
  return blockOf([one, one, one], now, 3).count > 0 ? 'soft' : 'none';
}

type Kind = readonly [type: string | undefined, subType: string | undefined, status: string | undefined];

/** Each subtype with each status, where '' stands for none. */
function each(
  weight: Weight,
  type: string | undefined,
  subTypes: readonly string[],
  statuses: readonly string[],
): [...Kind, Weight][] {
  return subTypes.flatMap((subType) =>
    statuses.map((status): [...Kind, Weight] => [type, subType || undefined, status || undefined, weight]),
  );
}

const about = ['NoEmail', 'Suppressed', 'OnAccountSuppressionList'];
const holds = ['MessageTooLarge', 'ContentRejected', 'AttachmentRejected'];
const noMailbox = ['5.1.0', '5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.2.1'];
/** Of rules, loads and routes; 5.1.7 and 5.1.8 are a bad sender, which is ours. */
const others = [
  '5.0.0',
  '5.1.7',
  '5.1.8',
  '5.2.0',
  '5.2.2',
  '5.2.10',
  '5.3.0',
  '5.4.4',
  '5.5.0',
  '5.7.1',
  '5.7.26',
];
const ofOneMail = ['5.4.6', '5.6.0', '5.6.1', '5.3.4', '5.2.3'];

test.each([
  ...each('hard', undefined, [''], ['', ...noMailbox]),
  ...each('hard', 'Permanent', [''], ['', ...noMailbox]),
  ...each('hard', 'Permanent', about, ['', ...noMailbox, ...others]),
  ...each('hard', 'Permanent', ['General'], noMailbox),
  ...each('soft', 'Permanent', ['General'], ['', '4.1.1', ...others]),
  ...each('none', 'Permanent', ['', 'General'], ofOneMail),
  ...each('none', 'Permanent', holds, ['', ...noMailbox, ...others, ...ofOneMail]),
  ...each(
    'soft',
    'Transient',
    ['MailboxFull', 'CustomTimeoutExceeded'],
    ['', '4.2.2', '5.2.2', ...noMailbox],
  ),
  ...each('soft', 'Transient', ['General'], ['4.0.0', '4.2.2', '4.4.7', ...noMailbox]),
  // An out-of-office answer.
  ...each('none', 'Transient', ['General'], ['']),
  ...each(
    'none',
    'Transient',
    ['General', 'MailboxFull'],
    ['4.7.1', '5.7.1', '4.4.6', '4.3.4', ...ofOneMail],
  ),
  ...each('none', 'Transient', holds, ['', '4.0.0', ...noMailbox, ...others, ...ofOneMail]),
  ...each('soft', 'Undetermined', ['', 'Undetermined'], ['', '4.0.0', ...noMailbox, ...others]),
  ...each('none', 'Undetermined', ['Undetermined'], ofOneMail),
  ...each('soft', 'Unheard', about, ['', ...noMailbox]),
])('weighs a bounce %s/%s with the status %s: %s', (bounceType, bounceSubType, status, weight) => {
  expect(
    weightOf({
      destination: 'jane@home.example',
      createdAt: now - 1,
      validUntil: now + 30 * 24 * hour,
      type: 'bounce',
      ...(bounceType === undefined ? {} : { bounceType }),
      ...(bounceSubType === undefined ? {} : { bounceSubType }),
      ...(status === undefined ? {} : { status }),
    }),
  ).toBe(weight);
});

const transient = { bounceType: 'Transient', bounceSubType: 'General' };

test.each<[Partial<BounceRow>, ReturnType<typeof contentFault>]>([
  [{ bounceSubType: 'AttachmentRejected' }, 'attachment'],
  [{ bounceSubType: 'ContentRejected' }, 'content'],
  [{ bounceSubType: 'MessageTooLarge' }, 'too-large'],
  [{ status: '5.6.1' }, 'content'],
  [{ status: '4.3.4' }, 'too-large'],
  [{ status: '5.3.40' }, undefined],
  [{ status: '5.2.3' }, 'too-large'],
  [{ status: '5.2.2' }, undefined],
  [{ ...transient, status: '5.7.1' }, 'policy'],
  [{ ...transient, diagnosticCode: 'smtp; 550-5.7.1 [192.0.2.1] Unsolicited' }, 'policy'],
  [{ ...transient, status: '5.0.0', diagnosticCode: 'smtp; 552 5.3.4 Too big' }, 'too-large'],
  [{ ...transient, diagnosticCode: 'smtp; 450 from 192.5.7.1' }, undefined],
  [{ ...transient, status: '4.4.7' }, undefined],
  [{ bounceType: 'Permanent', status: '5.7.1' }, undefined],
  [{ status: '5.4.6' }, 'loop'],
  [{ ...transient, status: '4.4.6' }, 'loop'],
  [{ diagnosticCode: 'smtp; 554 5.4.14 Hop count exceeded' }, undefined],
])('reads %j as a refusal of the mail for %s', (given, fault) => {
  expect(contentFault(given)).toBe(fault);
});
