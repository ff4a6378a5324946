import type { BounceRow } from '../../../schema/src/records/bounceRow.ts';
import type { DomainRecord } from '../../../schema/src/records/records.ts';
import type { Address } from '../../../schema/src/text/address.ts';
import { milliseconds, plus, type Seconds, seconds } from '../../../schema/src/text/time.ts';
import { headroom } from '../mail/message.ts';
import type { Brake } from './bounceRateBrake.ts';
import {
  type Answer,
  type DueEntry,
  type FailedEntry,
  firstAnswer,
  givenBack,
  grownAnswer,
  isAnswer,
  isEntry,
  isKeptEvent,
  keepTime,
  type Ledger,
  type LedgerRow,
  laneOf,
  newIn,
  type RowKey,
  reopened,
  type Task,
  takenUntil,
} from './ledger.ts';
import type { OrphanWatch } from './orphans.ts';
import { hurried, paceOf } from './pace.ts';
import type { QueueLease } from './queueLease.ts';
import type { ReceivePorts } from './receive.ts';
import type { Telemetry } from './telemetry.ts';

export interface FakeLedger extends Ledger {
  readonly rows: readonly LedgerRow[];
}

/** A ledger in memory, with the conditions of the table's. */
export function fakeLedger(): FakeLedger {
  const rows = new Map<string, LedgerRow>();
  const keyOf = (row: RowKey) => `${row.messageId}\n${row.destination}`;
  const now = (row: RowKey) => rows.get(keyOf(row));
  const put = <R extends LedgerRow>(row: R): R => {
    rows.set(keyOf(row), row);
    return row;
  };
  const holds = (row: Task) => {
    const present = now(row);
    return present?.state === 'due' && present.attempts === row.attempts;
  };
  const entries = () => [...rows.values()].filter(isEntry);

  return {
    get rows() {
      return [...rows.values()];
    },
    of: async (messageId) =>
      [...rows.values()]
        .filter((row) => row.messageId === messageId)
        .sort((a, b) => (a.destination < b.destination ? -1 : 1)),
    async open(added) {
      if (added.some((row) => now(row) !== undefined)) return false;
      for (const row of added) put(row);
      return true;
    },
    async take(row, until) {
      const present = now(row);
      if (present?.state !== 'due' || present.attempts !== row.attempts) return undefined;
      put(takenUntil(present, until));
      return takenUntil(row, until);
    },
    async close(row, closing, time) {
      const present = now(row);
      if (present === undefined || !isEntry(present) || present.state !== 'due') return false;
      const { nextAttemptAt: _, ...rest } = present;
      put({ ...rest, ...closing, expiresAt: plus(time, keepTime) });
      return true;
    },
    async note(row, reason) {
      if (holds(row)) put({ ...(now(row) ?? row), reason });
    },
    async postpone(row, postponement, time) {
      const present = now(row);
      if (holds(row) && present?.state === 'due') put({ ...present, ...givenBack(row, postponement, time) });
    },
    async sendNotice(row, why, time) {
      const present = entries().find((entry) => keyOf(entry) === keyOf(row));
      if (present?.state !== 'sent' || present.sesMessageId !== row.sesMessageId) return false;
      const { expiresAt: _, sesMessageId: __, ...rest } = present;
      const reason = 'refused by its server';
      put({ ...rest, state: 'due', nextAttemptAt: time, unattachable: why, reason });
      return true;
    },
    async bounce(row, reason) {
      const present = now(row);
      if (present?.state !== 'sent' && present?.state !== 'fallback') return;
      const bounced: FailedEntry = { ...present, state: 'bounced', reason };
      put(bounced);
    },
    async owe(envelope, refusals, time) {
      const first = firstAnswer(envelope, refusals, time);
      const present = now(first);
      if (present === undefined || !isAnswer(present)) return put(first);
      const added = newIn(present, refusals);
      return added.length === 0 ? present : put(grownAnswer(present, added, time));
    },
    async told(row, time) {
      const present = now(row);
      if (present === undefined || !isAnswer(present)) return;
      const told = row.refusals.length;
      if (present.refusals.length > told) put({ ...present, told });
      else put(closed({ ...present, told }, 'bounced', time));
    },
    async drop(row, reason, time) {
      const present = now(row);
      if (present?.state !== 'due') return;
      if (isKeptEvent(present)) {
        const { nextAttemptAt: _, ...rest } = present;
        put({ ...rest, state: 'dropped', reason, expiresAt: plus(time, keepTime) });
      } else if (isAnswer(present) && isAnswer(row) && present.refusals.length === row.refusals.length) {
        put(closed({ ...present, reason }, 'dropped', time));
      }
    },
    due: async (lane, time, limit) =>
      [...rows.values()]
        .filter((row) => row.state === 'due')
        .filter((row) => laneOf(row) === lane)
        .filter((row) => row.nextAttemptAt <= time)
        .sort((a, b) => a.nextAttemptAt - b.nextAttemptAt)
        .slice(0, limit),
    bySesMessage: async (id) => entries().find((row) => row.state !== 'due' && row.sesMessageId === id),
    async *all() {
      yield* rows.values();
    },
    reached: async (destinations) =>
      new Set(
        destinations.filter((destination) =>
          entries().some((row) => row.destination === destination && row.state === 'sent'),
        ),
      ),
    reopen: async (row, time) => put(reopened(row, time)),
  };
}

/** The counts of an hour's answers in memory. */
export function fakeAnswers(): ReceivePorts['answers'] {
  const counts = new Map<number, number>();
  return {
    async allow(now, limit) {
      const hour = Math.floor(now / 3_600);
      const count = counts.get(hour) ?? 0;
      if (count >= limit) return false;
      counts.set(hour, count + 1);
      return true;
    },
  };
}

