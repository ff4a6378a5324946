import { expect, it } from 'vitest';
import type { References } from '../files/references.ts';
import { walk } from './walk.ts';

/** A graph by the targets of each node. */
function graph(targets: readonly (readonly (number | 'outside')[])[]): References {
  const text = { kind: 'text', text: '', plain: true, start: 0, end: 0 } as const;
  const source = { path: '', text: '', lineStarts: [0] };
  const destination = { text: { ...text, source }, read: { value: '' } };
  return { aliases: [], edges: targets.map((own) => own.map((target) => ({ destination, target }))) };
}

/** Each cycle as `ALIAS.EDGE` of its steps. */
function cyclesOf(targets: Parameters<typeof graph>[0]): string[] {
  return walk(graph(targets)).cycles.map((steps) =>
    steps.map(({ alias, edge }) => `${alias}.${edge}`).join(' '),
  );
}

it('counts the most references in a row that follow from an alias', () => {
  expect(walk(graph([[1, 2], [2], ['outside'], []])).depths).toEqual([2, 1, 0, 0]);
});

it.each([
  ['an alias that leads to itself', [[0]], ['0.0']],
  ['a cycle, from its first alias, wherever it is entered', [[2], ['outside', 0], [1]], ['0.0 2.0 1.1']],
  ['two cycles that share an alias', [[1, 2], [0], [0]], ['0.0 1.0', '0.1 2.0']],
  ['no cycle where two ways meet', [[1, 2], [3], [3], ['outside']], []],
] as const)('finds %s', (_, targets, cycles) => {
  expect(cyclesOf(targets)).toEqual(cycles);
});

it('walks a chain of 100,000 without a deep stack', () => {
  const chain = Array.from({ length: 100_000 }, (_, n) => (n < 99_999 ? [n + 1] : []));
  expect(walk(graph(chain)).depths[0]).toBe(99_999);
});
