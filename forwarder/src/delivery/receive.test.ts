import { expect, test } from 'vitest';
import type { BounceRow } from '../../../schema/src/records/bounceRow.ts';
import type { AliasRow, DomainRecord } from '../../../schema/src/records/records.ts';
import type { OtherDomains } from '../../../schema/src/stage/stage.ts';
import type { Address } from '../../../schema/src/text/address.ts';
import { milliseconds, seconds } from '../../../schema/src/text/time.ts';
import type { IncomingMail, Verdicts } from '../mail/event.ts';
import { headroom } from '../mail/message.ts';
import type { Brake } from './bounceRateBrake.ts';
import {
  type FakeLedger,
  type FakeWorld,
  fakeAnswers,
  fakeDelivery,
  fakeLedger,
  fakeSending,
  fakeTelemetry,
} from './delivery.fake.ts';
import { keptEvent } from './intake.ts';
import {
  type DueEntry,
  envelopeOf,
  firstAnswer,
  type Ledger,
  type TakenEntry,
  tryingTime,
} from './ledger.ts';
import { type ReceivePorts, receive, record, TablesTooSlow } from './receive.ts';
import { retryDue } from './retry.ts';

const now = Date.parse('2026-11-02T10:00:00Z');
const time = now / 1_000;

interface Given {
  /** Alias to destinations; one with `!` has a bounce counted. */
  readonly rows: Readonly<Record<string, readonly string[]>>;
  readonly domains?: readonly DomainRecord[];
  readonly bounces?: readonly BounceRow[];
  readonly brake?: Brake;
  readonly otherDomains?: OtherDomains;
}

function world({
  rows,
  domains = [{ domain: 'example.com' }],
  bounces = [],
  brake,
  otherDomains = 'pass',
}: Given) {
  const ledger = fakeLedger();
  const sent: string[] = [];
  const answered: string[][] = [];
  const mail = Buffer.from('From: ann@sender.example\r\n\r\nHi');
  const clock = { now };
  const ports = {
    ledger,
    telemetry: fakeTelemetry(),
    bucket: {
      fetch: async () => ({ buffer: Buffer.concat([Buffer.alloc(headroom), mail]), size: 1, isWhole: true }),
    },
    tables: {
      domains: {
        live: async (domain: string) => {
          const own = domains.find((one) => one.domain === domain);
          return own === undefined ? undefined : { ...own, inactive: [] };
        },
        awaitsBuild: async () => false,
      },
      aliases: {
        areAt: async () => false,
        of: async (alias: Address) => (rows[alias] ?? []).map((text) => rowOf(alias, text)),
      },
      bounces: {
        of: async (destination: string) => bounces.filter((row) => row.destination === destination),
      },
    },
    brake: { read: async () => brake },
    answers: fakeAnswers(),
    policy: { language: async () => 'en' as const },
    queue: { wake: async () => undefined },
    sender: {
      send: async ({ to }: { to: Address }) => {
        sent.push(to);
        return `ses-${sent.length}`;
      },
    },
    bouncer: {
      bounce: async (_: string, report: { recipients: readonly { recipient: string; status: string }[] }) =>
        void answered.push(report.recipients.map(({ recipient, status }) => `${recipient} ${status}`)),
    },
    clock: () => milliseconds(clock.now),
    pause: async () => undefined,
  };
  const options = {
    ...fakeSending(ports),
    reserved: ['forwarder-daemon', 'mailer-daemon'],
    bounceLimit: 0,
    softBounceLimit: 3,
    otherDomains,
  };
  return {
    ledger,
    sent,
    answered,
    receive: (recipients: readonly string[], verdicts: Partial<Verdicts> = {}) =>
      receive(
        mailTo(recipients, verdicts),
        {},
        ports,
        { ...options, deadline: milliseconds(now + 20_000) },
        milliseconds(now),
      ),
    retry: (later: number) =>
      retryDue(ports, {
        ...options,
        now: seconds(later),
        until: milliseconds(now + 1),
        rate: 14,
        keep: async () => true,
      }),
  };
}

