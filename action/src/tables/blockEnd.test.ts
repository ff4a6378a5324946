import { expect, it } from 'vitest';
import { blockEnd } from './blockEnd.ts';

const soft = { type: 'bounce', bounceType: 'Transient', bounceSubType: 'MailboxFull', validUntil: 200 };

it.each([
  ['nothing', [], undefined],
  ['a permanent bounce', [{ type: 'bounce', bounceType: 'Permanent', validUntil: 300 }], 300],
  ['a row that has ended', [{ type: 'bounce', bounceType: 'Permanent', validUntil: 99 }], undefined],
  ['a complaint', [{ type: 'complaint', validUntil: 400 }], 400],
  [
    'a report that it is no spam',
    [{ type: 'complaint', complaintFeedbackType: 'not-spam', validUntil: 400 }],
    undefined,
  ],
  ['an out-of-office answer', [{ ...soft, bounceSubType: 'General' }], undefined],
  ['two passing bounces', [soft, soft], undefined],
  ['three passing bounces', [soft, soft, { ...soft, validUntil: 250 }], 250],
])('judges %s', (_, rows, end) => {
  expect(blockEnd(rows, 100)).toBe(end);
});
