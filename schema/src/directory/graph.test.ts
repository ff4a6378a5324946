import { expect, it } from 'vitest';
import { check } from '../check.ts';
import { type Graph, walk } from './graph.ts';

/** A graph by the targets of each node. */
function graph(targets: readonly (readonly (number | 'outside')[])[]): Pick<Graph, 'edges'> {
  return { edges: targets.map((own) => own.map((target) => ({ target }))) };
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

/** The aliases that reach nobody, of a file with these. */
function unreached(aliases: string): string[] {
  const bytes = new TextEncoder().encode(`domain: example.com\naliases:\n${aliases}`);
  const { diagnostics } = check([{ name: 'example.com.yml', path: 'e.yml', kind: 'file', bytes }], {
    today: '2026-11-24',
    reserved: [],
    folder: 'aliases',
  });
  return diagnostics
    .filter(({ code }) => code === 'nobody')
    .map(({ message }) => message.split('`')[1] ?? '');
}

it.each([
  ['an alias without a destination', '  a: { destinations: [] }\n', ['a']],
  [
    'one whose references are all off',
    '  a: { destinations: [b] }\n  b: { active: false, destinations: [x@y.example] }\n',
    ['a'],
  ],
  [
    'nobody behind one reference that is in force',
    '  a: { destinations: [b, c] }\n  b: { active: false, destinations: [x@y.example] }\n  c: { destinations: [x@y.example] }\n',
    [],
  ],
  ['nobody where the reference is wrong in itself', '  a: { destinations: [b] }\n', []],
  [
    'nobody in a cycle, which is told as such',
    '  a: { destinations: [b] }\n  b: { destinations: [a] }\n',
    [],
  ],
])('finds %s', (_, aliases, names) => {
  expect(unreached(aliases)).toEqual(names);
});

it('looks at each reference once, however many ways lead to it', () => {
  /** Two ways from each third alias to the next: 2 to the power of 40 in all. */
  const diamonds = Array.from({ length: 40 }, (_, n) => [[3 * n + 1, 3 * n + 2], [3 * n + 3], [3 * n + 3]]);
  const { edges, ...rest } = graph([...diamonds.flat(), ['outside']]);
  let looks = 0;
  const counted = edges.map((own) =>
    own.map(({ target }) => ({
      get target() {
        looks += 1;
        if (looks > 1_000) throw new RangeError('A reference is followed again and again.');
        return target;
      },
    })),
  );
  expect(walk({ ...rest, edges: counted }).depths[0]).toBe(80);
  expect(looks).toBe(161);
});
