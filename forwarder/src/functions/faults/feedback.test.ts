import { expect, test } from 'vitest';
import type { BounceRow } from '../../../../schema/src/records/bounceRow.ts';
import type { AliasRow } from '../../../../schema/src/records/records.ts';
import type { Address } from '../../../../schema/src/text/address.ts';
import { milliseconds, seconds } from '../../../../schema/src/text/time.ts';
import { fakeLedger, fakeTelemetry } from '../../delivery/delivery.fake.ts';
import type { TakenEntry } from '../../delivery/ledger.ts';
import { createBounceOrComplaint } from '../handlers/bounceOrComplaint.ts';
import { createUpdateBounceCount } from '../handlers/updateBounceCount.ts';
import { eachFault, eachPair, type Fault, injector, type Ran } from './inject.ts';

const now = Date.parse('2026-11-02T10:00:00Z');
const destination = 'jane@home.example' as Address;
const verdict = 'PASS';

const sent: TakenEntry = {
  messageId: 'mail',
  sender: 'ann@sender.example',
  receivedAt: seconds(now / 1_000),
  verdicts: { spam: verdict, virus: verdict, spf: verdict, dkim: verdict, dmarc: verdict },
  answerable: true,
  destination,
  alias: 'board@example.com' as Address,
  recipient: 'board@example.com',
  recipients: ['board@example.com'],
  state: 'sent',
  expiresAt: seconds(now / 1_000 + 86_400),
  attempts: 1,
  sesMessageId: 'ses',
  since: seconds(now / 1_000),
};

const eventOf = (type: object) => {
  const Message = JSON.stringify({
    notificationType: 'Bounce',
    mail: { messageId: 'ses' },
    bounce: {
      ...type,
      feedbackId: 'f',
      timestamp: new Date(now).toISOString(),
      bouncedRecipients: [{ emailAddress: destination }],
    },
  });
  return { Records: [{ Sns: { Message } }] } as Parameters<ReturnType<typeof createBounceOrComplaint>>[0];
};

async function bounce(plan: readonly Fault[]): Promise<Ran> {
  return report({ bounceType: 'Permanent' }, plan, [
    { destination, state: 'bounced' },
    { state: 'due', refusals: [{ recipient: 'board@example.com', cause: 'undeliverable' }] },
  ]);
}

async function refusal(plan: readonly Fault[]): Promise<Ran> {
  return report({ bounceType: 'Transient', bounceSubType: 'AttachmentRejected' }, plan, [
    { destination, state: 'due', unattachable: 'attachment' },
  ]);
}

/** A bounce, and what Lambda repeats of it: twice. */
async function report(type: object, plan: readonly Fault[], expected: readonly object[]): Promise<Ran> {
  const faults = injector(plan);
  const ledger = fakeLedger();
  await ledger.open([sent]);
  const rows = new Map<number, BounceRow>();
  const handler = createBounceOrComplaint({
    bounces: faults.wrap('bounces', {
      add: async (row: BounceRow) => void rows.set(row.createdAt, row),
      of: async () => [...rows.values()],
    }),
    ledger: faults.wrap('ledger', ledger),
    telemetry: fakeTelemetry(),
    clock: () => milliseconds(now),
    pause: async () => undefined,
    senderLocalPart: 'forwarder-daemon',
  });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (await faults.invoke(() => handler(eventOf(type)))) break;
  }
  expect([...rows.values()], JSON.stringify(plan)).toMatchObject([{ destination, feedbackId: 'f' }]);
  expect(ledger.rows, JSON.stringify(plan)).toMatchObject(expected);
  return { calls: faults.calls, end: [ledger.rows, [...rows]] };
}

/** A batch of the Bounces stream, repeated while some of it is reported as failed. */
async function count(plan: readonly Fault[]): Promise<Ran> {
  const faults = injector(plan);
  const rows = ['board', 'team'].map(
    (alias): AliasRow => ({
      alias: `${alias}@example.com` as Address,
      destination,
      domain: 'example.com',
      updatedAt: 0,
      bounces: 0,
    }),
  );
  const bounces = new Map(rows.map(({ alias }) => [alias, 0]));
  const handler = createUpdateBounceCount(
    {
      bounces: faults.wrap('bounces', {
        of: async () => [{ destination, createdAt: now / 1_000, validUntil: now, type: 'bounce' } as const],
      }),
      aliases: faults.wrap('aliases', {
        leadingTo: async () => rows.map((row) => ({ ...row, bounces: bounces.get(row.alias) ?? 0 })),
        setBounces: async ({ alias }: AliasRow, _: number, after: number) => {
          bounces.set(alias, after);
          return true;
        },
      }),
      telemetry: fakeTelemetry(),
      clock: () => milliseconds(now),
    },
    { softBounceLimit: 3 },
  );
  const batch = {
    Records: [{ dynamodb: { Keys: { destination: { S: destination } }, SequenceNumber: '7' } }],
  };
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const failures: unknown[] = [];
    const isDone = await faults.invoke(async () => {
      failures.push(...(await handler(batch)).batchItemFailures);
    });
    if (isDone && failures.length === 0) break;
    if (isDone) expect(failures).toEqual([{ itemIdentifier: '7' }]);
  }
  expect([...bounces.values()], JSON.stringify(plan)).toEqual([1, 1]);
  return { calls: faults.calls, end: [...bounces] };
}

test.each([
  { what: 'a bounce', run: bounce },
  { what: 'a refused attachment', run: refusal },
  { what: 'a batch of counts', run: count },
])('takes in $what with any single fault and any pair', async ({ run }) => {
  expect(await eachFault(run)).toBeGreaterThan(10);
  expect(await eachPair(run)).toBeGreaterThan(50);
});
