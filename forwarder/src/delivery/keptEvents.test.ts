import { describe, expect, it } from 'vitest';
import { milliseconds } from '../../../schema/src/text/time.ts';
import type { IncomingMail } from '../mail/event.ts';
import { fakeDelivery, fakeSending } from './delivery.fake.ts';
import { keepEvent, sweepEvents } from './keptEvents.ts';
import { eventKey } from './ledger.ts';

const now = Date.parse('2026-11-02T10:00:00Z');
const pass = 'PASS';
const mail: IncomingMail = {
  messageId: 'mail',
  receivedAt: milliseconds(now - 60_000),
  source: 'ann@sender.example',
  recipients: ['board@example.com'],
  verdicts: { spam: pass, virus: pass, spf: pass, dkim: pass, dmarc: pass },
  headers: [],
};
const broken = async () => {
  throw new Error('no bucket');
};

describe('an event', () => {
  it('is kept in the bucket', async () => {
    const kept = new Map<string, unknown>();
    const { ledger } = fakeDelivery({ now });
    const events = { keepEvent: async (id: string, event: unknown) => void kept.set(id, event) };
    await keepEvent(mail, { a: 1 }, { events, ledger }, milliseconds(now));
    expect([...kept]).toEqual([['mail', { a: 1 }]]);
    expect(ledger.rows).toEqual([]);
  });

  it('is kept in the ledger where the bucket takes nothing', async () => {
    const { ledger } = fakeDelivery({ now });
    await keepEvent(mail, { a: 1 }, { events: { keepEvent: broken }, ledger }, milliseconds(now));
    expect(ledger.rows).toMatchObject([
      { messageId: 'mail', destination: eventKey, state: 'due', event: '{"a":1}' },
    ]);
  });

  it('is lost aloud where neither takes it', async () => {
    const ports = { events: { keepEvent: broken }, ledger: { open: broken } };
    await expect(keepEvent(mail, {}, ports, milliseconds(now))).rejects.toThrow('no bucket');
  });
});

describe('a sweep', () => {
  const options = {
    senderLocalPart: 'forwarder-daemon',
    reserved: ['forwarder-daemon'],
    bounceLimit: 0,
    softBounceLimit: 3,
  };
  const eventOf = (messageId: string) => ({
    Records: [
      {
        ses: {
          mail: { messageId, timestamp: new Date(now).toISOString(), source: 'ann@sender.example' },
          receipt: { recipients: ['board@example.com'] },
        },
      },
    ],
  });

  async function sweep(ids: readonly string[], left: number, takes = 0) {
    const world = fakeDelivery({
      now,
      aliases: { 'board@example.com': ['ann@home.example', 'bob@home.example'] },
      takes,
    });
    const stored = new Set(ids);
    const events = {
      async *keptEvents() {
        for (const messageId of ids) yield { messageId, storedAt: milliseconds(now) };
      },
      readEvent: async (id: string) => (id === 'bad' ? {} : eventOf(id)),
      forgetEvent: async (id: string) => void stored.delete(id),
    };
    const swept = await sweepEvents(
      { ...world.ports, events },
      { ...options, ...fakeSending(world.ports) },
      milliseconds(now + left),
      async () => true,
    );
    return { swept, left: [...stored], sent: world.sent.length, lines: world.telemetry.lines };
  }

  it('takes in what is kept, and forgets it', async () => {
    expect(await sweep(['a', 'b'], 60_000)).toMatchObject({ swept: 2, left: [], sent: 4 });
  });

  it('keeps what cannot be taken in, says which, and goes on', async () => {
    expect(await sweep(['bad', 'b'], 60_000)).toMatchObject({
      swept: 1,
      left: ['bad'],
      sent: 2,
      lines: ['A kept event could not be taken in {"messageId":"bad","reason":"TypeError"}'],
    });
  });

  it.each([
    ['begins nothing at the end of its time', 0, 0, { swept: 0, left: ['a', 'b'], sent: 0 }],
    ['begins nothing after it', 10_000, 10_000, { swept: 1, left: ['b'], sent: 2 }],
    ['begins no delivery after it', 10_000, 10_001, { swept: 1, left: ['b'], sent: 1 }],
  ])('%s', async (_, left, takes, expected) => {
    expect(await sweep(['a', 'b'], left, takes)).toMatchObject(expected);
  });
});