function rowOf(alias: Address, text: string): AliasRow {
  const destination = text.replace('!', '') as Address;
  return { alias, destination, domain: 'example.com', updatedAt: 0, bounces: text.endsWith('!') ? 1 : 0 };
}

function mailTo(recipients: readonly string[], verdicts: Partial<Verdicts>): IncomingMail {
  const pass = 'PASS';
  return {
    messageId: 'mail',
    receivedAt: milliseconds(now),
    source: 'ann@sender.example',
    recipients,
    verdicts: { spam: pass, virus: pass, spf: pass, dkim: pass, dmarc: pass, ...verdicts },
    headers: [],
  };
}

const bounce = (destination: string, given: Partial<BounceRow> = {}): BounceRow => ({
  destination,
  createdAt: time,
  validUntil: time + 86_400,
  type: 'bounce',
  bounceType: 'Permanent',
  ...given,
});

test('leaves a blocked destination out, and serves the others', async () => {
  const own = world({
    rows: { 'board@example.com': ['a@x.example!', 'b@x.example'] },
    bounces: [bounce('a@x.example')],
  });
  await own.receive(['board@example.com']);
  expect(own.sent).toEqual(['b@x.example']);
  expect(own.answered).toEqual([]);
});

test('sends to a destination whose bounces have ended, whatever its row counts', async () => {
  const own = world({
    rows: { 'board@example.com': ['a@x.example!'] },
    bounces: [bounce('a@x.example', { validUntil: time })],
  });
  await own.receive(['board@example.com']);
  expect(own.sent).toEqual(['a@x.example']);
});

test('tells the sender when everybody is blocked for good', async () => {
  const own = world({ rows: { 'board@example.com': ['a@x.example!'] }, bounces: [bounce('a@x.example')] });
  await own.receive(['board@example.com']);
  expect(own.sent).toEqual([]);
  expect(own.answered).toEqual([['board@example.com 5.2.1']]);
});

test('waits for a block that passes, and sends when it is over', async () => {
  const soft = { bounceType: 'Transient', bounceSubType: 'MailboxFull', validUntil: time + 7_200 };
  const own = world({
    rows: { 'board@example.com': ['a@x.example!'] },
    bounces: [1, 2, 3].map((age) => bounce('a@x.example', { ...soft, createdAt: time - age })),
  });
  await own.receive(['board@example.com']);
  expect(own.answered).toEqual([]);
  expect(own.ledger.rows).toMatchObject([{ state: 'due', reason: 'blocked' }]);
  await own.retry(time + 3_600);
  expect(own.sent).toEqual([]);
  await own.retry(time + 8 * 3_600);
  expect(own.sent).toEqual(['a@x.example']);
});

test('holds mail to new destinations back while the account bounces too much', async () => {
  const own = world({
    rows: { 'board@example.com': ['old@x.example', 'new@x.example'] },
    brake: { rate: 0.1, until: seconds(time + 600) },
  });
  const past: Partial<TakenEntry> = {
    alias: 'board@example.com' as Address,
    destination: 'old@x.example' as Address,
  };
  await own.ledger.open([{ ...reached, ...past }]);
  await own.receive(['board@example.com']);
  expect(own.sent).toEqual(['old@x.example']);
  await own.retry(time + 301);
  expect(own.sent).toEqual(['old@x.example']);
  await own.retry(time + 3_600);
  expect(own.sent).toEqual(['old@x.example', 'new@x.example']);
});

test('judges each recipient by its own domain', async () => {
  const own = world({
    rows: { 'a@example.com': ['a@x.example'], 'b@example.org': ['b@x.example'] },
    domains: [{ domain: 'example.com' }, { domain: 'example.org', filter: 'strict' }],
  });
  const { fates } = await own.receive(['a@example.com', 'b@example.org'], { spf: 'FAIL' });
  expect(own.sent).toEqual(['a@x.example']);
  expect(fates.map(({ kind }) => kind)).toEqual(['routed', 'dropped']);
  expect(own.answered).toEqual([]);
});

