import { expect, test } from 'vitest';
import { type BounceRow, blockCounts, blockOf, contentFault } from './blocks.ts';

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
    what: 'a row of another tool without a type',
    rows: [{ destination: 'd', createdAt: 1 }],
    count: 1,
    transient: false,
  },
])('counts $count for $what', ({ rows, count, transient }) => {
  expect(blockOf(rows, now, 3)).toMatchObject({ count, transient });
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
])('reads %j as a refusal of the mail for %s', (given, fault) => {
  expect(contentFault({ destination: 'd', createdAt: 1, ...given })).toBe(fault);
});
