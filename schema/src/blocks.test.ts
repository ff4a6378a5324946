import { expect, test } from 'vitest';
import { type BounceRow, blockCounts, blockOf } from './blocks.ts';

const now = 1_000_000;
const row = (given: Partial<BounceRow>): BounceRow => ({
  destination: 'jane@home.example',
  createdAt: 1,
  validUntil: now + 1,
  type: 'bounce',
  bounceType: 'Permanent',
  ...given,
});
const soft = row({ bounceType: 'Transient', bounceSubType: 'MailboxFull' });

test.each<{ what: string; rows: BounceRow[]; count: number; passing: boolean }>([
  { what: 'nothing', rows: [], count: 0, passing: true },
  { what: 'a permanent bounce', rows: [row({})], count: 1, passing: false },
  {
    what: 'a suppressed address',
    rows: [row({ bounceSubType: 'OnAccountSuppressionList' })],
    count: 1,
    passing: false,
  },
  { what: 'an expired bounce', rows: [row({ validUntil: now })], count: 0, passing: true },
  { what: 'a complaint', rows: [row({ type: 'complaint', bounceType: 'x' })], count: 1, passing: false },
  {
    what: 'a report of what is no spam',
    rows: [row({ type: 'complaint', complaintFeedbackType: 'not-spam' })],
    count: 0,
    passing: true,
  },
  { what: 'two soft bounces', rows: [soft, soft], count: 0, passing: true },
  { what: 'three soft bounces', rows: [soft, soft, soft], count: 3, passing: true },
  {
    what: 'three out-of-office answers',
    rows: [1, 2, 3].map(() => row({ bounceType: 'Transient', bounceSubType: 'General' })),
    count: 0,
    passing: true,
  },
  { what: 'soft and permanent ones', rows: [soft, row({}), soft], count: 1, passing: false },
  {
    what: 'a row of another tool without a type',
    rows: [{ destination: 'd', createdAt: 1 }],
    count: 1,
    passing: false,
  },
])('counts $count for $what', ({ rows, count, passing }) => {
  expect(blockOf(rows, now, 3)).toMatchObject({ count, passing });
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
  ['nothing', [], 0],
])('blocks until the end of %s', (_, rows, until) => {
  expect(blockOf(rows, now, 3).until).toBe(until);
});
