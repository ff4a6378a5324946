import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../schema/src/text/diagnostic.ts';
import { newWarnings, policyLines, warningLines } from './proposedChange.ts';
import { asIs, createRedact } from './redact.ts';

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

const compared = { head: 'b'.repeat(40), base: 'a', into: 'main', page: 'https://github.test/x/y' };
const shown = (warnings: readonly Diagnostic[], redact = asIs): string =>
  warningLines({ compared, policy: [], warnings }, redact).join('\n');

describe('a warning in the comment', () => {
  it('leads to its line at the commit, whatever its file is called', () => {
    const file = 'aliases/a (1)](http:#é.yml';
    expect(shown([warning('m', 7, { file, help: 'h' })])).toContain(
      `(https://github.test/x/y/blob/${compared.head}/aliases/a%20%281%29%5D%28http%3A%23%C3%A9.yml#L7): m h`,
    );
  });

  it('has no link where the name of the file is private', () => {
    const text = shown([warning('m', 7, { file: 'aliases/jane@home.test.yml' })], createRedact(new Set()));
    expect(text).toContain('line 7: m');
    expect(text).not.toMatch(/home|jane|https/);
  });

  it('stands with nineteen others, and the rest are counted', () => {
    const many = (count: number) => Array.from({ length: count }, (_, n) => warning(`m${n}`));
    expect(shown(many(20))).not.toContain('more');
    expect(shown(many(22))).toContain('\n> and 2 more warnings, shown on their lines.');
  });
});

it('twenty changes of the policy are shown, and the rest are counted', () => {
  const many = (count: number) => Array.from({ length: count }, (_, n) => `clause ${n}`);
  expect(policyLines(many(20), asIs).join('\n')).not.toContain('more');
  expect(policyLines(many(21), asIs)).toContain('- and 1 more');
  expect(policyLines([], asIs)).toEqual([]);
});
