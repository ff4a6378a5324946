import { describe, expect, it } from 'vitest';
import {
  type Definition,
  definitionItem,
  domainItem,
  readDefinition,
  readDomain,
} from '../../../schema/src/records/records.ts';
import type { Change } from '../plan/change.ts';
import { apply, type GateStep, type Stop, transactionsOf, type Writes } from './apply.ts';

function definition(alias: string, description = ''): Definition {
  return {
    domain: 'example.com',
    alias,
    destinations: ['x@m.example'],
    type: 'person',
    active: true,
    description,
  };
}

/** The changes of each transaction of these alone. */
function transactionsWith(changes: readonly Change[]): (readonly Change[])[] {
  return transactionsOf({ changes, rolls: [] }).map((writes) => writes.changes);
}

function create(alias: string, description = ''): Change {
  const after = definition(alias, description);
  return { kind: 'create', table: 'definitions', key: { domain: 'example.com', alias }, after };
}

describe('transactionsOf', () => {
  it('writes what comes before what goes, and definitions before their domains', () => {
    const after = definition('a');
    const before = readDefinition(definitionItem(after));
    const key = { domain: 'example.com', alias: 'a' };
    const domain = { domain: 'example.com' };
    const stored = readDomain(domainItem(domain));
    const [first] = transactionsWith([
      { kind: 'delete', table: 'domains', key: domain, before: stored },
      { kind: 'delete', table: 'definitions', key, before },
      { kind: 'update', table: 'domains', key: domain, before: stored, after: domain },
      { kind: 'create', table: 'domains', key: domain, after: domain },
      { kind: 'update', table: 'definitions', key, before, after },
      create('b'),
    ]);
    expect(first?.map(({ kind, table }) => `${kind} ${table}`)).toEqual([
      'update definitions',
      'create definitions',
      'update domains',
      'create domains',
      'delete definitions',
      'delete domains',
    ]);
  });

  it('leaves room in each for the check of the gate', () => {
    const changes = Array.from({ length: 250 }, (_, n) => create(`a${n}`));
    const transactions = transactionsWith(changes);
    expect(transactions.map(({ length }) => length)).toEqual([99, 99, 52]);
    expect(transactions.flat()).toEqual(changes);
  });

  it('keeps a transaction under 3.5 MB, in bytes and not in characters', () => {
    const changes = Array.from({ length: 20 }, (_, n) => create(`a${n}`, 'é'.repeat(190_000)));
    const transactions = transactionsWith(changes);
    expect(transactions.map(({ length }) => length)).toEqual([9, 9, 2]);
  });
});

describe('transactionsOf, of rolls', () => {
  const rolls = (count: number, size = 1) =>
    Array.from({ length: count }, (_, n) => ({
      domain: `${n}.example`,
      roll: new Set(Array.from({ length: size }, (__, m) => `${m}`.padStart(8, '0'))),
    }));

  it.each([
    ['beside the changes, where there is room', 3, rolls(2), [[3, 2]]],
    [
      'as many as there is room for',
      98,
      rolls(2),
      [
        [98, 1],
        [0, 1],
      ],
    ],
    [
      'no larger than a transaction may be',
      1,
      rolls(4, 150_000),
      [
        [1, 2],
        [0, 2],
      ],
    ],
    ['that are taken away', 0, [{ domain: 'gone.example' }], [[0, 1]]],
  ])('writes them last, %s', (_, count, given, expected) => {
    const changes = Array.from({ length: count }, (__, n) => create(`a${n}`));
    const lengths = transactionsOf({ changes, rolls: given }).map((one) => [
      one.changes.length,
      one.rolls.length,
    ]);
    expect(lengths).toEqual(expected);
  });
});

describe('transactionsOf, by size', () => {
  const large = definition('a', 'x'.repeat(1_800_000));
  const stored = readDefinition(definitionItem(large));
  const key = { domain: 'example.com', alias: 'a' };
  const small = definition('a');

  it.each<[string, Change[], number[]]>([
    ['a change that alone is too large', [create('a', 'x'.repeat(4_000_000))], [1]],
    [
      'what is taken away',
      [1, 2].map((): Change => ({ kind: 'delete', table: 'definitions', key, before: stored })),
      [1, 1],
    ],
    [
      'what is replaced',
      [1, 2].map((): Change => ({ kind: 'update', table: 'definitions', key, before: stored, after: small })),
      [1, 1],
    ],
    ['what comes', [create('a', 'x'.repeat(1_800_000)), create('b', 'x'.repeat(1_800_000))], [1, 1]],
    [
      'each transaction from nothing',
      ['a', 'b', 'c', 'd'].map((alias) => create(alias, 'x'.repeat(1_700_000))),
      [2, 2],
    ],
  ])('counts %s', (_, changes, lengths) => {
    expect(transactionsWith(changes).map(({ length }) => length)).toEqual(lengths);
  });
});

describe('apply', () => {
  const opened = { state: 'open', number: 5, run: 'run', at: 1 } as const;
  const previous = { state: 'closed', number: 4, run: '', at: 0 } as const;
  const closed = { ...opened, state: 'closed', at: 9 } as const;
  const busy = new Error('busy');

  async function run(count: number, ends: readonly (Stop | Error | undefined)[] = []) {
    const steps: GateStep[] = [];
    const tokens: string[] = [];
    const left = [...ends];
    const changes = {
      write: async (_: Writes, step: GateStep, token: string) => {
        steps.push(step);
        tokens.push(token);
        const end = left.shift();
        if (end instanceof Error) throw end;
        return end;
      },
    };
    const ports = { changes, newToken: () => `token ${tokens.length}`, now: () => 9 };
    const all = Array.from({ length: count }, (_, n) => create(`a${n}`));
    const { written, stop } = await apply({ changes: all, rolls: [] }, opened, previous, ports);
    return { steps, tokens, written: written.length, stop };
  }

  it.each([
    [0, [{ before: previous, after: closed }]],
    [99, [{ before: previous, after: closed }]],
    [
      100,
      [
        { before: previous, after: opened },
        { before: opened, after: closed },
      ],
    ],
    [
      199,
      [
        { before: previous, after: opened },
        { before: opened, after: opened },
        { before: opened, after: closed },
      ],
    ],
  ])('opens the gate first and closes it last, for %i changes', async (count, expected) => {
    const { steps, tokens, written, stop } = await run(count);
    expect(steps).toEqual(expected);
    expect(new Set(tokens).size).toBe(expected.length);
    expect({ written, stop }).toEqual({ written: count, stop: undefined });
  });

  it.each<[string, (Stop | Error | undefined)[], number, Stop]>([
    ['another run is first', [{ reason: 'other-run' }], 0, { reason: 'other-run' }],
    [
      'a row is other than it was',
      [undefined, { reason: 'conflict', rows: [] }],
      99,
      { reason: 'conflict', rows: [] },
    ],
    ['a write fails', [undefined, busy], 99, { reason: 'fault', error: busy }],
  ])('writes no more, and says what it wrote, where %s', async (_, ends, count, stop) => {
    const outcome = await run(250, ends);
    expect(outcome).toMatchObject({ written: count, stop });
    expect(outcome.steps).toHaveLength(ends.length);
  });
});
