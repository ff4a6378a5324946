import { expect, test } from 'vitest';
import { milliseconds } from '../../../../schema/src/text/time.ts';
import { fakeDelivery, fakeEntry, fakeLease, fakeOrphans } from '../../delivery/delivery.fake.ts';
import { createRetryDeliveries, wakeEvent } from './retryDeliveries.ts';

const at = 1_000_000;
const options = {
  senderLocalPart: 'forwarder-daemon',
  sendTime: milliseconds(9_000),
  reserved: ['forwarder-daemon'],
  bounceLimit: 0,
  softBounceLimit: 3,
  bounceRateLimit: 0.05,
};
const fail = async () => {
  throw new Error('away');
};

function worldWith() {
  const { ports, telemetry, sent, ledger } = fakeDelivery({ now: at * 1_000 });
  const events = {
    async *list() {
      yield { messageId: 'lost', storedAt: milliseconds((at - 3_600) * 1_000) };
    },
    async *keptEvents() {},
    readEvent: async () => undefined,
    forgetEvent: async () => undefined,
  };
  const own = {
    ...ports,
    tables: { ...ports.tables, domains: { ...ports.tables.domains, gate: async () => undefined } },
    brake: { read: async () => undefined, write: async () => undefined },
    statistics: { recent: async () => [] },
    quota: { read: async () => ({ rate: 14, daily: 50_000, sent: 0 }) },
    lease: fakeLease(),
    orphans: fakeOrphans(),
    events,
  };
  return { ports: own, telemetry, sent, ledger };
}

type Ports = ReturnType<typeof worldWith>['ports'];

test.each<[string, (ports: Ports) => Ports]>([
  ['the lease', (ports) => ({ ...ports, lease: { ...ports.lease, take: fail } })],
  ['the statistics', (ports) => ({ ...ports, statistics: { recent: fail } })],
  ['the quota', (ports) => ({ ...ports, quota: { read: fail } })],
  ['the list of mails', (ports) => ({ ...ports, orphans: { ...ports.orphans, read: fail } })],
  [
    'the gate',
    (ports) => ({ ...ports, tables: { ...ports.tables, domains: { ...ports.tables.domains, gate: fail } } }),
  ],
])('emits the figures of the queue where %s fails', async (_, withFault) => {
  const { ports, telemetry, ledger } = worldWith();
  await ledger.open([fakeEntry('a@x.example', at - 50)]);
  await createRetryDeliveries(withFault(ports), options)({}).catch(() => undefined);
  expect(telemetry.counts.get('queue-depth')).toBe(1);
  expect(telemetry.counts.get('queue-age')).toBe(50);
});

test('counts orphans, and works off the queue, where the figures fail', async () => {
  const { ports, telemetry, sent, ledger } = worldWith();
  await ledger.open([fakeEntry('a@x.example', at - 50)]);
  const looks = { count: 0 };
  const due: Ports['ledger']['due'] = async (...look) => {
    looks.count += 1;
    return looks.count <= 3 ? fail() : ledger.due(...look);
  };
  const retry = createRetryDeliveries({ ...ports, ledger: { ...ledger, due } }, options);
  await expect(retry({})).rejects.toThrow('away');
  expect(sent).toEqual(['a@x.example']);
  expect(telemetry.counts.get('orphan')).toBe(1);
});

test('looks at the account and for orphans by the schedule alone', async () => {
  const { ports, telemetry, sent, ledger } = worldWith();
  await ledger.open([fakeEntry('a@x.example', at - 50)]);
  await createRetryDeliveries(ports, options)(wakeEvent);
  expect(sent).toEqual(['a@x.example']);
  expect(telemetry.counts.get('orphan')).toBeUndefined();
  expect(telemetry.counts.get('queue-depth')).toBeUndefined();
});
