import { expect, test } from 'vitest';
import type { Address } from '../../../schema/src/text/address.ts';
import { milliseconds, seconds } from '../../../schema/src/text/time.ts';
import { headroom } from '../mail/message.ts';
import type { Outgoing } from './attempt.ts';
import { deliver } from './deliver.ts';
import { fakeDelivery, fakeLedger, fakeSending, fakeTelemetry } from './delivery.fake.ts';
import { type DueEntry, isAnswer } from './ledger.ts';

const now = Date.parse('2026-11-02T10:00:00Z');
const verdict = 'PASS';

const unattachable = 'attachment';

const entry = (destination: string, alias = 'board@example.com'): DueEntry => ({
  messageId: 'mail',
  sender: 'ann@sender.example',
  receivedAt: seconds(now / 1_000),
  verdicts: { spam: verdict, virus: verdict, spf: verdict, dkim: verdict, dmarc: verdict },
  answerable: true,
  destination: destination as Address,
  alias: alias as Address,
  recipient: alias,
  recipients: [alias],
  state: 'due',
  attempts: 1,
  nextAttemptAt: seconds(now / 1_000 + 300),
  since: seconds(now / 1_000),
});

interface Given {
  /** Rows of mails that went before. */
  readonly earlier?: readonly DueEntry[];
  readonly header?: string;
  readonly isWhole?: boolean;
  readonly size?: number;
  /** What SES answers, mail after mail; it takes the rest. */
  readonly answers?: readonly (Error | undefined)[];
  /** Milliseconds that each send takes. */
  readonly takes?: number;
}

/** Ports with one mail in the bucket, and a SES that answers as told. */
async function world(entries: readonly DueEntry[], given: Given = {}) {
  const { header = 'From: Ann <ann@sender.example>\r\n', isWhole = true, answers = [], takes = 0 } = given;
  const mail = Buffer.from(`${header}Subject: Hi\r\n\r\nBODY`);
  const ledger = fakeLedger();
  await ledger.open([...entries, ...(given.earlier ?? [])]);
  const telemetry = fakeTelemetry();
  const sent: Outgoing[] = [];
  const pauses: number[] = [];
  /** For each mail, whether an answer was owed when SES was asked to send it. */
  const owed: boolean[] = [];
  const left = [...answers];
  const time = { now };
  const ports = {
    ledger,
    telemetry,
    bucket: {
      fetch: async () => ({
        buffer: Buffer.concat([Buffer.alloc(headroom), mail]),
        size: given.size ?? mail.length,
        isWhole,
      }),
    },
    sender: {
      send: async (outgoing: Outgoing) => {
        time.now += takes;
        owed.push(ledger.rows.some(isAnswer));
        const answer = left.shift();
        if (answer !== undefined) throw answer;
        sent.push({ ...outgoing, raw: Buffer.from(outgoing.raw) });
        return `ses-${sent.length}`;
      },
    },
    clock: () => milliseconds(time.now),
    pause: async (wait: number) => {
      pauses.push(wait);
      time.now += wait;
    },
  };
  const tally = await deliver(entries, ports, {
    ...fakeSending(ports),
    deadline: milliseconds(now + 20_000),
  });
  const raws = sent.map(({ raw }) => Buffer.from(raw).toString('latin1'));
  return { tally, ledger, telemetry, sent, raws, pauses, owed };
}

const refusal = (name: string, message = '') => Object.assign(new Error(message), { name });

test('sends each alias its own header over one body', async () => {
  const entries = [entry('jane@home.example'), entry('john@home.example', 'team@example.org')];
  const { tally, sent, raws, ledger } = await world(entries);
  expect(tally).toEqual({ sent: 2, fallback: 0, due: 0, refused: 0, looped: 0 });
  expect(sent.map(({ from }) => from)).toEqual([
    'forwarder-daemon@example.com',
    'forwarder-daemon@example.org',
  ]);
  expect(raws[0]).toContain('"Ann (ann@sender.example) via board" <forwarder-daemon@example.com>');
  expect(raws[1]).toContain('"Ann (ann@sender.example) via team" <forwarder-daemon@example.org>');
  expect(raws.every((raw) => raw.endsWith('\r\n\r\nBODY'))).toBe(true);
  expect(ledger.rows).toMatchObject([
    { state: 'sent', sesMessageId: 'ses-1' },
    { state: 'sent', sesMessageId: 'ses-2' },
  ]);
});

