import { expect, test } from 'vitest';
import type { BounceRow } from '../../../schema/src/records/blocks.ts';
import type { Address } from '../../../schema/src/text/address.ts';
import { milliseconds } from '../../../schema/src/text/time.ts';
import { fakeLedger, fakeTelemetry } from './delivery.fake.ts';
import { takeFeedback } from './feedback.ts';
import type { Entry } from './ledger.ts';

const now = milliseconds(Date.parse('2026-11-02T10:00:00Z'));
const recipient = 'board@example.com';

const sent = (name: string, given: Partial<Entry> = {}) =>
  ({
    messageId: 'mail',
    sender: 'ann@sender.example',
    receivedAt: now / 1_000,
    verdicts: { spam: 'PASS', virus: 'PASS', spf: 'PASS', dkim: 'PASS', dmarc: 'PASS' },
    answerable: true,
    destination: `${name}@home.example` as Address,
    alias: recipient as Address,
    recipient,
    recipients: [recipient],
    state: 'sent',
    sesMessageId: `ses-${name}`,
    attempts: 1,
    since: now / 1_000,
    expiresAt: now / 1_000 + 86_400,
    ...given,
  }) as Entry;

const row = (given: Partial<BounceRow>): BounceRow => ({
  destination: 'jane@home.example',
  createdAt: now,
  validUntil: now / 1_000 + 86_400,
  type: 'bounce',
  ...given,
});
const failure = row({ bounceType: 'Permanent', bounceSubType: 'General' });
const outOfOffice = row({ bounceType: 'Transient', bounceSubType: 'General' });
const attachment = row({ bounceType: 'Transient', bounceSubType: 'AttachmentRejected' });
const tooLarge = row({ bounceType: 'Transient', bounceSubType: 'MessageTooLarge' });
const content = row({ bounceType: 'Transient', bounceSubType: 'ContentRejected' });

interface Case {
  readonly what: string;
  readonly rows: readonly BounceRow[];
  readonly own?: Partial<Entry>;
  readonly others?: readonly Entry[];
  readonly becomes: object;
  /** What the sender is told; nothing where it is missing. */
  readonly cause?: string;
}

test.each<Case>([
  { what: 'a failure', rows: [failure], becomes: { state: 'bounced' }, cause: 'undeliverable' },
  {
    what: 'a failure of a mail whose sender may not be told',
    rows: [failure],
    own: { answerable: false },
    becomes: { state: 'bounced' },
  },
  {
    what: 'a failure of a mail that another destination has',
    rows: [failure],
    others: [sent('john')],
    becomes: { state: 'bounced' },
  },
  { what: 'a report that names nobody', rows: [], becomes: { state: 'bounced' }, cause: 'undeliverable' },
  { what: 'an out-of-office answer', rows: [outOfOffice], becomes: { state: 'sent' } },
  {
    what: 'a failure beside an out-of-office answer',
    rows: [outOfOffice, failure],
    becomes: { state: 'bounced' },
    cause: 'undeliverable',
  },
  {
    what: 'a refused attachment',
    rows: [attachment],
    becomes: { state: 'due', unattachable: 'attachment' },
  },
  { what: 'a mail too large', rows: [tooLarge], becomes: { state: 'due', unattachable: 'too-large' } },
  { what: 'refused content', rows: [content], becomes: { state: 'bounced' }, cause: 'content' },
  {
    what: 'a refused attachment of a notice',
    rows: [attachment],
    own: { state: 'fallback' },
    becomes: { state: 'bounced' },
    cause: 'content',
  },
])('takes $what for what it is', async ({ rows, own = {}, others = [], becomes, cause }) => {
  const ledger = fakeLedger();
  await ledger.open([sent('jane', own), ...others]);
  const kept: BounceRow[] = [];
  await takeFeedback(
    { kind: 'bounce', sesMessageId: 'ses-jane', rows },
    {
      ledger,
      bounces: { add: async (added) => void kept.push(added) },
      telemetry: fakeTelemetry(),
      clock: () => now,
      pause: async () => undefined,
    },
  );
  expect(kept).toEqual(rows);
  const answers = cause === undefined ? [] : [{ destination: '#bounce', refusals: [{ recipient, cause }] }];
  expect(ledger.rows).toMatchObject([becomes, ...others, ...answers]);
});
