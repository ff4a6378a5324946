import { expect, test } from 'vitest';
import type { Address } from '../../../schema/src/text/address.ts';
import type { Entry } from './ledger.ts';
import { undeliveredRecipients } from './undelivered.ts';

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