test('answers once for all who cannot get a mail', async () => {
  const own = world({ rows: { 'board@example.com': ['a@x.example'] } });
  await own.receive(['nobody@example.com', 'board@example.com', 'no one@example.com', 'x@elsewhere.example']);
  await own.receive(['nobody@example.com', 'board@example.com', 'no one@example.com', 'x@elsewhere.example']);
  expect(own.sent).toEqual(['a@x.example']);
  expect(own.answered).toEqual([['nobody@example.com 5.1.1', 'no?one@example.com 5.1.1']]);
});

test('notes a mail that nobody gets, so that it is no orphan', async () => {
  const own = world({ rows: {} });
  await own.receive(['x@elsewhere.example']);
  expect(own.ledger.rows).toMatchObject([
    {
      destination: '#none',
      state: 'dropped',
      leftOut: [{ kind: 'unmanaged', recipient: 'x@elsewhere.example' }],
    },
  ]);
});

test.each<[string, Partial<Verdicts>, string[][], string]>([
  ['told that there is no such address', {}, [['x@elsewhere.example 5.1.1']], 'bounced'],
  ['told nothing where nobody vouches for the sender', { spf: 'GRAY', dmarc: 'GRAY' }, [], 'dropped'],
  [
    'told nothing of a mail that the usual policy drops',
    { spf: 'FAIL', dkim: 'FAIL', dmarc: 'GRAY' },
    [],
    'dropped',
  ],
])('of a mail to a verified domain without rows, the sender is %s', async (_, verdicts, answered, state) => {
  const own = world({ rows: {}, otherDomains: 'bounce' });
  await own.receive(['x@elsewhere.example'], verdicts);
  expect(own.answered).toEqual(answered);
  expect(own.ledger.rows).toMatchObject([{ state }]);
});

test('forwards to its own, and tells of a verified domain without rows in the same mail', async () => {
  const own = world({ rows: { 'a@example.com': ['a@x.example'] }, otherDomains: 'bounce' });
  const { fates } = await own.receive(['a@example.com', 'x@elsewhere.example']);
  expect(own.sent).toEqual(['a@x.example']);
  expect(own.answered).toEqual([['x@elsewhere.example 5.1.1']]);
  expect(fates.map(({ kind }) => kind)).toEqual(['routed', 'unknown']);
});

const reached: TakenEntry = {
  messageId: 'past',
  sender: '',
  receivedAt: seconds(0),
  verdicts: mailTo([], {}).verdicts,
  answerable: false,
  destination: '' as Address,
  alias: '' as Address,
  recipient: '',
  recipients: [],
  state: 'sent',
  sesMessageId: 'ses-past',
  expiresAt: seconds(1),
  attempts: 1,
  since: seconds(0),
};

test('tells the sender of what a second event of the same mail adds', async () => {
  const own = world({ rows: { 'board@example.com': ['a@x.example'] } });
  await own.receive(['board@example.com', 'nobody@example.com']);
  await own.receive(['nobody@example.com', 'none@example.com']);
  expect(own.sent).toEqual(['a@x.example']);
  expect(own.answered).toEqual([['nobody@example.com 5.1.1'], ['none@example.com 5.1.1']]);
});

test('gives no answer that somebody is giving', async () => {
  const own = world({ rows: {} });
  const refusals = [{ recipient: 'nobody@example.com', cause: 'unknown' }] as const;
  const answer = firstAnswer(
    { ...envelopeOf(reached), messageId: 'mail', answerable: true },
    refusals,
    seconds(time),
  );
  await own.ledger.open([{ ...answer, attempts: 1, nextAttemptAt: seconds(time + 300) }]);
  await own.receive(['nobody@example.com']);
  expect(own.ledger.rows).toMatchObject([{ state: 'due', attempts: 1, nextAttemptAt: time + 300 }]);
});

test('notes nothing of nobody where a second event of the same mail has none of our recipients', async () => {
  const own = world({ rows: { 'board@example.com': ['a@x.example'] } });
  await own.receive(['board@example.com']);
  await own.receive(['x@elsewhere.example']);
  expect(own.ledger.rows).toMatchObject([{ destination: 'a@x.example', state: 'sent' }]);
});

