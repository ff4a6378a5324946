import type { Checked, SourceFile } from '../../../schema/src/check.ts';
import { createSourceText } from '../../../schema/src/files/source.ts';
import { codeframe } from '../../../schema/src/text/codeFrame.ts';
import { firstDiagnostics } from './firstDiagnostics.ts';
import type { Redact } from './redact.ts';

/** What `check` found, for a person: each mistake on its line. The last line is the count. */
export function checkText(
  { diagnostics, domains, aliases }: Pick<Checked, 'diagnostics' | 'domains' | 'aliases'>,
  files: readonly SourceFile[],
  redact: Redact,
  colours: boolean,
): string {
  const decoder = new TextDecoder();
  const { shown, rest } = firstDiagnostics(diagnostics);
  const named = new Set(shown.flatMap(({ file, related = [] }) => [file, ...related.map((one) => one.file)]));
  const texts = new Map(
    files
      .filter(({ path }) => named.has(path))
      .map(({ path, bytes }) => [path, createSourceText(path, decoder.decode(bytes))]),
  );
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const count =
    diagnostics.length === 0
      ? `${domains} domains with ${aliases} aliases are right.`
      : `${errors} errors and ${warnings} warnings in ${domains} domains with ${aliases} aliases.`;
  const frames = shown.map((one) => redact(codeframe(one, texts, colours)));
  return `${[...frames, ...(rest === undefined ? [] : [rest]), count].join('\n')}\n`;
}
