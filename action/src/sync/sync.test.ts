import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../schema/src/policy.ts';
import {
  type Definition,
  definitionItem,
  domainItem,
  readDefinition,
  readDomain,
} from '../../../schema/src/records.ts';
import type { LiveRow } from '../apply/live.ts';
import type { Change } from '../plan/change.ts';
import { type SyncPorts, type SyncRequest, sync } from './sync.ts';
import type { SyncMark } from './syncMark.ts';

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
  allow: new Set(),
  pruneForeign: false,
  waitSeconds: 1,
  at: 7,
  source: { commit: 'abc', run: 'run' },
};

/** Tables in memory, with what happened to them, in order. */
function memory(
  options: { readonly isBuilt?: boolean; readonly faults?: unknown[]; readonly mark?: SyncMark } = {},
) {
  const log: string[] = [];
  const state = { rows: [] as Change[], mark: options.mark, now: 0 };
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
        mark: state.mark,
      };
    },
    changes: {
      write: async (changes) => {
        const fault = options.faults?.shift();
        if (fault !== undefined) throw fault;
        log.push(...changes.map(({ kind, table }) => `${kind} ${table}`));
        state.rows.push(...changes);
        return [];
      },
    },
    mark: {
      set: async (next, previous) => {
        if (previous !== state.mark) return false;
        state.mark = next;
        log.push(`mark ${next.state}`);
        return true;
      },
    },
    live: {
      async *rows(): AsyncGenerator<LiveRow> {
        log.push('look');
        if (options.isBuilt !== false && state.rows.length > 0)
          yield { alias: 'a@example.com', destination: 'x@m.example' };
      },
    },
    isDescendant: async (later) => later === 'later',
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
  it('writes definitions, waits, writes domains, and waits again, between its marks', async () => {
    const { ports, log } = memory();
    const result = await sync(request, ports);
    expect(log).toEqual([
      'read',
      'mark started',
      'create definitions',
      'look',
      'create domains',
      'mark done',
      'look',
    ]);
    expect(result).toMatchObject({ liveAfterMs: 0, written: [{}, {}] });
  });

  it('writes nothing the second time', async () => {
    const { ports, log } = memory();
    await sync(request, ports);
    log.length = 0;
    expect((await sync(request, ports)).written).toEqual([]);
    expect(log).toEqual(['read', 'look']);
  });

  it('stops before the domains while mail does not go by the definitions', async () => {
    const { ports, log } = memory({ isBuilt: false });
    const result = await sync(request, ports);
    expect(result.stop).toEqual({ reason: 'not-live', before: 'domains' });
    expect(log).not.toContain('create domains');
    expect(log).not.toContain('mark done');
  });

  it('refuses a commit that does not come after the one synced last', async () => {
    const mark: SyncMark = { commit: 'other', state: 'done', run: '', at: 1 };
    const { ports, log } = memory({ mark });
    expect((await sync(request, ports)).refused).toBe('unsafe');
    expect(log).toEqual(['read']);
    const later = await sync({ ...request, source: { commit: 'later', run: '' } }, ports);
    expect(later.refused).toBeUndefined();
  });

  it('gives way to another run that sets the mark first', async () => {
    const { ports, log } = memory();
    const raced = { ...ports, mark: { set: async () => false } };
    expect((await sync(request, raced)).stop).toEqual({ reason: 'other-run' });
    expect(log).toEqual(['read']);
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
  });

  it('says what was written where a write fails for good', async () => {
    const refused = Object.assign(new Error('no'), {
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 400 },
    });
    const { ports } = memory({ faults: [undefined, refused] });
    const result = await sync(request, ports);
    expect(result.written.map(({ table }) => table)).toEqual(['definitions']);
    expect(result.stop).toMatchObject({ reason: 'fault', error: refused });
  });
});
