import { expect, test } from 'vitest';
import { readRow } from './ledgerRows.ts';

const pass = { spam: 'PASS', virus: 'PASS', spf: 'PASS', dkim: 'PASS', dmarc: 'PASS' };
const envelope = {
  messageId: 'mail',
  sender: 'ann@sender.example',
  receivedAt: 7,
  verdicts: pass,
  answerable: true,
  attempts: 1,
};
const delivery = {
  ...envelope,
  destination: 'jane@home.example',
  alias: 'board@example.com',
  recipient: 'board@example.com',
  recipients: ['board@example.com'],
  since: 7,
};
const answer = {
  ...envelope,
  destination: '#bounce',
  refusals: [{ recipient: 'gone@example.com', cause: 'unknown' }],
  told: 0,
};
const leftOut = [
  { kind: 'inactive', recipient: 'old@example.com' },
  { kind: 'refused', recipient: 'info@example.com', reason: 'dmarc' },
];
const due = { state: 'due', nextAttemptAt: 9 };

test.each<[string, Record<string, unknown>]>([
  ['an entry that is due', { ...delivery, ...due, reason: 'Throttling' }],
  ['an entry that waits for a notice', { ...delivery, ...due, unattachable: 'attachment' }],
  ['what SES took', { ...delivery, state: 'sent', expiresAt: 9, sesMessageId: 'ses' }],
  ['what bounced after SES took it', { ...delivery, state: 'bounced', expiresAt: 9, sesMessageId: 'ses' }],
  ['a loop', { ...delivery, state: 'loop', expiresAt: 9 }],
  ['an answer that is due', { ...answer, ...due }],
  ['an answer that was given', { ...answer, state: 'bounced', expiresAt: 9, told: 1 }],
  ['an answer that cannot be given', { ...answer, state: 'dropped', expiresAt: 9, reason: 'automatic' }],
  ['a kept event', { ...envelope, destination: '#event', ...due, event: '{}' }],
  [
    'an event that was taken in',
    { ...envelope, destination: '#event', state: 'dropped', expiresAt: 9, event: '{}' },
  ],
  ['an answer about who is left out', { ...answer, ...due, leftOut }],
  ['a mail that nobody gets', { ...envelope, destination: '#none', leftOut, state: 'dropped', expiresAt: 9 }],
  ['one that SES refused', { ...envelope, destination: '#none', leftOut, state: 'bounced', expiresAt: 9 }],
  ['the Message-ID', { ...delivery, headerMessageId: 'note@sender.example', ...due }],
])('reads %s as it was written', (_, item) => {
  expect(readRow(item)).toStrictEqual(item);
});

test.each<[string, Record<string, unknown>, object]>([
  ['the key of the index of due rows', { due: 'due' }, {}],
  ['when it expires, while it is due', { expiresAt: 9 }, {}],
  ['a day of trying', { since: undefined }, { since: 7 }],
  [
    'what an unknown verdict says',
    { verdicts: { ...pass, spf: 'NEW' } },
    { verdicts: { ...pass, spf: 'PROCESSING_FAILED' } },
  ],
])('leaves out or fills in %s', (_, odd, read) => {
  expect(readRow({ ...delivery, ...due, ...odd })).toStrictEqual({ ...delivery, ...due, ...read });
});

test('takes those who are left out as far as it knows why', () => {
  const nobody = { ...envelope, destination: '#none', state: 'dropped', expiresAt: 9 };
  const odd = [
    { kind: 'dropped', recipient: 'a@example.com' },
    { kind: 'new', recipient: 'b@example.com' },
  ];
  for (const written of [undefined, odd]) {
    expect(readRow({ ...nobody, leftOut: written })).toStrictEqual({ ...nobody, leftOut: [] });
  }
});

test.each([
  ['the row of the brake', { messageId: '#account', destination: '#bounce-rate', rate: 0.1, until: 5 }],
  ['a state that nobody knows', { ...delivery, state: 'lost' }],
])('takes %s for no row of a mail', (_, item) => {
  expect(readRow(item)).toBeUndefined();
});
