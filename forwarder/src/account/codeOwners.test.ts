import { expect, it } from 'vitest';
import { placeholderOwners } from './codeOwners.ts';

it.each([
  [
    'owners of the template, each once',
    '* @example/a @example/b\n/x @example/a\n',
    ['@example/a', '@example/b'],
  ],
  ['the owner alone, however it is written', '* @Example\n', ['@Example']],
  ['none where the name only begins so', '* @example-group/a @examples\n', []],
  ['none in a comment', '# * @example/a\n/x @group/a # not @example/a\n', []],
  ['none in a path', '/@example/a @group/a\n', []],
  ['none in an empty file', '', []],
])('finds %s', (_, text, owners) => {
  expect(placeholderOwners(text)).toEqual(owners);
});
