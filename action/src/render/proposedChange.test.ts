import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../schema/src/text/diagnostic.ts';
import { newWarnings } from './proposedChange.ts';

const at = (line: number) => ({ line, column: 1 });
const warning = (message: string, line = 1, more: Partial<Diagnostic> = {}): Diagnostic => ({
  severity: 'warning',
  code: 'x',
  message,
  file: 'aliases/a.yml',
  start: at(line),
  end: at(line),
  ...more,
});

describe('the warnings that a change brings', () => {
  it.each([
    ['one that is new', [warning('a'), warning('b')], [warning('a')], ['b']],
    ['none whose line moved', [warning('a', 9)], [warning('a', 1)], []],
    ['the second of two alike', [warning('a', 1), warning('a', 2)], [warning('a', 1)], ['a']],
    ['one that had another code', [warning('a')], [warning('a', 1, { code: 'y' })], ['a']],
    ['one that stood in another file', [warning('a')], [warning('a', 1, { file: 'b' })], ['a']],
    ['none that is gone', [], [warning('a')], []],
    ['no error', [warning('a', 1, { severity: 'error' })], [], []],
    ['one that was an error', [warning('a')], [warning('a', 1, { severity: 'error' })], ['a']],
  ])('are %s', (_, head, base, expected) => {
    expect(newWarnings(head, base).map(({ message }) => message)).toEqual(expected);
  });
});
