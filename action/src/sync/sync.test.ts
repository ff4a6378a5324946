import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../schema/src/files/policy.ts';
import type { Language } from '../../../schema/src/messages/message.ts';
import { say } from '../../../schema/src/messages/message.ts';
import type { Gate, Override } from '../../../schema/src/records/gate.ts';
import { reasonCodes } from '../../../schema/src/records/reasonCodes.ts';
import {
  type Definition,
  definitionItem,
  domainItem,
  readDefinition,
  readDomain,
} from '../../../schema/src/records/records.ts';
import { allowAll, grantKey, type Permission, type Review } from '../guard/reason.ts';
import type { Change } from '../plan/change.ts';
import { type SyncPorts, type SyncRequest, sync } from './sync.ts';

const definition: Definition = {
  domain: 'example.com',
  alias: 'a',
  destinations: ['x@m.example'],
  type: 'person',
  active: true,
};
const request: SyncRequest = {
  desired: { definitions: [definition], domains: [{ domain: 'example.com' }] },
  policy: defaultPolicy,
  moment: { today: '2026-11-24', reserved: [] },
  pruneForeign: false,
  waitSeconds: 1,
  at: 7,
  startedBy: 'Jane',
  source: { commit: 'abc', run: 'run' },
};
const many = (count: number) => Array.from({ length: count }, (_, n) => ({ ...definition, alias: `a${n}` }));
const closed: Gate = { state: 'closed', number: 4, commit: 'abc', run: '', at: 1 };

const nothing = { desired: { definitions: [], domains: [] } };

interface Options {
  /** Milliseconds after the closing of a gate until a build has published it. */
  readonly buildTakes?: number;
  readonly faults?: unknown[];
  readonly gate?: Gate;
  readonly published?: number;
}

/** Tables in memory, with what happened to them, in order. */
function memory({ buildTakes = 0, faults = [], gate, published = 0 }: Options = {}) {
  const log: string[] = [];
  const state = { rows: [] as Change[], gate, closedAt: 0, now: 0 };
  const ports: SyncPorts = {
    read: async () => {
      log.push('read');
      const after = state.rows.flatMap((change) => (change.kind === 'delete' ? [] : [change]));
      return {
        rows: {
          definitions: after.flatMap((one) =>
            one.table === 'definitions' ? [readDefinition(definitionItem(one.after))] : [],
          ),
          domains: after.flatMap((one) =>
            one.table === 'domains' ? [readDomain(domainItem(one.after))] : [],
          ),
        },
        gate: state.gate,
        published,
      };
    },
    changes: {
      write: async ({ changes }, { before, after }) => {
        const fault = faults.shift();
        if (fault !== undefined) throw fault;
        if (before !== state.gate) return { reason: 'other-run' };
        log.push(...changes.slice(0, 2).map(({ kind, table }) => `${kind} ${table}`));
        state.rows.push(...changes);
        state.gate = after;
        state.closedAt = state.now;
        log.push(`${after.state} ${after.number}`);
        return undefined;
      },
    },
    build: {
      published: async () => {
        log.push('look');
        return state.now - state.closedAt >= buildTakes ? (state.gate?.number ?? 0) : published;
      },
    },
    isDescendant: async (later) => later === 'later',
    policyAt: async () => undefined,
    allowed: async () => ({ allowance: new Map() }),
    newToken: () => 'token',
    clock: {
      now: () => state.now,
      sleep: async (milliseconds) => {
        state.now += milliseconds;
      },
    },
  };
  return { ports, log, state };
}

