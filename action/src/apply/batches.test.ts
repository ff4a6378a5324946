import { describe, expect, it } from 'vitest';
import type { Change } from '../plan/change.ts';
import { batchesOf } from './batches.ts';

function create(alias: string, description = ''): Change {
  return {
    kind: 'create',
    table: 'definitions',
    key: { domain: 'example.com', alias },
    after: {
      domain: 'example.com',
      alias,
      destinations: ['x@m.example'],
      type: 'person',
      active: true,
      description,
    },
  };
}

describe('batchesOf', () => {
  it('packs a hundred changes into a transaction, in their order', () => {
    const changes = Array.from({ length: 250 }, (_, n) => create(`a${n}`));
    const batches = batchesOf(changes);
    expect(batches.map(({ length }) => length)).toEqual([100, 100, 50]);
    expect(batches.flat()).toEqual(changes);
  });

  it('keeps a transaction under 3.5 MB, in bytes and not in characters', () => {
    const changes = Array.from({ length: 20 }, (_, n) => create(`a${n}`, 'é'.repeat(190_000)));
    const batches = batchesOf(changes);
    expect(batches.map(({ length }) => length)).toEqual([9, 9, 2]);
  });
});
