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

test.each<[string, unknown, unknown]>([
  ['a plain address', { emailAddress: 'Jane@Home.example' }, 'jane@home.example'],
  ['white space around it', { emailAddress: ' jane@home.example ' }, 'jane@home.example'],
  ['a name before it', { emailAddress: 'Jane <jane@home.example> ' }, 'jane@home.example'],
  ['a name that looks like one', { emailAddress: '<a@b.example> <jane@home.example>' }, 'jane@home.example'],
  ['text behind it', { emailAddress: '<jane@home.example> (gone)' }, undefined],
  ['nothing', {}, undefined],
  ['no text', { emailAddress: 7 }, undefined],
  ['no object', 'jane@home.example', undefined],
  ['null', null, undefined],
])('reads of a recipient with %s its address, or leaves it out', (_, recipient, destination) => {
  const message = {
    notificationType: 'Bounce',
    mail,
    bounce: { bounceType: 'Permanent', timestamp, bouncedRecipients: [recipient] },
  };
  const rows = readNotification(JSON.stringify(message))?.rows;
  expect(rows?.map((row) => row.destination)).toEqual(destination === undefined ? [] : [destination]);
});

test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  ['no time', {}, { createdAt: 0, validUntil: 30 * day }],
  ['a time that is none', { timestamp: 'soon' }, { createdAt: 0, validUntil: 30 * day }],
  ['no text for a time', { timestamp: 7 }, { createdAt: 0, validUntil: 30 * day }],
  [
    'a time between two seconds',
    { timestamp: '1970-01-01T00:00:01.900Z' },
    { createdAt: 1_900, validUntil: 1 + 30 * day },
  ],
  ['no kind', { bounceType: undefined }, { bounceType: 'Undetermined', validUntil: 30 * day }],
  ['a detail that is no text', { bounceSubType: 7, feedbackId: null }, { bounceType: 'Permanent' }],
])('reads a bounce with %s', (_, given, expected) => {
  const own = { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: 'a@x.example' }], ...given };
  const [row] = readNotification(JSON.stringify({ eventType: 'Bounce', mail, bounce: own }))?.rows ?? [];
  expect(row).toStrictEqual({
    destination: 'a@x.example',
    type: 'bounce',
    bounceType: 'Permanent',
    createdAt: 0,
    validUntil: 30 * day,
    ...expected,
  });
});

test('reads all that a report says of a recipient, and of a complaint', () => {
  const details = { action: 'failed', status: '5.1.1', diagnosticCode: 'smtp; 550 no such user' };
  const own = {
    bounceType: 'Permanent',
    timestamp,
    bouncedRecipients: [{ emailAddress: 'a@x.example', ...details }],
  };
  expect(readNotification(JSON.stringify({ eventType: 'Bounce', mail, bounce: own }))?.rows[0]).toStrictEqual(
    {
      destination: 'a@x.example',
      createdAt,
      validUntil: createdAt / 1_000 + 30 * day,
      type: 'bounce',
      bounceType: 'Permanent',
      ...details,
    },
  );
  const complaint = {
    timestamp,
    feedbackId: 'f',
    userAgent: 'agent',
    complaintFeedbackType: 'abuse',
    arrivalDate: timestamp,
  };
  const message = {
    notificationType: 'Complaint',
    mail,
    complaint: { ...complaint, complainedRecipients: [{ emailAddress: 'a@x.example' }] },
  };
  const { timestamp: _, ...texts } = complaint;
  expect(readNotification(JSON.stringify(message))?.rows[0]).toStrictEqual({
    destination: 'a@x.example',
    createdAt,
    validUntil: createdAt / 1_000 + 730 * day,
    type: 'complaint',
    ...texts,
  });
});

test.each([
  ['no mail', {}],
  ['no id of its mail', { mail: {} }],
  ['an id that is no text', { mail: { messageId: 7 } }],
])('reads a report with %s, of which no mail is known', (_, given) => {
  for (const recipients of [undefined, 'a@x.example', {}]) {
    const message = { ...given, eventType: 'Complaint', complaint: { complainedRecipients: recipients } };
    expect(readNotification(JSON.stringify(message))).toEqual({
      kind: 'complaint',
      sesMessageId: '',
      rows: [],
    });
  }
});

test.each([
  '{"notificationType":"Complaint"}',
  '{"notificationType":"Complaint","bounce":{}}',
  '{"notificationType":"Bounce","complaint":{}}',
  '{"notificationType":"Delivery","bounce":{},"complaint":{}}',
  '{"eventType":7,"bounce":{}}',
  '{"eventType":"Bounce","bounce":"text"}',
  '{"eventType":"Bounce","bounce":null}',
  '{"bounce":{},"complaint":{}}',
  '7',
])('takes %j for no notification, since its kind and its report must agree', (message) => {
  expect(readNotification(message)).toBeUndefined();
});

test.each(['', '{', 'null', '[]', '{"notificationType":"Delivery"}', '{"notificationType":"Bounce"}'])(
  'takes %j for no notification',
  (message) => {
    expect(readNotification(message)).toBeUndefined();
  },
);