describe('sync', () => {
  it('writes what one transaction takes behind a gate that was never open, and waits once', async () => {
    const { ports, log, state } = memory({ buildTakes: 900 });
    const result = await sync(request, ports);
    expect(log).toEqual(['read', 'create definitions', 'create domains', 'closed 1', 'look', 'look', 'look']);
    expect(result).toMatchObject({ liveAfterMs: 1000, written: [{}, {}] });
    expect(state.gate).toEqual({ state: 'closed', number: 1, commit: 'abc', run: 'run', at: 7 });
  });

  it.each([
    ['the last build has seen the gate', 1, ['read']],
    ['no build has seen the gate yet', 0, ['read', 'look']],
  ])('writes nothing the second time, and waits only where %s', async (_, published, expected) => {
    const first = memory();
    await sync(request, first.ports);
    const { log, ports } = first;
    log.length = 0;
    const read = async () => ({ ...(await ports.read()), published });
    const second = await sync(request, { ...ports, read });
    expect(second).toMatchObject({ written: [], liveAfterMs: 0 });
    expect(log).toEqual(expected);
  });

  it('is live at once where no sync has ever written and there is nothing to write', async () => {
    const { ports, log } = memory();
    const result = await sync({ ...request, desired: { definitions: [], domains: [] } }, ports);
    expect(result).toMatchObject({ written: [], liveAfterMs: 0 });
    expect(log).toEqual(['read']);
  });

  it('says that it is not live where no build publishes it in time', async () => {
    const { ports, log, state } = memory({ buildTakes: 5000 });
    const result = await sync(request, ports);
    expect(result).toMatchObject({ stop: { reason: 'not-live' }, written: [{}, {}] });
    expect(log.filter((entry) => entry === 'look')).toHaveLength(3);
    expect(state.gate?.state).toBe('closed');
  });

  it('does not wait where it is told not to', async () => {
    const { ports, log } = memory();
    const result = await sync({ ...request, waitSeconds: 0 }, ports);
    expect(result).toMatchObject({ liveAfterMs: null, written: [{}, {}] });
    expect(log).not.toContain('look');
  });

  const empty = { ...request, desired: { definitions: [], domains: [{ domain: 'example.com' }] } };
  const both = { ...request, desired: { ...request.desired, definitions: many(2) } };
  const about = ['a0@example.com', 'a1@example.com'];
  const override = { sync: 2, code: 'mass-removal', about, more: 0, by: 'Jane', at: 7 };

  it.each<[string, Permission, readonly Override[]]>([
    ['whoever started it', { allowance: allowAll(['mass-removal']) }, [override]],
    [
      'whoever set a label, each for what it covers',
      {
        allowance: allowAll(['mass-removal']),
        grants: new Map([
          [grantKey('mass-removal', { name: 'a1@example.com', outcome: 'nobody' }), 'ann (label on #3)'],
        ]),
      },
      [
        { ...override, about: about.slice(0, 1) },
        { ...override, about: about.slice(1), by: 'ann (label on #3)' },
      ],
    ],
  ])('keeps in the gate what was allowed by %s', async (_, permission, expected) => {
    const { ports, state } = memory();
    await sync(both, ports);
    expect(state.gate).not.toHaveProperty('overrides');
    const allowed = async () => permission;
    await sync(empty, { ...ports, allowed });
    expect(state.gate?.overrides).toEqual(expected);
  });

  it('keeps in the gate which rows of others it deleted', async () => {
    const { ports, state } = memory();
    const foreign = { domain: 'example.com', alias: 'theirs', destinations: ['x@m.example'] };
    const read: SyncPorts['read'] = async () => {
      const { rows, ...rest } = await ports.read();
      return { ...rest, rows: { ...rows, definitions: [...rows.definitions, readDefinition(foreign)] } };
    };
    await sync({ ...request, pruneForeign: true }, { ...ports, read });
    expect(state.gate?.overrides).toEqual([
      { ...override, sync: 1, code: 'prune-foreign', about: ['theirs@example.com'] },
    ]);
  });

  it('keeps nothing of what it was allowed without need', async () => {
    const { ports, state } = memory();
    const allowed = async () => ({ allowance: allowAll(reasonCodes) });
    await sync({ ...request, pruneForeign: true }, { ...ports, allowed });
    expect(state.gate).not.toHaveProperty('overrides');
  });

  it('refuses files that were not committed', async () => {
    const { ports, log } = memory();
    const refused = await sync({ ...request, uncommitted: ['example.com.yml'] }, ports);
    expect(refused.review.unsafe).toMatchObject([{ code: 'rollback', about: [{ name: 'example.com.yml' }] }]);
    expect(log).toEqual(['read']);
  });

  it('refuses a commit that does not come after the one synced last', async () => {
    const { ports, log } = memory({ gate: { ...closed, commit: 'other' } });
    expect((await sync(request, ports)).refused).toBe('unsafe');
    expect(log).toEqual(['read']);
    const later = await sync({ ...request, source: { commit: 'later', run: '' } }, ports);
    expect(later.refused).toBeUndefined();
  });

  it('keeps the commit known last where none is given', async () => {
    const { ports, state } = memory({ gate: closed, published: 4 });
    const { source: _, ...without } = request;
    await sync(without, ports);
    expect(state.gate).toEqual({ state: 'closed', number: 5, commit: 'abc', run: 'command line', at: 7 });
  });

  it('opens the gate with the first of several transactions, and closes it with the last', async () => {
    const { ports, log } = memory();
    await sync(
      { ...request, desired: { ...request.desired, definitions: many(250) }, waitSeconds: 0 },
      ports,
    );
    expect(log).toEqual([
      'read',
      ...['create definitions', 'create definitions', 'open 1'],
      ...['create definitions', 'create definitions', 'open 1'],
      ...['create definitions', 'create definitions', 'closed 1'],
    ]);
  });

  it.each<[string, Gate | undefined, Language, boolean]>([
    ['another than reports are in', closed, 'fr', true],
    ['English again', { ...closed, language: 'fr' }, 'en', true],
    ['the same', { ...closed, language: 'fr' }, 'fr', false],
    ['English as before', closed, 'en', false],
    ['any, where no sync has ever written', undefined, 'fr', false],
  ])(
    'says in the gate which language the policy asks for, where that is %s',
    async (_, gate, language, isWritten) => {
      const { ports, log, state } = memory({ ...(gate && { gate }), published: 4 });
      const result = await sync({ ...request, ...nothing, policy: { ...defaultPolicy, language } }, ports);
      expect(result).toMatchObject({ written: [] });
      expect(log.includes('closed 5')).toBe(isWritten);
      if (isWritten) expect(state.gate?.language ?? 'en').toBe(language);
    },
  );

  it('closes a gate that was left open, also where there is nothing to write', async () => {
    const { ports, log } = memory({ gate: { ...closed, state: 'open' } });
    const result = await sync({ ...request, desired: { definitions: [], domains: [] } }, ports);
    expect(log).toEqual(['read', 'closed 5', 'look']);
    expect(result).toMatchObject({ written: [], liveAfterMs: 0 });
  });

  it('gives way to another run that opens the gate first', async () => {
    const { ports, log, state } = memory();
    const read: SyncPorts['read'] = async () => {
      const snapshot = await ports.read();
      state.gate = { ...closed, state: 'open' };
      return snapshot;
    };
    const raced = { ...ports, read };
    expect(await sync(request, raced)).toMatchObject({ stop: { reason: 'other-run' }, written: [] });
    expect(log).toEqual(['read']);
  });

  it('says so where another run has taken the gate before it is closed', async () => {
    const { ports, state } = memory();
    const write: SyncPorts['changes']['write'] = async (...given) => {
      if (given[1].after.state === 'closed') state.gate = { ...closed, state: 'open' };
      return ports.changes.write(...given);
    };
    const desired = { ...request.desired, definitions: many(120) };
    const result = await sync({ ...request, desired }, { ...ports, changes: { write } });
    expect(result.stop).toEqual({ reason: 'other-run' });
    expect(result.written).toHaveLength(99);
  });

  it('reads and plans again where the tables were busy for too long', async () => {
    const busy = Object.assign(new Error('busy'), {
      name: 'ThrottlingException',
      $metadata: { httpStatusCode: 400 },
    });
    const { ports, log } = memory({ faults: [busy, busy] });
    const result = await sync(request, ports);
    expect(result.stop).toBeUndefined();
    expect(result.written).toHaveLength(2);
    expect(log.filter((entry) => entry === 'read')).toHaveLength(3);
    expect(log).toContain('closed 1');
  });

  it('leaves the gate open, and says what was written, where a write fails for good', async () => {
    const refused = Object.assign(new Error('no'), {
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 400 },
    });
    const { ports, state } = memory({ faults: [undefined, refused] });
    const desired = { ...request.desired, definitions: many(120) };
    const result = await sync({ ...request, desired }, ports);
    expect(result.written).toHaveLength(99);
    expect(result.stop).toMatchObject({ reason: 'fault', error: refused });
    expect(state.gate?.state).toBe('open');
  });

  it('writes the other domains, and says which it held', async () => {
    const { ports } = memory();
    const mistaken = new Map([
      [
        'example.org',
        say('{address} refers to {domain}', { address: 'a@example.org', domain: 'example.org' }),
      ],
    ]);
    const broken = { ...definition, domain: 'example.org' };
    const desired = {
      definitions: [definition, broken],
      domains: [{ domain: 'example.com' }, { domain: 'example.org' }],
    };
    const result = await sync({ ...request, desired, mistaken }, ports);
    expect(result.held).toEqual(mistaken);
    expect(result.written.map(({ key }) => key.domain)).toEqual(['example.com', 'example.com']);
  });

  it.each<[string, Options, Partial<SyncRequest>, boolean, boolean, string | undefined]>([
    ['there is something to write, and yes is said', {}, {}, true, true, undefined],
    ['there is something to write, and no is said', {}, {}, false, true, 'declined'],
    ['a sync was cut short', { gate: { ...closed, state: 'open' } }, nothing, false, true, 'declined'],
    ['there is nothing to write', {}, nothing, false, false, undefined],
    ['it is refused anyway', {}, { expectFingerprint: 'another' }, true, false, 'fingerprint'],
  ])('asks where %s', async (_, options, more, yes, isAsked, refused) => {
    const { ports, log, state } = memory(options);
    const asked: number[] = [];
    const agreed = async ({ plan }: Review) => {
      asked.push(plan.changes.length);
      return yes;
    };
    const result = await sync({ ...request, ...more }, { ...ports, agreed });
    expect(result.refused).toBe(refused);
    expect(asked).toHaveLength(isAsked ? 1 : 0);
    if (refused !== undefined)
      expect({ log, gate: state.gate }).toEqual({ log: ['read'], gate: options.gate });
  });

  it('asks once, also where the tables were busy and it plans again', async () => {
    const busy = Object.assign(new Error('busy'), {
      name: 'ThrottlingException',
      $metadata: { httpStatusCode: 400 },
    });
    const { ports } = memory({ faults: [busy] });
    let asked = 0;
    const agreed = async () => {
      asked += 1;
      return true;
    };
    expect((await sync(request, { ...ports, agreed })).written).toHaveLength(2);
    expect(asked).toBe(1);
  });

  it('tells how long it waits, and counts no time in which somebody thinks', async () => {
    const { ports, state } = memory({ buildTakes: 900 });
    const told: number[] = [];
    const agreed = async () => {
      state.now += 60_000;
      return true;
    };
    const result = await sync(request, { ...ports, agreed, waiting: (elapsed) => void told.push(elapsed) });
    expect(told).toEqual([0, 500]);
    expect(result.liveAfterMs).toBe(1000);
  });
});
