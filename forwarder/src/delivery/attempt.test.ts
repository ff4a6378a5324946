import { expect, it } from 'vitest';
import { type Milliseconds, milliseconds, seconds } from '../../../schema/src/text/time.ts';
import { attempt, type Outgoing } from './attempt.ts';
import { fakeDelivery, fakeEntry, fakeSending } from './delivery.fake.ts';

const at = 1_000_000;
const deadline = milliseconds(at * 1_000 + 10_000);

const taken = fakeEntry('ann@home.example', at, { nextAttemptAt: seconds(at + 300) });

interface Given {
  readonly errors?: readonly Error[];
  readonly state?: 'sent' | 'fallback';
  /** Milliseconds from the receipt to the attempt, and those that each send takes. */
  readonly age?: number;
  readonly takes?: number;
  /** No attempt begins later. */
  readonly by?: Milliseconds;
  readonly isLedgerDown?: boolean;
}

async function tried({
  errors = [],
  state = 'sent',
  age = 0,
  takes = 0,
  by = deadline,
  isLedgerDown = false,
}: Given) {
  const world = fakeDelivery({ now: at * 1_000 + age });
  const entry = taken;
  await world.ledger.open([entry]);
  const left = [...errors];
  const mails: Outgoing[] = [];
  const down = async () => {
    throw new RangeError('secret');
  };
  const ports = {
    ...world.ports,
    ledger: isLedgerDown ? { ...world.ledger, close: down, note: down, postpone: down } : world.ledger,
    sender: {
      send: async (mail: Outgoing) => {
        mails.push(mail);
        world.clock.now += takes;
        const error = left.shift();
        if (error !== undefined) throw error;
        return 'ses';
      },
    },
  };
  const options = { ...fakeSending(world.ports), deadline: by };
  const outcome = await attempt(entry, Buffer.from('mail'), state, ports, options);
  const [row] = world.ledger.rows;
  const { counts, lines } = world.telemetry;
  return { outcome, row, counts: Object.fromEntries(counts), lines, pauses: world.pauses, mails };
}

const named = (name: string) => Object.assign(new Error('for ann@home.example'), { name });
const slow = named('ThrottlingException');

it('sends at the domain of the alias, in the name of none, and notes what SES called it', async () => {
  const { outcome, row, mails, counts } = await tried({ age: 4_000, takes: 500 });
  expect(outcome).toBe('sent');
  expect(mails).toEqual([
    { from: 'forwarder-daemon@example.com', to: 'ann@home.example', raw: Buffer.from('mail') },
  ]);
  expect(row).toMatchObject({
    state: 'sent',
    sesMessageId: 'ses',
    expiresAt: seconds(at + 4 + 90 * 86_400),
  });
  expect(counts).toEqual({ 'delivered-success': 1, latency: 4_500 });
});

it('counts a notice as one', async () => {
  const { outcome, row, counts } = await tried({ state: 'fallback' });
  expect(outcome).toBe('fallback');
  expect(row).toMatchObject({ state: 'fallback' });
  expect(counts).toEqual({ 'delivered-success': 1, latency: 0, fallback: 1 });
});

it.each([
  ['is sent', 10_000, 'sent', {}],
  ['waits', 10_001, 'due', { reason: 'no time left' }],
])('%s where it begins %i ms after the receipt', async (_, age, outcome, row) => {
  expect(await tried({ age })).toMatchObject({ outcome, row, mails: outcome === 'sent' ? [{}] : [] });
});

it.each([
  ['refuses it', named('MessageRejected'), 'rejected', undefined, {}],
  ['says that the account is at fault', named('SendingPausedException'), 'due', 'SendingPausedException', 1],
  ['cannot be reached', named('ECONNREFUSED'), 'due', 'ECONNREFUSED', {}],
  ['does not answer', named('TimeoutError'), 'due', undefined, {}],
])('leaves it, and notes what surely failed, where SES %s', async (_, error, outcome, reason, account) => {
  const result = await tried({ errors: [error] });
  expect(result.outcome).toBe(outcome);
  expect(result.row).toStrictEqual({
    ...taken,
    ...(reason === undefined ? {} : { reason }),
  });
  expect(result.counts).toEqual({
    'delivered-failure': 1,
    ...(account === 1 ? { 'account-fault': 1 } : {}),
  });
  expect(result.lines).toEqual([]);
});

it.each([
  ['tries again', [slow], 0, 'sent', [100]],
  ['tries as long as there is time', [slow, slow, slow, slow], 0, 'sent', [100, 200, 300, 300]],
  ['waits where there is time', [slow], 9_900, 'sent', [100]],
  ['waits no longer than there is time', [slow], 9_901, 'due', []],
  ['waits for nothing else', [named('TimeoutError')], 0, 'due', []],
  ['waits for no other fault that follows', [slow, named('MessageRejected')], 0, 'rejected', [100]],
])('%s where SES asks to slow down', async (_, errors, takes, outcome, pauses) => {
  expect(await tried({ errors, takes })).toMatchObject({ outcome, pauses });
});

it.each([
  ['sent', {}],
  ['still due', { errors: [named('ECONNREFUSED')] }],
  ['late', { age: 10_001 }],
])('says so where the ledger takes no note of a mail that is %s', async (_, given) => {
  const { outcome, lines } = await tried({ ...given, isLedgerDown: true });
  expect(outcome).toBe('due');
  expect(lines).toEqual(['An attempt could not be noted {"messageId":"mail","reason":"RangeError"}']);
});

it.each([
  ['begins where it ends before its lease does', 281_000, 'sent'],
  ['does not begin where it might not', 281_001, 'due'],
])('%s: after %i ms', async (_, age, outcome) => {
  const far = milliseconds(at * 1_000 + 900_000);
  expect(await tried({ age, by: far })).toMatchObject({ outcome });
});

it('is none where SES asked to slow down until the time was up', async () => {
  const { row, counts } = await tried({ errors: [slow], takes: 10_000 });
  expect(row).toMatchObject({
    state: 'due',
    attempts: 1,
    postponed: 1,
    reason: 'no time left',
    nextAttemptAt: at + 10,
    since: at,
  });
  expect(counts).toEqual({});
});

it.each([
  ['LimitExceededException', 'Daily message quota exceeded.'],
  ['Throttling', 'Daily message quota exceeded.'],
  ['TooManyRequestsException', 'Daily message quota exceeded'],
  ['MessageRejected', 'Sending quota exceeded for the last 24 hours'],
])(
  "is none where the day's quota is used up, as %s says, and its day stands still",
  async (name, message) => {
    const { outcome, row, counts } = await tried({ errors: [Object.assign(new Error(message), { name })] });
    expect(outcome).toBe('due');
    expect(row).toMatchObject({ postponed: 1, reason: 'quota', nextAttemptAt: at + 900, since: at + 900 });
    expect(counts).toEqual({ 'delivered-failure': 1, 'account-fault': 1 });
  },
);
