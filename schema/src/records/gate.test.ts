import { describe, expect, it } from 'vitest';
import { type Gate, keptOverrides, lastOverrides, type Override, readGate } from './gate.ts';

const gate: Gate = { state: 'closed', number: 4, run: 'run', at: 9 };

function override(sync: number, more: Partial<Override> = {}): Override {
  return { sync, code: 'mass-removal', about: ['a@example.com'], more: 0, by: 'jane', at: 5, ...more };
}

describe('readGate', () => {
  it.each<[string, unknown, readonly Override[] | undefined]>([
    ['as they were written', [override(4)], [override(4)]],
    ['that are none', [null, 'x', {}, { code: 'x' }, { by: 'x' }], undefined],
    ['that are no list', 'x', undefined],
    [
      'without what is missing',
      [{ code: 'c', by: 'b', about: [1, 'n'] }],
      [{ sync: 0, code: 'c', about: ['n'], more: 0, by: 'b', at: 0 }],
    ],
  ])('reads overrides %s', (_, overrides, expected) => {
    expect(readGate({ ...gate, overrides })).toEqual({
      ...gate,
      ...(expected === undefined ? {} : { overrides: expected }),
    });
  });

  it.each([
    ['fr', { language: 'fr' }],
    ['en', {}],
    ['de', {}],
    [1, {}],
  ])('reads the language %j', (language, expected) => {
    expect(readGate({ ...gate, language })).toEqual({ ...gate, ...expected });
  });

  it('reads how many overrides there is no room for', () => {
    expect(readGate({ ...gate, forgotten: 3 })).toEqual({ ...gate, forgotten: 3 });
  });
});

describe('keptOverrides', () => {
  const before = { ...gate, overrides: [override(4), override(2)] };

  it.each<[string, Gate | undefined, readonly Override[], readonly Override[] | undefined]>([
    ['none where there never was one', undefined, [], undefined],
    ['the new ones first', before, [override(5)], [override(5), override(4), override(2)]],
    ['the earlier ones where there is no new one', before, [], [override(4), override(2)]],
    [
      'those of a sync that was cut short as its own',
      { ...before, state: 'open' },
      [],
      [override(5), override(2)],
    ],
  ])('keeps %s', (_, previous, fresh, expected) => {
    expect(keptOverrides(previous, fresh, 5)).toEqual(expected === undefined ? {} : { overrides: expected });
  });

  it('stays far below the limit of an item, and counts what it leaves out', () => {
    const about = Array.from({ length: 9000 }, (_, n) => `${n}-${'é'.repeat(100)}@example.com`);
    let kept: Pick<Gate, 'overrides' | 'forgotten'> = {};
    for (let sync = 1; sync <= 40; sync += 1) {
      kept = keptOverrides({ ...gate, ...kept }, [override(sync, { about })], sync);
    }
    expect(Buffer.byteLength(JSON.stringify(kept))).toBeLessThan(100 * 1024);
    const { overrides = [], forgotten = 0 } = kept;
    expect(overrides[0]?.sync).toBe(40);
    expect(overrides.length + forgotten).toBe(40);
    expect(forgotten).toBeGreaterThan(0);
    for (const one of overrides) expect(one.about.length + one.more).toBe(9000);
    expect(overrides[0]?.about.length).toBeGreaterThan(20);
  });
});

describe('lastOverrides', () => {
  it.each<[string, Gate | undefined, number]>([
    ['no sync has written', undefined, 0],
    ['the last sync needed none', { ...gate, overrides: [override(3)] }, 0],
    ['the last sync needed two', { ...gate, overrides: [override(4), override(4), override(3)] }, 2],
  ])('are those of the last sync alone where %s', (_, given, count) => {
    expect(lastOverrides(given)).toHaveLength(count);
  });
});