test('attaches a mail that SES refuses to a notice', async () => {
  const { tally, raws, ledger, telemetry } = await world([entry('jane@home.example')], {
    answers: [refusal('MessageRejected', 'Duplicate header')],
  });
  expect(tally.sent).toBe(1);
  expect(raws[0]).toContain('Content-Type: message/rfc822');
  expect(ledger.rows).toMatchObject([{ state: 'fallback' }]);
  expect(telemetry.counts.get('fallback')).toBe(1);
});

test('tells the sender when SES refuses the notice too', async () => {
  const { tally, ledger } = await world([entry('jane@home.example')], {
    answers: [refusal('MessageRejected'), refusal('BadRequestException'), refusal('MessageRejected')],
  });
  expect(tally).toMatchObject({ sent: 0, refused: 1 });
  expect(ledger.rows).toMatchObject([
    { state: 'bounced' },
    {
      destination: '#bounce',
      state: 'due',
      refusals: [{ recipient: 'board@example.com', cause: 'content' }],
    },
  ]);
});

test('ends a mail that no form can be written of, and tells the sender', async () => {
  const { tally, sent, ledger } = await world([entry('jane@home.example', 'bo\u200aard@example.com')]);
  expect(tally).toMatchObject({ sent: 0, due: 0, refused: 1 });
  expect(sent).toEqual([]);
  expect(ledger.rows).toMatchObject([{ state: 'bounced' }, { destination: '#bounce' }]);
});

test('sends a shorter header where SES finds it too long', async () => {
  const { raws, ledger } = await world([entry('jane@home.example')], {
    header: 'From: ann@sender.example\r\nX-Long: much\r\n',
    answers: [refusal('BadRequestException', 'Header section too long')],
  });
  expect(raws[0]).not.toContain('X-Long');
  expect(raws[0]).toContain('BODY');
  expect(ledger.rows).toMatchObject([{ state: 'sent' }]);
});

test.each([
  { what: 'a mail too large', given: { isWhole: false, size: 40_000_000 }, cause: 'too-large' },
  {
    what: 'a refused attachment',
    given: { answers: [refusal('MessageRejected', 'Illegal filename: x.exe')] },
    cause: 'content',
  },
])('sends a notice alone for $what, and tells the sender', async ({ given, cause }) => {
  const { raws, ledger } = await world([entry('jane@home.example')], given);
  expect(raws).toHaveLength(1);
  const text = Buffer.from(raws[0]?.split('\r\n\r\n')[1] ?? '', 'base64').toString();
  expect(text).toContain('Its number is mail');
  expect(text).not.toContain('BODY');
  expect(ledger.rows).toMatchObject([
    { destination: 'jane@home.example', state: 'fallback' },
    { destination: '#bounce', refusals: [{ cause }] },
  ]);
});

test('sends a notice to who refused the mail and the mail to the others, and tells nobody', async () => {
  const entries = [entry('jane@home.example'), { ...entry('john@home.example'), unattachable } as const];
  const { sent, raws, ledger } = await world(entries);
  expect(sent.map(({ to }) => to)).toEqual(['jane@home.example', 'john@home.example']);
  expect(raws.map((raw) => raw.includes('BODY'))).toEqual([true, false]);
  expect(ledger.rows).toMatchObject([{ state: 'sent' }, { state: 'fallback' }]);
});

test('tells the sender of a notice to who refused the mail, where nobody else has it', async () => {
  const { ledger } = await world([{ ...entry('john@home.example'), unattachable }]);
  expect(ledger.rows).toMatchObject([
    { state: 'fallback' },
    { destination: '#bounce', refusals: [{ recipient: 'board@example.com', cause: 'content' }] },
  ]);
});

