import { expect, test } from 'vitest';
import { readNotification } from './notification.ts';

const timestamp = '2026-11-02T10:00:00.000Z';
const createdAt = Date.parse(timestamp);
const day = 86_400;

const bounce = (bounceType: string, ...addresses: readonly string[]) => ({
  bounceType,
  bounceSubType: 'General',
  feedbackId: 'f',
  timestamp,
  bouncedRecipients: addresses.map((emailAddress) => ({ emailAddress, action: 'failed', status: '5.1.1' })),
});
const mail = { messageId: 'ses' };

test.each(['notificationType', 'eventType'])('reads a bounce whose kind is in %s', (name) => {
  const message = {
    [name]: 'Bounce',
    mail,
    bounce: bounce('Permanent', 'Jane <Jane@Home.example>', 'b@x.example'),
  };
  expect(readNotification(JSON.stringify(message))).toEqual({
    kind: 'bounce',
    sesMessageId: 'ses',
    rows: ['jane@home.example', 'b@x.example'].map((destination) => ({
      destination,
      createdAt,
      validUntil: createdAt / 1_000 + 30 * day,
      type: 'bounce',
      bounceType: 'Permanent',
      bounceSubType: 'General',
      feedbackId: 'f',
      action: 'failed',
      status: '5.1.1',
    })),
  });
});

test('keeps a transient bounce for a day, and a complaint for two years', () => {
  const transient = { notificationType: 'Bounce', mail, bounce: bounce('Transient', 'a@x.example') };
  expect(readNotification(JSON.stringify(transient))?.rows[0]?.validUntil).toBe(createdAt / 1_000 + day);
  const complaint = {
    eventType: 'Complaint',
    mail,
    complaint: {
      timestamp,
      feedbackId: 'f',
      complaintFeedbackType: 'abuse',
      complainedRecipients: [{ emailAddress: 'a@x.example' }],
    },
  };
  expect(readNotification(JSON.stringify(complaint))).toMatchObject({
    kind: 'complaint',
    rows: [{ type: 'complaint', complaintFeedbackType: 'abuse', validUntil: createdAt / 1_000 + 730 * day }],
  });
});

test.each(['', '{', 'null', '[]', '{"notificationType":"Delivery"}', '{"notificationType":"Bounce"}'])(
  'takes %j for no notification',
  (message) => {
    expect(readNotification(message)).toBeUndefined();
  },
);