function due(given: Partial<DueEntry>): DueEntry {
  const destination = 'a@x.example' as Address;
  const alias = 'board@example.com' as Address;
  const names = { destination, alias, recipient: alias, recipients: [alias] };
  const waits = { state: 'due', nextAttemptAt: seconds(time), attempts: 1, reason: 'Throttling' } as const;
  return { ...envelopeOf(reached), messageId: 'mail', ...names, ...waits, since: seconds(time), ...given };
}

test.each([
  { what: 'a mail that was tried for less than its time', since: time - tryingTime + 1, state: 'sent' },
  { what: 'a mail that was tried for its time', since: time - tryingTime, state: 'given-up' },
  { what: 'an old mail that is replayed', since: time - 60, receivedAt: time - 3 * 86_400, state: 'sent' },
])('ends $what as $state', async ({ state, since, receivedAt = since }) => {
  const own = world({ rows: {} });
  await own.ledger.open([due({ since: seconds(since), receivedAt: seconds(receivedAt) })]);
  await own.retry(time);
  expect(own.ledger.rows).toMatchObject([{ state }]);
  expect(own.sent).toEqual(state === 'sent' ? ['a@x.example'] : []);
});

test('lets go a mail that was held back, once its destination was reached', async () => {
  const own = world({ rows: {}, brake: { rate: 0.1, until: seconds(time + 86_400) } });
  const held = due({ reason: 'guard' });
  await own.ledger.open([held]);
  await own.retry(time);
  expect(own.sent).toEqual([]);
  await own.ledger.open([{ ...reached, alias: held.alias, destination: held.destination }]);
  await own.retry(time + 3_600);
  expect(own.sent).toEqual(['a@x.example']);
});

/** As SES called with it. */
const event = (recipients: readonly string[]) => {
  const [spamVerdict, virusVerdict, spfVerdict, dkimVerdict, dmarcVerdict] = Array(5).fill({
    status: 'PASS',
  });
  const verdicts = { spamVerdict, virusVerdict, spfVerdict, dkimVerdict, dmarcVerdict };
  const ses = {
    mail: { messageId: 'mail', timestamp: new Date(now).toISOString(), source: 'ann@sender.example' },
    receipt: { recipients, ...verdicts },
  };
  return { Records: [{ ses }] };
};

test('takes in an event that was kept, once', async () => {
  const own = world({ rows: { 'board@example.com': ['a@x.example'] } });
  const recipients = ['board@example.com'];
  await own.ledger.open([keptEvent(mailTo(recipients, {}), event(recipients), seconds(time + 1))]);
  await own.retry(time);
  expect(own.sent).toEqual([]);
  await own.retry(time + 1);
  expect(own.ledger.rows).toMatchObject([
    { destination: '#event', state: 'dropped', reason: 'taken in' },
    { destination: 'a@x.example', state: 'sent' },
  ]);
});

test('gives a mail whose event was kept no more time than others', async () => {
  const own = world({
    rows: { 'board@example.com': ['a@x.example!'] },
    bounces: [1, 2, 3].map((age) =>
      bounce('a@x.example', {
        createdAt: time + tryingTime - 3_600 - age,
        validUntil: time + 2 * tryingTime,
        bounceType: 'Transient',
        bounceSubType: 'MailboxFull',
      }),
    ),
  });
  const recipients = ['board@example.com'];
  await own.ledger.open([keptEvent(mailTo(recipients, {}), event(recipients), seconds(time))]);
  await own.retry(time + tryingTime - 3_600);
  expect(own.ledger.rows).toMatchObject([{ state: 'dropped' }, { state: 'due', reason: 'blocked' }]);
  await own.retry(time + tryingTime);
  expect(own.ledger.rows).toMatchObject([
    { destination: '#event' },
    { state: 'given-up' },
    { destination: '#bounce', refusals: [{ cause: 'expired' }] },
  ]);
});

const limits = { reserved: ['forwarder-daemon'], bounceLimit: 0, softBounceLimit: 3 };
const deadline = milliseconds(now + 20_000);
const receiving = { ...limits, senderLocalPart: 'forwarder-daemon', deadline };
const aliases = { 'board@example.com': ['a@x.example', 'b@x.example'] };

