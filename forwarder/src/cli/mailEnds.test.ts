import { expect, it } from 'vitest';
import type { Address } from '../../../schema/src/text/address.ts';
import { seconds } from '../../../schema/src/text/time.ts';
import {
  type Entry,
  type Envelope,
  eventKey,
  firstAnswer,
  type LedgerRow,
  type LeftOut,
  nobodyKey,
} from '../delivery/ledger.ts';
import { mailText } from './mailEnds.ts';

const at = seconds(Date.UTC(2026, 10, 24, 12, 4, 10) / 1_000);
const later = seconds(at + 3_600);
const envelope: Envelope = {
  messageId: 'mail',
  headerMessageId: 'note@sender.example',
  sender: 'ann@sender.example',
  receivedAt: at,
  verdicts: { spam: 'PASS', virus: 'PASS', spf: 'FAIL', dkim: 'GRAY', dmarc: 'DISABLED' },
  answerable: true,
};
const delivery = {
  ...envelope,
  destination: 'jane@home.example' as Address,
  alias: 'board@example.com' as Address,
  recipient: 'board@example.com',
  recipients: ['board@example.com'],
  attempts: 1,
  since: at,
};
const closed = { expiresAt: later };
const entries: Entry[] = [
  { ...delivery, ...closed, state: 'sent', sesMessageId: '0102' },
  { ...delivery, ...closed, state: 'fallback', sesMessageId: '0102' },
  { ...delivery, ...closed, state: 'fallback', sesMessageId: '0102', unattachable: 'too-large' },
  { ...delivery, state: 'due', attempts: 0, nextAttemptAt: later, reason: 'guard' },
  { ...delivery, state: 'due', nextAttemptAt: later },
  { ...delivery, state: 'due', attempts: 3, nextAttemptAt: later, reason: 'SendingPausedException' },
  { ...delivery, ...closed, state: 'bounced', reason: 'blocked' },
  { ...delivery, ...closed, state: 'bounced', reason: 'MessageRejected' },
  { ...delivery, ...closed, state: 'bounced', reason: 'bounced later', sesMessageId: '0102' },
  { ...delivery, ...closed, state: 'given-up', reason: 'Throttling' },
  { ...delivery, ...closed, state: 'loop' },
];
const recipient = 'info@example.com';
const leftOut: LeftOut[] = [
  ...(['unknown', 'inactive', 'reserved', 'unmanaged'] as const).map((kind) => ({ kind, recipient })),
  ...(['spam', 'virus', 'dmarc', 'spf', 'dkim'] as const).map(
    (reason) => ({ kind: 'dropped', recipient, reason }) as const,
  ),
  { kind: 'refused', recipient, reason: 'dmarc' },
];
const refusals = [
  { recipient, cause: 'unknown' },
  { recipient: 'old@example.com', cause: 'unknown' },
] as const;
const due = firstAnswer(envelope, refusals, later);
const { nextAttemptAt: _, ...answer } = due;
const nobody = { ...envelope, destination: nobodyKey, attempts: 0, leftOut, ...closed } as const;
const event = { ...envelope, destination: eventKey, attempts: 0, event: '{"subject":"secret"}' } as const;

it('says how a mail ended, for every end that there is', async () => {
  const mails: LedgerRow[][] = [
    entries,
    [due],
    [{ ...due, told: 2 }],
    [{ ...answer, ...closed, told: 2, state: 'bounced', leftOut: [{ kind: 'inactive', recipient }] }],
    [{ ...answer, ...closed, state: 'dropped', reason: 'too late' }],
    [{ ...nobody, state: 'dropped' }],
    [{ ...nobody, state: 'bounced', leftOut: [{ kind: 'refused', recipient, reason: 'dmarc' }] }],
    [{ ...nobody, state: 'dropped', leftOut: [], reason: 'unmanaged' }],
    [{ ...event, state: 'due', nextAttemptAt: later }],
    [{ ...event, ...closed, state: 'dropped' }, ...entries.slice(0, 1)],
    [
      {
        ...nobody,
        state: 'dropped',
        sender: '',
        leftOut: [{ kind: 'unknown', recipient: 'a\u001b[2J@b.example' }],
      },
    ],
  ];
  const text = mails.map(mailText).join('\n');
  expect(text).not.toContain('secret');
  await expect(text).toMatchFileSnapshot('golden/mail-ends.txt');
  expect(mailText([])).toBe('');
});
