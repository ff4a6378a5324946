import { expect, it } from 'vitest';
import { meantList } from './meantList.ts';

it.each([
  ['jane john@gmail.com', ['jane', 'john@gmail.com']],
  ['jane@gmail.com;john', ['jane@gmail.com', 'john']],
  ['-jane -john@gmail.com', ['jane', 'john@gmail.com']],
  ['\u2022 jane@gmail.com', ['jane@gmail.com']],
  ['\u201cjane\u201d', ['jane']],
  ['(jane)', ['jane']],
  ['[jane]', ['jane']],
])('reads %j as %j', (text, parts) => {
  expect(meantList(text)).toEqual(parts);
});

it.each(['', 'jane @gmail.com', 'm\u00fcller jane', '-'])('guesses nothing from %j', (text) => {
  expect(meantList(text)).toBeUndefined();
});
