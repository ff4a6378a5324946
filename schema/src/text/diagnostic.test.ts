import { expect, it } from 'vitest';
import { type Diagnostic, hasErrors, sortDiagnostics } from './diagnostic.ts';

function at(file: string, line: number, column: number, code: string): Diagnostic {
  const start = { line, column };
  return { code, severity: 'warning', message: '', file, start, end: start };
}

it('sorts by file, line, column and code, whatever the order before', () => {
  const sorted = [
    at('a', 1, 1, 'x'),
    at('a', 2, 3, 'w'),
    at('a', 2, 10, 'a'),
    at('a', 2, 10, 'b'),
    at('b', 1, 1, 'a'),
  ];
  expect(sortDiagnostics([...sorted].reverse())).toEqual(sorted);
});

it('tells errors from warnings', () => {
  expect(hasErrors([at('a', 1, 1, 'x')])).toBe(false);
  expect(hasErrors([{ ...at('a', 1, 1, 'x'), severity: 'error' }])).toBe(true);
});
