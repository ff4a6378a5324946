import { expect, it } from 'vitest';
import type { Diagnostic } from '../../../schema/src/text/diagnostic.ts';
import { annotations, checkText, firstDiagnostics } from './checkReport.ts';
import { asIs } from './redact.ts';

function lines(count: number, severity: Diagnostic['severity'], from = 1): Diagnostic[] {
  return Array.from({ length: count }, (_, n) => ({
    code: 'owner',
    severity,
    message: 'wrong',
    file: 'example.com.yml',
    start: { line: from + n, column: 1 },
    end: { line: from + n, column: 2 },
  }));
}

it('shows all up to a thousand', () => {
  const thousand = lines(1_000, 'warning');
  expect(firstDiagnostics(thousand)).toEqual({ shown: thousand });
});

it('keeps an error that comes after more warnings than have room, in its place', () => {
  const { shown, rest } = firstDiagnostics([...lines(3_000, 'warning'), ...lines(1, 'error', 3_001)]);
  expect(shown).toHaveLength(1_000);
  expect(shown.at(-1)).toMatchObject({ severity: 'error', start: { line: 3_001 } });
  expect(rest).toMatch(/^2,001 more/);
});

it('says in the log and in the annotations how many are not shown', () => {
  const diagnostics = lines(170_000, 'error');
  const text = checkText({ diagnostics, domains: 1, aliases: 0 }, [], asIs, false);
  expect(text.trimEnd().split('\n').slice(-2)).toEqual([
    '169,000 more are not shown here; `--format json` lists them all.',
    '170000 errors in example.com.yml.',
  ]);
  expect(annotations(diagnostics, asIs).trimEnd().split('\n').at(-1)).toBe(
    '::notice::169,000 more are not shown here; `--format json` lists them all.',
  );
});
