import type { Brake } from '../../forwarder/src/delivery/bounceRateBrake.ts';
import {
  fakeAnswers,
  fakeLease,
  fakeLedger,
  fakeOrphans,
  fakeTelemetry,
} from '../../forwarder/src/delivery/delivery.fake.ts';
import { createProcess } from '../../forwarder/src/functions/handlers/process.ts';
import { createRetryDeliveries, wakeEvent } from '../../forwarder/src/functions/handlers/retryDeliveries.ts';
import { headroom } from '../../forwarder/src/mail/message.ts';
import type { Address } from '../../schema/src/text/address.ts';
import { milliseconds } from '../../schema/src/text/time.ts';
import { type Allowance, type QuotaFault, simulatedSes } from './simulatedSes.ts';
import { type VirtualTime, virtualTime } from './virtualTime.ts';

export interface GroupOptions extends Allowance {
  /** The mailboxes of each alias. */
  readonly aliases: Readonly<Record<string, readonly string[]>>;
  /** Of each mail. */
  readonly megabytes: number;
  readonly brake?: Brake;
  /** Milliseconds that a call to a table takes. */
  readonly tableTime?: number;
  readonly quotaFault?: QuotaFault;
}

export const start = Date.parse('2026-11-02T10:00:00Z');
const options = {
  senderLocalPart: 'forwarder-daemon',
  reserved: ['forwarder-daemon', 'mailer-daemon'],
  bounceLimit: 0,
  softBounceLimit: 3,
  bounceRateLimit: 0.05,
};
const raw = Buffer.from('From: Ann <ann@sender.example>\r\nSubject: Hi\r\n\r\nHello\r\n');
/** Until a function that nobody called lately begins. */
const coldStart = 700;
const limits = { process: 30_000, retryDeliveries: 900_000 } as const;
type FunctionName = keyof typeof limits;

/** The real handlers on a virtual clock, as Lambda runs them: each invocation ends at its function's limit. */
export function groupWorld(given: GroupOptions) {
  const { aliases, megabytes, brake, tableTime = 8 } = given;
  const time = virtualTime(start);
  const ses = simulatedSes(time, given, given.quotaFault);
  const ledger = fakeLedger();
  const telemetry = fakeTelemetry();
  const events = new Map<string, unknown>();
  const stored = new Map<string, number>();
  const used = { seconds: 0, invocations: 0, killed: 0, requests: 0 };
  const shared = {
    ledger: slowly(ledger, time, tableTime, used),
    tables: {
      domains: slowly(
        {
          live: async () => ({ inactive: [] }),
          awaitsBuild: async () => false,
          gate: async () => undefined,
        },
        time,
        tableTime,
        used,
      ),
      aliases: slowly(
        {
          areAt: async () => false,
          of: async (alias: Address) =>
            (aliases[alias] ?? []).map((destination) => ({
              alias,
              destination: destination as Address,
              domain: 'example.com',
              updatedAt: 0,
              bounces: 0,
            })),
        },
        time,
        tableTime,
        used,
      ),
      bounces: slowly({ of: async () => [] }, time, tableTime, used),
    },
    brake: slowly({ read: async () => brake, write: async () => undefined }, time, tableTime, used),
    orphans: fakeOrphans(),
    statistics: { recent: async () => [] },
    quota: { read: ses.quota },
    answers: slowly(fakeAnswers(), time, tableTime, used),
    policy: { language: async () => 'en' as const },
    lease: slowly(fakeLease(), time, tableTime, used),
    queue: {
      async wake() {
        await time.sleep(30);
        void time.sleep(coldStart).then(() => retry(wakeEvent));
      },
    },
    bucket: {
      async fetch() {
        await time.sleep(30 + megabytes * 12);
        const buffer = Buffer.concat([Buffer.alloc(headroom), raw]);
        return { buffer, size: Math.round(megabytes * 1_048_576), isWhole: true };
      },
    },
    events: {
      async *list(after = '') {
        for (const [messageId, storedAt] of stored)
          if (messageId > after) yield { messageId, storedAt: milliseconds(storedAt) };
      },
      async *keptEvents() {
        for (const messageId of [...events.keys()]) yield { messageId, storedAt: milliseconds(start) };
      },
      keepEvent: async (id: string, event: unknown) => void events.set(id, event),
      readEvent: async (id: string) => events.get(id),
      forgetEvent: async (id: string) => void events.delete(id),
    },
    sender: { send: ({ to }: { readonly to: string }) => ses.send(to, megabytes) },
    bouncer: { bounce: () => ses.answer() },
    telemetry,
    clock: time.now,
    pause: (wait: number) => time.sleep(wait),
    timer: (wait: number) => time.sleep(wait),
  };

  /** Runs a handler to its end, or to the limit, after which none of its calls comes back. */
  async function invoke(
    name: FunctionName,
    work: (ports: typeof shared, left: () => number) => Promise<unknown>,
  ) {
    const begun = time.now();
    const life = { isOver: false };
    const end = begun + limits[name];
    used.invocations += 1;
    const run = work(mortal(shared, life), () => end - time.now()).then(
      () => 'ended' as const,
      () => 'failed' as const,
    );
    const outcome = await Promise.race([run, time.sleep(limits[name]).then(() => 'killed' as const)]);
    life.isOver = true;
    if (outcome === 'killed') used.killed += 1;
    used.seconds += (time.now() - begun) / 1_000;
    return outcome;
  }

  const retry = (event: unknown) =>
    invoke('retryDeliveries', (ports, left) =>
      createRetryDeliveries(ports, { ...options, sendTime: milliseconds(60_000) })(event, {
        getRemainingTimeInMillis: left,
      }),
    );

  return {
    time,
    ses,
    ledger,
    telemetry,
    events,
    used,
    /** SES's call for a mail to these recipients. */
    receive(messageId: string, recipients: readonly string[]) {
      stored.set(messageId, time.now());
      const event = eventFor(messageId, recipients, time.now());
      return invoke('process', (ports) =>
        createProcess(ports, { ...options, sendTime: milliseconds(9_000) })(event),
      );
    },
    keep(messageId: string, recipients: readonly string[]) {
      events.set(messageId, eventFor(messageId, recipients, time.now()));
    },
    /** The scheduled call, whose event may say an earlier time. */
    retry: (at: number) => retry({ time: new Date(at).toISOString() }),
  };
}

