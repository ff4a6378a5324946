import { describe, expect, it } from 'vitest';
import { type Corrected, replaced, replacedEntries, withoutEntry, withoutLine } from './correction.ts';
import { createSourceText, type Place } from './source.ts';

/** The place of what stands between ⟨ and ⟩. */
function placeIn(marked: string): Place {
  const source = createSourceText('a.yml', marked.replace(/[⟨⟩]/g, ''));
  return { source, start: marked.indexOf('⟨'), end: marked.indexOf('⟩') - 1 };
}

function linesOf({ correction }: Corrected): readonly [number, number, ...string[]] | undefined {
  return correction && [correction.firstLine, correction.lastLine, ...correction.lines];
}

describe('the lines with another text', () => {
  it.each<[string, string, string, ReturnType<typeof linesOf>]>([
    ['are whole', 'a:\n  b: ⟨c⟩ # d\n', 'x', [2, 2, '  b: x # d']],
    ['are those of a text of several lines', 'a: ⟨b\n  c\n⟩d: e', 'x', [1, 2, 'a: x']],
    ['may be more than there were', 'a⟨b⟩', ':\n  c', [1, 1, 'a:', '  c']],
    ['have no line break of their own', 'a: ⟨b⟩\r\nc: d\r\n', 'x', [1, 1, 'a: x']],
    [
      'are at most 1,000 characters long',
      `a: ⟨b⟩ # ${'c'.repeat(993)}`,
      'x',
      [1, 1, `a: x # ${'c'.repeat(993)}`],
    ],
    ['are not given where they are longer', `a: ⟨b⟩ # ${'c'.repeat(994)}`, 'x', undefined],
  ])('%s', (_, marked, text, expected) => {
    expect(linesOf(replaced(placeIn(marked), text))).toEqual(expected);
  });
});

describe('the lines with other entries', () => {
  it.each<[string, string, ReturnType<typeof linesOf>]>([
    ['have them between commas in brackets', 'a: [⟨b⟩, c]', [1, 1, 'a: [x, y, c]']],
    ['have them on lines of their own after a dash', 'a:\n  - ⟨b⟩ # c\n', [2, 2, '  - x', '  - y # c']],
    ['have them between commas on a line of a list in brackets', 'a: [\n  ⟨b⟩ ]', [2, 2, '  x, y ]']],
  ])('%s', (_, marked, expected) => {
    expect(linesOf(replacedEntries(placeIn(marked), ['x', 'y']))).toEqual(expected);
  });
});

describe('the lines without an entry', () => {
  it.each<[string, string, ReturnType<typeof linesOf>]>([
    ['lose the comma before it', 'a: [b, ⟨c⟩, d]', [1, 1, 'a: [b, d]']],
    ['lose the comma before the last', 'a: [b , ⟨c⟩]', [1, 1, 'a: [b ]']],
    ['are none after a dash', 'a:\n  - b\n  - ⟨c⟩\n', [3, 3]],
    ['are not given where a comment would be lost', 'a:\n  - b\n  - ⟨c⟩ # d\n', undefined],
    ['are not given where the comma is on the line before', 'a: [b,\n  ⟨c⟩]', undefined],
    ['are not given for the first', 'a: [⟨b⟩, c]', undefined],
  ])('%s', (_, marked, expected) => {
    expect(linesOf(withoutEntry(placeIn(marked)))).toEqual(expected);
  });
});

it('a line that is not to be there has no lines in its stead', () => {
  expect(linesOf(withoutLine(placeIn('a\n⟨b⟩\nc')))).toEqual([2, 2]);
});
