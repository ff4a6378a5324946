import { expect, test } from 'vitest';
import type { BounceRow } from '../../../schema/src/records/bounceRow.ts';
import { parseAddress } from '../../../schema/src/text/address.ts';
import { bounceRows, readNotification } from './notification.ts';

const timestamp = '2026-11-02T10:00:00.000Z';
const createdAt = Date.parse(timestamp) / 1_000;
const day = 86_400;

const bounce = (bounceType: string, ...addresses: readonly string[]) => ({
  bounceType,
  bounceSubType: 'General',
  feedbackId: 'f',
  timestamp,
  bouncedRecipients: addresses.map((emailAddress) => ({ emailAddress, action: 'failed', status: '5.1.1' })),
});
const mail = { messageId: 'ses' };

/** The rows of a notification as it names them. */
function rowsOf(message: object): BounceRow[] {
  const notification = readNotification(JSON.stringify(message));
  return notification === undefined ? [] : bounceRows(notification, undefined);
}

test.each(['notificationType', 'eventType'])('reads a bounce whose kind is in %s', (name) => {
  const message = {
    [name]: 'Bounce',
    mail,
    bounce: bounce('Permanent', 'Jane <Jane@Home.example>', 'b@x.example'),
  };
  expect(readNotification(JSON.stringify(message))).toMatchObject({ kind: 'bounce', sesMessageId: 'ses' });
  expect(rowsOf(message)).toEqual(
    ['jane@home.example', 'b@x.example'].map((destination) => ({
      destination,
      createdAt,
      validUntil: createdAt + 30 * day,
      type: 'bounce',
      bounceType: 'Permanent',
      bounceSubType: 'General',
      feedbackId: 'f',
      action: 'failed',
      status: '5.1.1',
    })),
  );
});

test('keeps a transient bounce for a day, and a complaint for two years', () => {
  const transient = { notificationType: 'Bounce', mail, bounce: bounce('Transient', 'a@x.example') };
  expect(rowsOf(transient)[0]?.validUntil).toBe(createdAt + day);
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
  expect(rowsOf(complaint)).toMatchObject([
    { type: 'complaint', complaintFeedbackType: 'abuse', validUntil: createdAt + 730 * day },
  ]);
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
  const rows = rowsOf(message);
  expect(rows.map((row) => row.destination)).toEqual(destination === undefined ? [] : [destination]);
});

test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  ['no time', {}, { createdAt: 0, validUntil: 30 * day }],
  ['a time that is none', { timestamp: 'soon' }, { createdAt: 0, validUntil: 30 * day }],
  ['no text for a time', { timestamp: 7 }, { createdAt: 0, validUntil: 30 * day }],
  [
    'a time between two seconds',
    { timestamp: '1970-01-01T00:00:01.900Z' },
    { createdAt: 1.9, validUntil: 1 + 30 * day },
  ],
  ['no kind', { bounceType: undefined }, { bounceType: 'Undetermined', validUntil: 30 * day }],
  ['a detail that is no text', { bounceSubType: 7, feedbackId: null }, { bounceType: 'Permanent' }],
])('reads a bounce with %s', (_, given, expected) => {
  const own = { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: 'a@x.example' }], ...given };
  const [row] = rowsOf({ eventType: 'Bounce', mail, bounce: own });
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
  expect(rowsOf({ eventType: 'Bounce', mail, bounce: own })[0]).toStrictEqual({
    destination: 'a@x.example',
    createdAt,
    validUntil: createdAt + 30 * day,
    type: 'bounce',
    bounceType: 'Permanent',
    ...details,
  });
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
  expect(rowsOf(message)[0]).toStrictEqual({
    destination: 'a@x.example',
    createdAt,
    validUntil: createdAt + 730 * day,
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
    expect(readNotification(JSON.stringify(message))).toMatchObject({
      kind: 'complaint',
      sesMessageId: '',
      recipients: [],
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

const jane = parseAddress('jane@home.example').value;

test.each<{ what: string; to?: readonly unknown[]; named: readonly string[]; rows: readonly string[] }>([
  { what: 'the mailbox itself', to: ['Jane@Home.example'], named: ['jane@home.example'], rows: ['jane'] },
  {
    what: 'where the mailbox forwards on to',
    to: ['jane@home.example'],
    named: ['x@y.example'],
    rows: ['jane'],
  },
  { what: 'two next hops', to: ['jane@home.example'], named: ['x@y.example', 'z@y.example'], rows: ['jane'] },
  { what: 'no address', to: ['jane@home.example'], named: ['somebody'], rows: ['jane'] },
  { what: 'nobody', to: ['jane@home.example'], named: [], rows: ['jane'] },
  { what: 'one of several', to: ['jane@home.example', 'a@b.example'], named: ['a@b.example'], rows: ['a'] },
  { what: 'somebody, of a mail to no address', to: [7], named: ['a@b.example'], rows: ['a'] },
  { what: 'somebody, of a mail to nobody', named: ['a@b.example'], rows: ['a'] },
])('takes a bounce that names $what for that of the mailbox that the mail went to', ({ to, named, rows }) => {
  const message = {
    eventType: 'Bounce',
    mail: { ...mail, destination: to },
    bounce: bounce('Permanent', ...named),
  };
  const notification = readNotification(JSON.stringify(message));
  if (notification === undefined) throw new Error('This is a bounce.');
  const found = bounceRows(notification, notification.destination);
  expect(found.map(({ destination }) => destination.split('@')[0])).toEqual(rows);
});

test.each([
  ['that is about the mailbox', ['x@y.example', 'jane@home.example'], '5.1.1', '5.1.1'],
  ['that is a failure', ['away@home.example', 'x@y.example'], undefined, '5.1.1'],
])('keeps of several reports about one mail the one %s', (_, named, first, kept) => {
  const [one, other] = named;
  const message = {
    eventType: 'Bounce',
    mail: { ...mail, destination: ['jane@home.example'] },
    bounce: {
      ...bounce('Transient'),
      bouncedRecipients: [
        { emailAddress: one, status: first === undefined ? first : '4.0.0' },
        { emailAddress: other, status: '5.1.1' },
      ],
    },
  };
  const notification = readNotification(JSON.stringify(message));
  if (notification === undefined) throw new Error('This is a bounce.');
  expect(bounceRows(notification, jane)).toMatchObject([{ destination: jane, status: kept }]);
});