/** What was looked at, in memory. */
export function fakeOrphans() {
  const kept: { watch?: OrphanWatch } = {};
  return {
    read: async () => kept.watch,
    async write(watch: OrphanWatch) {
      kept.watch = watch;
    },
  };
}

/** A lease in memory, with the conditions of the table's. */
export function fakeLease(): QueueLease {
  const row: { holder?: string | undefined; until: number; again: boolean } = { until: 0, again: false };
  return {
    async take(holder, now, until) {
      if (row.holder !== undefined && row.holder !== holder && row.until >= now) return false;
      Object.assign(row, { holder, until, again: false });
      return true;
    },
    async renew(holder, until) {
      if (row.holder !== holder) return false;
      row.until = until;
      return true;
    },
    async askAgain(now) {
      if (row.holder === undefined || row.until < now) return false;
      row.again = true;
      return true;
    },
    async release(holder) {
      if (row.holder !== holder || row.again) return false;
      row.holder = undefined;
      return true;
    },
  };
}

function closed(answer: Answer, state: 'bounced' | 'dropped', time: Seconds): Answer {
  const { nextAttemptAt: _, ...rest } = { nextAttemptAt: seconds(0), ...answer };
  return { ...rest, state, expiresAt: plus(time, keepTime) };
}

export interface FakeTelemetry extends Telemetry {
  readonly counts: ReadonlyMap<string, number>;
  readonly lines: readonly string[];
}

/** Remembers what was counted and said. */
export function fakeTelemetry(): FakeTelemetry {
  const counts = new Map<string, number>();
  const lines: string[] = [];
  const add = (name: string, value: number) => void counts.set(name, (counts.get(name) ?? 0) + value);
  const say = (message: string, fields: object) => void lines.push(`${message} ${JSON.stringify(fields)}`);
  return {
    counts,
    lines,
    count: (metric, value = 1) => add(metric, value),
    gauge: (gauge, value) => void counts.set(gauge, value),
    latency: (time) => add('latency', time),
    say,
    alarm: say,
  };
}

export interface FakeWorld {
  readonly aliases?: Readonly<Record<string, readonly string[]>>;
  readonly domains?: readonly DomainRecord[];
  readonly bounces?: readonly BounceRow[];
  readonly brake?: Brake;
  /** Milliseconds. */
  readonly now: number;
  /** Milliseconds that each send takes. */
  readonly takes?: number;
  /** Whether SES falls silent: nobody knows then whether it took the mail. */
  readonly isSilent?: boolean;
}

/** Ports over memory, with one mail in the bucket, and what was sent, answered and waited for. */
export function fakeDelivery({
  aliases = {},
  domains = [{ domain: 'example.com' }],
  bounces = [],
  brake,
  now,
  takes = 0,
  isSilent = false,
}: FakeWorld) {
  const ledger = fakeLedger();
  const telemetry = fakeTelemetry();
  const clock = { now };
  const sent: string[] = [];
  const answered: string[] = [];
  const pauses: number[] = [];
  const wakes: number[] = [];
  const buffer = Buffer.concat([Buffer.alloc(headroom), Buffer.from('From: ann@sender.example\r\n\r\nHi')]);
  const ports: ReceivePorts = {
    ledger,
    telemetry,
    bucket: { fetch: async () => ({ buffer: Buffer.from(buffer), size: buffer.length, isWhole: true }) },
    tables: {
      domains: {
        live: async (domain) => {
          const own = domains.find((one) => one.domain === domain);
          return own === undefined ? undefined : { ...own, inactive: [] };
        },
        awaitsBuild: async () => false,
      },
      aliases: {
        areAt: async () => false,
        of: async (alias) =>
          (aliases[alias] ?? []).map((destination) => ({
            alias,
            destination: destination as Address,
            domain: 'example.com',
            updatedAt: 0,
            bounces: 0,
          })),
      },
      bounces: { of: async (destination) => bounces.filter((row) => row.destination === destination) },
    },
    brake: { read: async () => brake },
    answers: fakeAnswers(),
    policy: { language: async () => 'en' as const },
    queue: { wake: async () => void wakes.push(clock.now) },
    sender: {
      send: async ({ to }) => {
        clock.now += takes;
        if (isSilent) throw new Error('socket hang up');
        sent.push(to);
        return `ses-${sent.length}`;
      },
    },
    bouncer: {
      bounce: async (_, { recipients }) =>
        void answered.push(...recipients.map(({ recipient }) => recipient)),
    },
    clock: () => milliseconds(clock.now),
    pause: async (time) => {
      pauses.push(time);
      clock.now += time;
    },
  };
  return { ports, ledger, telemetry, clock, sent, answered, pauses, wakes };
}

/** What an attempt has of an invocation that has just begun. */
export function fakeSending(ports: Parameters<typeof paceOf>[0]) {
  return {
    senderLocalPart: 'forwarder-daemon',
    sendTime: milliseconds(9_000),
    pace: paceOf(ports, hurried(1)),
  };
}

/** The row of a mail that was received at a time, in seconds, and is due then. */
export function fakeEntry(destination: string, at: number, given: Partial<DueEntry> = {}): DueEntry {
  const verdict = 'PASS';
  const time = seconds(at);
  return {
    messageId: 'mail',
    sender: 'ann@sender.example',
    receivedAt: time,
    verdicts: { spam: verdict, virus: verdict, spf: verdict, dkim: verdict, dmarc: verdict },
    answerable: true,
    destination: destination as Address,
    alias: 'board@example.com' as Address,
    recipient: 'board@example.com',
    recipients: ['board@example.com'],
    state: 'due',
    attempts: 1,
    nextAttemptAt: time,
    since: time,
    ...given,
  };
}
