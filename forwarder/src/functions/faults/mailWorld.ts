import type { Live } from '../../../../schema/src/records/live.ts';
import type { AliasRow } from '../../../../schema/src/records/records.ts';
import { type Address, splitAddress } from '../../../../schema/src/text/address.ts';
import { milliseconds } from '../../../../schema/src/text/time.ts';
import {
  fakeAnswers,
  fakeLease,
  fakeLedger,
  fakeOrphans,
  fakeTelemetry,
} from '../../delivery/delivery.fake.ts';
import { headroom } from '../../mail/message.ts';
import { createProcess } from '../handlers/process.ts';
import { createRetryDeliveries } from '../handlers/retryDeliveries.ts';
import type { Fault } from './inject.ts';
import { type Injector, injector } from './inject.ts';

/** The time of the receipt. */
export const receivedAt = Date.parse('2026-11-02T10:00:00Z');

const rows: readonly AliasRow[] = [
  ['john@example.com', 'john@home.example'],
  ['john@example.com', 'john@work.example'],
  ['jane@soon.example', 'jane@home.example'],
].map(([alias, destination]) => ({
  alias: alias as Address,
  destination: destination as Address,
  domain: splitAddress(alias as Address).domain,
  updatedAt: 0,
  bounces: 0,
}));

const raw = Buffer.from('From: Ann <ann@sender.example>\r\nSubject: Hi\r\n\r\nHello\r\n');
/** Where each fetch lays the mail anew: one buffer for all worlds, since a new one is most of the work of a run. */
const buffer = Buffer.alloc(headroom + raw.length);

const never = () => new Promise<never>(() => undefined);

/**
 * `process` and `retryDeliveries` on fakes, with the planned faults in every call.
 *
 * @param timer settles when the time to record a mail is over, and may move the clock (epoch milliseconds) there
 */
export function mailWorld(
  plan: readonly Fault[],
  recipients: readonly string[],
  timer: (time: { now: number }) => Promise<unknown> = never,
) {
  const faults: Injector = injector(plan);
  const ledger = fakeLedger();
  const telemetry = fakeTelemetry();
  const time = { now: receivedAt + 1_000 };
  const sent: string[] = [];
  const answered: string[][] = [];
  const events = new Map<string, unknown>();
  const bucket = faults.wrap('bucket', {
    fetch: async () => {
      raw.copy(buffer, headroom);
      return { buffer, size: raw.length, isWhole: true };
    },
    list: async function* () {
      yield { messageId: 'mail', storedAt: milliseconds(receivedAt) };
    },
    keptEvents: async function* () {
      for (const messageId of [...events.keys()]) yield { messageId, storedAt: milliseconds(receivedAt) };
    },
    keepEvent: async (id: string, event: unknown) => void events.set(id, event),
    readEvent: async (id: string) => events.get(id),
    forgetEvent: async (id: string) => void events.delete(id),
  });
  const published = new Set(['example.com']);
  const ports = {
    tables: {
      domains: faults.wrap('domains', {
        live: async (domain: string): Promise<Live> =>
          published.has(domain) ? { inactive: [] } : { inactive: [], moving: true },
        awaitsBuild: async () => false,
        gate: async () => undefined,
      }),
      aliases: faults.wrap('aliases', {
        areAt: async () => false,
        of: async (alias: string) => rows.filter((row) => row.alias === alias),
      }),
      bounces: faults.wrap('bounces', { of: async () => [] }),
    },
    ledger: faults.wrap('ledger', ledger),
    bucket,
    events: bucket,
    brake: faults.wrap('brake', { read: async () => undefined, write: async () => undefined }),
    orphans: faults.wrap('orphans', fakeOrphans()),
    statistics: faults.wrap('statistics', { recent: async () => [] }),
    quota: faults.wrap('quota', { read: async () => ({ rate: 14, daily: 50_000, sent: 0 }) }),
    answers: faults.wrap('answers', fakeAnswers()),
    policy: faults.wrap('policy', { language: async () => 'en' as const }),
    lease: faults.wrap('lease', fakeLease()),
    queue: faults.wrap('queue', { wake: async () => undefined }),
    sender: faults.wrap('sender', {
      send: async ({ to }: { to: string }) => {
        sent.push(to);
        return `ses-${sent.length}`;
      },
    }),
    bouncer: faults.wrap('bouncer', {
      bounce: async (_: string, report: { recipients: readonly { recipient: string }[] }) =>
        void answered.push(report.recipients.map(({ recipient }) => recipient)),
    }),
    telemetry,
    clock: () => milliseconds(time.now),
    pause: async (duration: number) => {
      time.now += duration;
    },
    timer: () => timer(time),
  };
  const options = {
    senderLocalPart: 'forwarder-daemon',
    sendTime: milliseconds(60_000),
    reserved: ['forwarder-daemon', 'mailer-daemon'],
    bounceLimit: 0,
    softBounceLimit: 3,
    bounceRateLimit: 0.05,
  };
  const receive = createProcess(ports, options);
  const retry = createRetryDeliveries(ports, options);
  return {
    faults,
    ledger,
    telemetry,
    sent,
    answered,
    events,
    /** SES's call; false when it got no answer. */
    receive: () => faults.invoke(() => receive(eventFor(recipients))),
    /** The scheduled call, this many minutes after the receipt. */
    async retryAfter(minutes: number) {
      time.now = receivedAt + minutes * 60_000;
      published.add('soon.example');
      return faults.invoke(() => retry({}));
    },
  };
}

function eventFor(recipients: readonly string[]): unknown {
  const pass = { status: 'PASS' };
  const timestamp = new Date(receivedAt).toISOString();
  const verdicts = {
    spamVerdict: pass,
    virusVerdict: pass,
    spfVerdict: pass,
    dkimVerdict: pass,
    dmarcVerdict: pass,
  };
  const mail = { timestamp, messageId: 'mail', source: 'ann@sender.example', headers: [] };
  return { Records: [{ ses: { mail, receipt: { timestamp, recipients, ...verdicts } } }] };
}