/** What one event does, and how often it reads the rows of its mail. */
async function received(
  given: Partial<FakeWorld>,
  change: (ports: ReceivePorts, ledger: FakeLedger) => Partial<ReceivePorts> = () => ({}),
  recipients: readonly string[] = ['board@example.com'],
) {
  const own = fakeDelivery({ now, aliases, ...given });
  const looks: string[] = [];
  const ledger: Ledger = {
    ...own.ledger,
    of: async (id) => {
      looks.push(id);
      return own.ledger.of(id);
    },
  };
  const ports = { ...own.ports, ledger };
  const result = await receive(
    mailTo(recipients, {}),
    {},
    { ...ports, ...change(ports, own.ledger) },
    { ...receiving, ...fakeSending(ports) },
    milliseconds(now),
  );
  return { ...own, result, looks: looks.length };
}

const rejected = Object.assign(new Error(), { name: 'MessageRejected' });

test('reads the rows of a mail once where everybody gets it', async () => {
  const { result, looks, sent } = await received({});
  expect(result).toMatchObject({ sent: 2, fallback: 0, due: 0, isRepeat: false });
  expect(sent).toHaveLength(2);
  expect(looks).toBe(1);
});

test('leaves for later what SES may have taken, and owes nothing', async () => {
  const { result, answered } = await received({ isSilent: true });
  expect(result).toMatchObject({ sent: 0, due: 2, refused: 0, isRepeat: false, fates: [{}] });
  expect(answered).toEqual([]);
});

test('answers at once for what SES refuses, however long that took', async () => {
  const { answered, result } = await received({}, (_, ledger) => ({
    clock: () => milliseconds(now + ledger.rows.length * 2_500),
    sender: {
      send: async () => {
        throw rejected;
      },
    },
  }));
  expect(result).toMatchObject({ refused: 2 });
  expect(answered).toEqual(['board@example.com']);
});

test('answers at once for a notice, while another destination waits', async () => {
  const { answered, result } = await received({}, (ports) => {
    const tries = new Map<string, number>();
    return {
      sender: {
        send: async (mail) => {
          tries.set(mail.to, (tries.get(mail.to) ?? 0) + 1);
          if (mail.to === 'b@x.example') throw new Error('socket hang up');
          if (tries.get(mail.to) === 1)
            throw Object.assign(new Error('Illegal filename'), { name: 'MessageRejected' });
          return ports.sender.send(mail);
        },
      },
    };
  });
  expect(result).toMatchObject({ sent: 1, fallback: 1, due: 1 });
  expect(answered).toEqual(['board@example.com']);
});

test.each([
  [20_000, 2],
  [20_001, 0],
])('records nothing after its deadline: %i ms, %i rows', async (late, count) => {
  const own = fakeDelivery({ now: now + late, aliases });
  const recorded = record(
    mailTo(['board@example.com'], {}),
    {},
    own.ports,
    receiving,
    receiving.deadline,
    milliseconds(now),
  );
  if (count === 0) await expect(recorded).rejects.toThrow(TablesTooSlow);
  else expect((await recorded).taken).toHaveLength(count);
  expect(own.ledger.rows).toHaveLength(count);
});

test.each([
  [0, 1],
  [1, 2],
  [4, 5],
  [5, undefined],
])('looks again where others write rows of the mail %i times', async (conflicts, expected) => {
  const left = { conflicts };
  const work = received({}, (ports, ledger) => ({
    ledger: {
      ...ports.ledger,
      open: async (rows) => {
        left.conflicts -= 1;
        if (left.conflicts < -5) throw new Error('too often');
        return left.conflicts >= 0 ? false : ledger.open(rows);
      },
    },
  }));
  if (expected === undefined) await expect(work).rejects.toThrow('Others kept writing rows of a mail.');
  else expect((await work).looks).toBe(expected);
});

test('leaves alone a row that another event has written meanwhile', async () => {
  const { result, sent } = await received({}, (ports, ledger) => {
    const others = [due({ destination: 'a@x.example' as Address })];
    return {
      ledger: {
        ...ports.ledger,
        open: async (rows) => {
          await ledger.open(others.splice(0));
          return ledger.open(rows);
        },
      },
    };
  });
  expect(result).toMatchObject({ sent: 1, isRepeat: true });
  expect(sent).toEqual(['b@x.example']);
});