test("owes no answer for a copy that is nobody's", async () => {
  const { ledger } = await world([{ ...entry('john@home.example'), recipients: [], unattachable }]);
  expect(ledger.rows).toMatchObject([{ state: 'fallback' }]);
});

test('waits a little for a SES that asks to slow down, and leaves the rest for later', async () => {
  const slow = refusal('TooManyRequestsException');
  const { tally, pauses } = await world([entry('jane@home.example')], { answers: [slow, slow] });
  expect(tally.sent).toBe(1);
  expect(pauses).toEqual([100, 200]);
  const { tally: later, ledger } = await world([entry('jane@home.example')], {
    answers: [slow, slow, slow, slow],
    takes: 6_000,
  });
  expect(later.due).toBe(1);
  expect(ledger.rows).toMatchObject([{ state: 'due', reason: 'no time left' }]);
});

test('sends to one destination although SES refuses the other', async () => {
  const { tally, sent } = await world([entry('bad@home.example'), entry('jane@home.example')], {
    answers: [refusal('AccountSuspendedException')],
  });
  expect(tally).toMatchObject({ sent: 1, due: 1 });
  expect(sent.map(({ to }) => to)).toEqual(['jane@home.example']);
});

const marked = (alias: string) => `X-Aliasops-Forwarded: ${alias}; id=m0\r\nFrom: a@sender.example\r\n`;
const earlier = [{ ...entry('jane@home.example'), messageId: 'm0' }];

test('lists a mail that comes round again, and sends it to nobody', async () => {
  const given = { header: marked('board@example.com'), earlier };
  const { tally, sent, ledger } = await world([entry('jane@home.example')], given);
  expect(tally.looped).toBe(1);
  expect(sent).toEqual([]);
  expect(ledger.rows[0]).toMatchObject({ state: 'loop' });
});

test.each([
  ['another alias', marked('team@example.com'), earlier],
  ['a mail that the ledger does not know', marked('board@example.com'), []],
  [
    'a mail that went to another alias',
    marked('board@example.com'),
    [{ ...entry('jane@home.example', 'team@example.com'), messageId: 'm0' }],
  ],
  [
    'more mails than are looked up',
    `${'X-Aliasops-Forwarded: board@example.com; id=x\r\n'.repeat(10)}${marked('board@example.com')}`,
    earlier,
  ],
])('believes no marker of %s', async (_, header, rows) => {
  const { tally, sent } = await world([entry('jane@home.example')], { header, earlier: rows });
  expect(tally).toMatchObject({ sent: 1, looped: 0 });
  expect(sent).toHaveLength(1);
});

test('takes a mail of too many hops for a loop, whatever its markers say', async () => {
  const header = 'Received: x\r\n'.repeat(26);
  const { tally, sent } = await world([entry('jane@home.example')], { header });
  expect(tally.looped).toBe(1);
  expect(sent).toEqual([]);
});

test('leaves a mail due while nobody knows whether it comes round again', async () => {
  const entries = [entry('jane@home.example')];
  const { ports, ledger, sent } = fakeDelivery({ now });
  await ledger.open(entries);
  const buffer = Buffer.from(`${marked('board@example.com')}\r\nBODY`);
  const bucket = {
    fetch: async () => ({
      buffer: Buffer.concat([Buffer.alloc(headroom), buffer]),
      size: buffer.length,
      isWhole: true,
    }),
  };
  const of = async () => {
    throw refusal('RequestLimitExceeded', 'secret');
  };
  const options = { ...fakeSending(ports), deadline: milliseconds(now + 20_000) };
  const tally = await deliver(entries, { ...ports, bucket, ledger: { ...ports.ledger, of } }, options);
  expect(tally).toMatchObject({ due: 1, looped: 0 });
  expect(sent).toEqual([]);
  expect(ledger.rows).toMatchObject([{ state: 'due', reason: 'ledger: RequestLimitExceeded' }]);
});

