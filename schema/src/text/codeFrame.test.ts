import { expect, it } from 'vitest';
import { codeframe, type Texts } from './codeFrame.ts';
import { createSourceText } from './source.ts';

const diagnostic = {
  code: 'undefined-reference',
  severity: 'error',
  message: '`jnae` is not an alias of example.com.',
  help: 'did you mean `jane`?',
  file: 'aliases/example.com.yml',
  start: { line: 2, column: 8 },
  end: { line: 2, column: 12 },
} as const;

function textsOf(text: string): Texts {
  return new Map([[diagnostic.file, createSourceText(diagnostic.file, text)]]);
}

it('puts a caret under each column of the place', () => {
  const texts = textsOf('board:\n  to: [jnae]\n');
  expect(codeframe(diagnostic, texts, false)).toBe(
    [
      'aliases/example.com.yml:2:8: error: `jnae` is not an alias of example.com. [undefined-reference]',
      '  2 |   to: [jnae]',
      '    |        ^^^^',
      '  help: did you mean `jane`?',
    ].join('\n'),
  );
});

it('counts a wide letter as two columns', () => {
  const texts = textsOf('\n  \u7406\u4e8b:[jnae]\n');
  const [, line, carets] = codeframe(diagnostic, texts, false).split('\n');
  expect(line).toBe('  2 |   \u7406\u4e8b:[jnae]');
  expect(carets).toBe('    |          ^^^^');
});

it('never lets a file speak to the terminal', () => {
  const texts = textsOf('\n  x: \u001b[31mred\u202e\n');
  expect(codeframe(diagnostic, texts, false)).not.toMatch(/[\u202e]|\p{Cc}(?<!\n)/u);
});

it('shows the message alone where the text is not at hand', () => {
  expect(codeframe(diagnostic, new Map(), false).split('\n')).toHaveLength(2);
});

it('is coloured on demand', () => {
  expect(codeframe(diagnostic, new Map(), true)).toContain('\u001b[31merror\u001b[0m');
});
