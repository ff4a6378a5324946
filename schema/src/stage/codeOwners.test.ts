import { expect, it } from 'vitest';
import { createSourceText, positionOf } from '../text/source.ts';
import { placeholderOwners } from './codeOwners.ts';

it.each([
  [
    'each owner of the template, where it stands',
    '* @example/a @example/b\n/x   @example/a\n',
    ['1:3 @example/a', '1:14 @example/b', '2:6 @example/a'],
  ],
  ['the owner alone, however it is written', '* @Example\n', ['1:3 @Example']],
  ['none where the name only begins so', '* @example-group/a @examples\n', []],
  ['none in a comment', '# * @example/a\n/x @group/a # not @example/a\n', []],
  ['none in a path', '/@example/a @group/a\n', []],
  ['none in an empty file', '', []],
])('finds %s', (_, text, owners) => {
  const source = createSourceText('CODEOWNERS', text);
  const shown = placeholderOwners(source).map(({ owner, start }) => {
    const { line, column } = positionOf(source, start);
    return `${line}:${column} ${owner}`;
  });
  expect(shown).toEqual(owners);
});
