import { expect, test } from 'vitest';
import type { Address } from '../../../schema/src/text/address.ts';
import { seconds } from '../../../schema/src/text/time.ts';
import { fakeLedger } from './ledger.fake.ts';
import type { DueEntry, Entry } from './ledger.ts';
import { closeDeliveries, undeliveredRecipients } from './undelivered.ts';

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
