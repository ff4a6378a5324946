import { expect, it } from 'vitest';
import { survey } from './survey.ts';

const source = 'first line\nif (a && b) c();\n';
const at = (line: number, from: number, to: number) => ({
  start: { line, column: from },
  end: { line, column: to },
});
const mutant = (status: string, replacement: string) => ({ status, replacement, location: at(2, 5, 11) });
const report = {
  files: {
    'room/file.ts': {
      source,
      mutants: [
        mutant('Killed', 'a || b'),
        mutant('Timeout', 'false'),
        mutant('Ignored', 'never'),
        mutant('NoCoverage', 'b  &&\n a'),
        mutant('Survived', 'true'),
      ],
    },
  },
};
const equivalent = { file: 'room/file.ts', from: 'a && b', to: 'b && a', why: 'order' };
const roomOf = (file: string) => file.slice(0, file.indexOf('/'));

it('counts by room what no test notices', () => {
  const { survivors, rooms } = survey(report, [], roomOf);
  expect(survivors).toEqual([
    { file: 'room/file.ts', line: 2, from: 'a && b', to: 'b && a' },
    { file: 'room/file.ts', line: 2, from: 'a && b', to: 'true' },
  ]);
  expect([...rooms]).toEqual([['room', { survived: 2, total: 4 }]]);
});

it('leaves out what is listed as equivalent', () => {
  const { survivors, stale, rooms } = survey(report, [equivalent], roomOf);
  expect(survivors.map(({ to }) => to)).toEqual(['true']);
  expect(stale).toEqual([]);
  expect([...rooms]).toEqual([['room', { survived: 1, total: 3 }]]);
});

it.each([
  ['a mutant that is noticed', { ...equivalent, to: 'a || b' }],
  ['a mutant that is not made', { ...equivalent, from: 'a' }],
])('finds stale an entry for %s', (_, entry) => {
  expect(survey(report, [entry], roomOf).stale).toEqual([entry]);
});

it('leaves alone the entries for files that this run did not change', () => {
  expect(survey(report, [{ ...equivalent, file: 'room/other.ts' }], roomOf).stale).toEqual([]);
});