test.each([
  ['an alias of one', undefined, 1],
  ['an alias of several, of which one is due', true as const, 0],
])('leaves one-click unsubscription to %s', async (_, isShared, expected) => {
  const header = 'From: a@sender.example\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n';
  const shared = isShared === undefined ? {} : { isShared };
  const { raws } = await world([{ ...entry('jane@home.example'), ...shared }], { header });
  expect(raws.filter((raw) => raw.includes('One-Click'))).toHaveLength(expected);
});

test.each([
  ['PASS', '"Ann (ann@sender.example) via board"'],
  ['GRAY', '"Ann (ann@sender.example, unverified) via board"'],
] as const)('shows in From who wrote, where SPF says %s', async (spf, expected) => {
  const verdicts = { spam: verdict, virus: verdict, spf, dkim: 'FAIL', dmarc: 'GRAY' } as const;
  const { raws } = await world([{ ...entry('jane@home.example'), verdicts }]);
  expect(raws[0]).toContain(expected);
});

test('begins no send after the deadline', async () => {
  const entries = Array.from({ length: 30 }, (_, place) => entry(`d${place}@home.example`));
  const { tally, ledger } = await world(entries, { takes: 6_000, size: 10_485_760 });
  expect(tally).toMatchObject({ sent: 4, due: 26 });
  expect(ledger.rows.at(-1)).toMatchObject({ state: 'due', reason: 'no time left' });
});

test('names no address in what it says', async () => {
  const entries = [entry('jane@home.example')];
  const { telemetry } = await world(entries, {
    answers: [refusal('MessageRejected', 'for jane@home.example')],
  });
  expect(telemetry.lines.join('\n')).not.toContain('@');
});

test('owes the answer before the notice goes', async () => {
  const refused = { answers: [refusal('MessageRejected', 'Illegal filename: x.exe')] };
  expect((await world([entry('jane@home.example')], refused)).owed).toEqual([false, true]);
  expect((await world([{ ...entry('john@home.example'), unattachable }])).owed).toEqual([true]);
});

test('owes no answer for a notice whose sender may not be told', async () => {
  const { ledger } = await world([{ ...entry('john@home.example'), unattachable, answerable: false }]);
  expect(ledger.rows).toMatchObject([{ state: 'fallback' }]);
  expect(ledger.rows).toHaveLength(1);
});

test('does not wait for a SES that asks to slow down where the time would be up', async () => {
  const slow = refusal('TooManyRequestsException');
  const { tally, pauses, ledger } = await world([entry('jane@home.example')], {
    answers: [slow],
    takes: 19_901,
  });
  expect(tally).toMatchObject({ sent: 0, due: 1 });
  expect(pauses).toEqual([]);
  expect(ledger.rows).toMatchObject([{ state: 'due', reason: 'no time left' }]);
});

test('notes why a mail could not be fetched, and leaves it for later', async () => {
  const { ports, ledger, sent } = fakeDelivery({ now });
  const entries = [entry('jane@home.example'), entry('john@home.example')];
  await ledger.open(entries);
  const fetch = async () => {
    throw refusal('SlowDown', 'secret');
  };
  const options = { ...fakeSending(ports), deadline: milliseconds(now + 20_000) };
  const tally = await deliver(entries, { ...ports, bucket: { fetch } }, options);
  expect(tally).toEqual({ sent: 0, fallback: 0, due: 2, refused: 0, looped: 0 });
  expect(sent).toEqual([]);
  expect(ledger.rows).toMatchObject([
    { state: 'due', reason: 'fetch: SlowDown' },
    { state: 'due', reason: 'fetch: SlowDown' },
  ]);
});

