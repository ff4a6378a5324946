import { expect, it } from 'vitest';
import type { Diagnostic } from '../../../schema/src/text/diagnostic.ts';
import { createRedact } from './redact.ts';
import { suggestionsOf } from './suggestions.ts';

const redact = createRedact(new Set(['example.com']), { names: new Set(['board', 'press']) });
const at = { line: 6, column: 3 };
const wrong: Diagnostic = {
  code: 'undefined-reference',
  severity: 'error',
  message: '`bord` is not defined.',
  file: 'aliases/example.com.yml',
  start: at,
  end: at,
};
const line = '  press: { destinations: [board] }';
const corrected = (lines: readonly string[], more: Partial<Diagnostic> = {}): Diagnostic => ({
  ...wrong,
  ...more,
  correction: { firstLine: 6, lastLine: 6, lines },
});
const bodies = (...diagnostics: readonly Diagnostic[]): string[] =>
  suggestionsOf(diagnostics, 'en', redact).map(({ body }) => body);

it('suggests the line as it should be, with what is wrong', () => {
  expect(bodies(corrected([line]))).toEqual([
    `<!-- aliasops:suggestion -->
\`•••\` is not defined.

\`\`\`suggestion
${line}
\`\`\`

With *Commit suggestion* the correction is saved as it stands here.`,
  ]);
});

it.each<[string, readonly Diagnostic[], number]>([
  ['a mistake whose correction nobody knows', [wrong], 0],
  ['a line to delete', [corrected([])], 1],
  ['a line with a private address', [corrected(['  press: { destinations: [jane@home.test] }'])], 0],
  ['a line with a control character', [corrected([`${line}\t# \u0007`])], 0],
  ['a file whose name is private', [corrected([line], { file: 'aliases/jane@home.test.yml' })], 0],
  ['a second correction of one line', [corrected([line]), corrected([line, ''])], 1],
  ['the same line of another file', [corrected([line]), corrected([line], { file: 'aliases/a.yml' })], 2],
  ['a warning', [corrected([line], { severity: 'warning' })], 1],
])('judges %s', (_, diagnostics, count) => {
  expect(bodies(...diagnostics)).toHaveLength(count);
});

it('fences what has fences of its own', () => {
  expect(bodies(corrected([`${line} # \`\`\`\``]))[0]).toContain('\n`````suggestion\n');
});