/** A port whose calls take their time and are counted. */
function slowly<Port extends object>(
  port: Port,
  time: VirtualTime,
  wait: number,
  used: { requests: number },
): Port {
  return wrapped(port, async (call, name, args) => {
    used.requests += requestsOf(name, args);
    await time.sleep(wait);
    return call();
  });
}

/** What the tables' adapters make of a call: a hundred rows are one request, and a row that is closed is noted twice. */
function requestsOf(name: string, [first]: readonly unknown[]): number {
  if (name === 'open' && Array.isArray(first)) return Math.ceil(first.length / 100);
  return name === 'close' ? 2 : 1;
}

/** All ports of an invocation: once it is over nothing that it waits for comes. */
function mortal<Ports extends object>(ports: Ports, life: { readonly isOver: boolean }): Ports {
  const never = () => new Promise<never>(() => undefined);
  const asynchronous = [
    'ledger',
    'lease',
    'queue',
    'quota',
    'bucket',
    'sender',
    'bouncer',
    'brake',
    'statistics',
  ];
  const isPort = (name: string, port: unknown): port is object =>
    asynchronous.includes(name) && typeof port === 'object' && port !== null;
  return Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [
      name,
      isPort(name, port)
        ? wrapped(port, async (call) => {
            if (life.isOver) return never();
            const result = await call();
            return life.isOver ? never() : result;
          })
        : port,
    ]),
  ) as Ports;
}

function wrapped<Port extends object>(
  port: Port,
  around: (call: () => Promise<unknown>, name: string, args: readonly unknown[]) => Promise<unknown>,
): Port {
  return new Proxy(port, {
    get(target, property, receiver) {
      const member: unknown = Reflect.get(target, property, receiver);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) =>
        around(async () => Reflect.apply(member, target, args), String(property), args);
    },
  });
}

function eventFor(messageId: string, recipients: readonly string[], at: number): unknown {
  const pass = { status: 'PASS' };
  const timestamp = new Date(at).toISOString();
  const verdicts = {
    spamVerdict: pass,
    virusVerdict: pass,
    spfVerdict: pass,
    dkimVerdict: pass,
    dmarcVerdict: pass,
  };
  const mail = { timestamp, messageId, source: 'ann@sender.example', headers: [] };
  return { Records: [{ ses: { mail, receipt: { timestamp, recipients, ...verdicts } } }] };
}
