import { expect, test } from 'vitest';
import { seconds } from '../../../schema/src/text/time.ts';
import type { BounceReport } from '../mail/bounce.ts';
import { headroom } from '../mail/message.ts';
import { giveAnswer } from './answer.ts';
import { fakeLedger } from './ledger.fake.ts';
import type { Envelope } from './ledger.ts';
import { fakeTelemetry } from './telemetry.fake.ts';

const now = 1_762_077_600;
const verdict = 'PASS';
const envelope: Envelope = {
  messageId: 'mail',
  sender: 'ann@sender.example',
  receivedAt: seconds(now),
  verdicts: { spam: verdict, virus: verdict, spf: verdict, dkim: verdict, dmarc: verdict },
  answerable: true,
};

interface Given {
  readonly header?: string;
  readonly fetchError?: Error;
  readonly bounceError?: Error;
  readonly later?: number;
}

async function give({ header = 'From: ann@sender.example\r\n', fetchError, bounceError, later = 0 }: Given) {
  const ledger = fakeLedger();
  const answer = await ledger.owe(
    envelope,
    [{ recipient: 'gone@example.com', cause: 'unknown' }],
    seconds(now),
  );
  if (answer.state !== 'due') throw new Error('An answer that is owed is due.');
  const reports: BounceReport[] = [];
  const ports = {
    ledger,
    telemetry: fakeTelemetry(),
    bucket: {
      fetch: async () => {
        if (fetchError !== undefined) throw fetchError;
        return { buffer: Buffer.concat([Buffer.alloc(headroom), Buffer.from(`${header}\r\nHi`)]) };
      },
    },
    bouncer: {
      bounce: async (_: string, report: BounceReport) => {
        if (bounceError !== undefined) throw bounceError;
        reports.push(report);
      },
    },
  };
  await giveAnswer(answer, ports, seconds(now + later));
  return { reports, row: ledger.rows[0] };
}

const named = (name: string) => Object.assign(new Error('for gone@example.com'), { name });

test.each([
  { what: 'a person', given: {}, reports: 1, row: { state: 'bounced', told: 1 } },
  {
    what: 'a program that says so where the event is cut',
    given: { header: `${'X-Long: x\r\n'.repeat(2_000)}Auto-Submitted: auto-replied\r\n` },
    reports: 0,
    row: { state: 'dropped', reason: 'automatic' },
  },
  {
    what: 'a person whose mail is gone',
    given: { fetchError: named('NoSuchKey') },
    reports: 1,
    row: { state: 'bounced' },
  },
  {
    what: 'nobody while the bucket does not answer',
    given: { fetchError: named('SlowDown') },
    reports: 0,
    row: { state: 'due' },
  },
  {
    what: 'nobody while SES asks to wait',
    given: { bounceError: named('Throttling') },
    reports: 0,
    row: { state: 'due', reason: 'Throttling', attempts: 1 },
  },
  {
    what: 'nobody when SES refuses',
    given: { bounceError: named('MessageRejected') },
    reports: 0,
    row: { state: 'dropped', reason: 'MessageRejected' },
  },
  {
    what: 'a person until a day has passed',
    given: { later: 86_399 },
    reports: 1,
    row: { state: 'bounced' },
  },
  {
    what: 'nobody a day later',
    given: { later: 86_400 },
    reports: 0,
    row: { state: 'dropped', reason: 'too late' },
  },
])('answers $what', async ({ given, reports, row }) => {
  const outcome = await give(given);
  expect(outcome.reports).toHaveLength(reports);
  expect(outcome.row).toMatchObject(row);
});
