import { expect, it } from 'vitest';
import { check } from '../check.ts';

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