test('keeps a mail that cannot be rewritten for one alias from that alias alone, and says so', async () => {
  const { sent, ledger, telemetry } = await world([
    { ...entry('jane@home.example', 'bo\u200aard@example.com'), recipients: ['bo\u200aard@example.com'] },
    { ...entry('john@home.example', 'team@example.com'), recipients: ['team@example.com'] },
  ]);
  expect(sent.map(({ to }) => to)).toEqual(['john@home.example']);
  expect(ledger.rows).toMatchObject([
    { state: 'bounced' },
    { state: 'sent' },
    { refusals: [{ recipient: 'bo\u200aard@example.com', cause: 'content' }] },
  ]);
  expect(telemetry.lines).toEqual(['A mail could not be rewritten {"messageId":"mail","reason":"no form"}']);
});

test('sends to the other aliases where the answer about one cannot be noted, and notes that', async () => {
  const { ports, ledger, sent } = fakeDelivery({ now });
  const entries = [
    { ...entry('jane@home.example'), unattachable: 'too-large' as const },
    entry('john@home.example', 'team@example.com'),
  ];
  await ledger.open(entries);
  const owe = async () => {
    throw refusal('RequestLimitExceeded', 'secret');
  };
  const options = { ...fakeSending(ports), deadline: milliseconds(now + 20_000) };
  const tally = await deliver(entries, { ...ports, ledger: { ...ledger, owe } }, options);
  expect(tally).toMatchObject({ sent: 1, due: 1 });
  expect(sent).toEqual(['john@home.example']);
  expect(ledger.rows).toMatchObject([
    { state: 'due', reason: 'ledger: RequestLimitExceeded' },
    { state: 'sent' },
  ]);
});

test('begins no note after the deadline', async () => {
  const { ports, ledger, clock } = fakeDelivery({ now });
  const entries = Array.from({ length: 25 }, (_, place) => entry(`d${place}@home.example`));
  await ledger.open(entries);
  const fetch = async () => {
    throw refusal('SlowDown');
  };
  let notes = 0;
  const note = async () => {
    notes += 1;
    clock.now += 2_000;
  };
  const options = { ...fakeSending(ports), deadline: milliseconds(now + 20_000) };
  await deliver(entries, { ...ports, bucket: { fetch }, ledger: { ...ledger, note } }, options);
  expect(notes).toBe(11);
});

test('counts each destination of a mail that comes round again', async () => {
  const { telemetry } = await world([entry('jane@home.example'), entry('john@home.example')], {
    header: marked('board@example.com'),
    earlier,
  });
  expect(telemetry.counts.get('loop')).toBe(2);
});

test('sends what may go instead to those alone for whom SES refused the mail', async () => {
  const entries = [entry('jane@home.example'), entry('john@home.example')];
  const { sent, ledger } = await world(entries, { answers: [undefined, refusal('MessageRejected')] });
  expect(sent.map(({ to }) => to)).toEqual(['jane@home.example', 'john@home.example']);
  expect(ledger.rows).toMatchObject([{ state: 'sent' }, { state: 'fallback' }]);
});

test.each([
  ['a small one', 1_000, 10],
  ['one of two megabytes', 2 * 1_048_576, 5],
  ['one of six megabytes', 6 * 1_048_576, 1],
  ['one of twenty megabytes', 20 * 1_048_576, 1],
])('sends %s to at most ten megabytes of destinations at a time', async (_, size, expected) => {
  const { ports, ledger } = fakeDelivery({ now });
  const entries = Array.from({ length: 12 }, (_, place) => entry(`d${place}@home.example`));
  await ledger.open(entries);
  const flying = { now: 0, most: 0 };
  const sender = {
    send: async () => {
      flying.now += 1;
      flying.most = Math.max(flying.most, flying.now);
      await new Promise((resolve) => setImmediate(resolve));
      flying.now -= 1;
      return 'ses';
    },
  };
  const bucket = { fetch: async () => ({ ...(await ports.bucket.fetch('mail', 0)), size }) };
  const options = { ...fakeSending(ports), deadline: milliseconds(now + 20_000) };
  await deliver(entries, { ...ports, bucket, sender }, options);
  expect(flying.most).toBe(expected);
});
