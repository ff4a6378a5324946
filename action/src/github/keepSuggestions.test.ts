import { expect, it } from 'vitest';
import { type Suggestion, suggestionMarker } from '../render/suggestions.ts';
import type { ReviewComment } from './api.ts';
import { keepSuggestions } from './keepSuggestions.ts';

const file = 'aliases/example.com.yml';
const patches = [{ file, patch: '@@ -5,2 +5,3 @@\n a\n+b\n c\n@@ -20 +21 @@\n-d\n+e' }];
const one: Suggestion = { file, firstLine: 6, lastLine: 6, body: `${suggestionMarker}\none` };
const kept: ReviewComment = { id: 3, file, lastLine: 6, body: one.body };

/** What is written: deleted ids, and the suggestions of reviews. */
async function written(comments: readonly ReviewComment[], suggestions: readonly Suggestion[]) {
  const log: unknown[] = [];
  const api = {
    reviewComments: async () => comments,
    patches: async () => patches,
    addReview: async (_: number, head: string, of: readonly Suggestion[]) => void log.push([head, ...of]),
    deleteReviewComment: async (id: number) => void log.push(id),
  };
  await keepSuggestions(api, { number: 7, head: 'b' }, suggestions);
  return log;
}

it.each<[string, ReviewComment[], Suggestion[], unknown[]]>([
  ['adds one that is new', [], [one], [['b', one]]],
  ['adds none twice', [kept], [one], []],
  ['adds none on a line that is not changed', [], [{ ...one, firstLine: 9, lastLine: 9 }], []],
  ['adds none from one hunk into the next', [], [{ ...one, lastLine: 21 }], []],
  ['adds one over lines of a hunk', [], [{ ...one, firstLine: 5 }], [['b', { ...one, firstLine: 5 }]]],
  ['adds none in a file that is not changed', [], [{ ...one, file: 'aliases/other.yml' }], []],
  ['deletes one that holds no longer', [kept], [], [3]],
  [
    'writes one anew that says something else',
    [{ ...kept, body: `${suggestionMarker}\nold` }],
    [one],
    [3, ['b', one]],
  ],
  ['writes one anew whose line is gone', [{ id: 3, file, body: one.body }], [one], [3, ['b', one]]],
  ['leaves the comments of others', [{ ...kept, body: 'Looks good' }], [], []],
])('%s', async (_, comments, suggestions, expected) => {
  expect(await written(comments, suggestions)).toEqual(expected);
});
