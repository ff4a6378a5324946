import { expect, it } from 'vitest';
import { changedLines } from './changedLines.ts';

it.each<[string, string | undefined, [number, number][]]>([
  ['no patch', undefined, []],
  ['an added line', '@@ -0,0 +1 @@\n+a', [[1, 1]]],
  ['a removed line', '@@ -1 +0,0 @@\n-a', []],
  [
    'a line in its context',
    '@@ -3,3 +3,3 @@ aliases:\n a\n-b\n+c\n d\n\\ No newline at end of file',
    [
      [3, 1],
      [4, 1],
      [5, 1],
    ],
  ],
  [
    'two hunks',
    '@@ -1 +1 @@\n-a\n+b\n@@ -9 +9,2 @@\n i\n+j',
    [
      [1, 1],
      [9, 2],
      [10, 2],
    ],
  ],
])('a review can be about the lines of %s', (_, patch, expected) => {
  expect([...changedLines(patch === undefined ? {} : { patch })]).toEqual(expected);
});
