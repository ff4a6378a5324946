import type { Checked, SourceFile } from '../../../schema/src/check.ts';
import { codeframe } from '../../../schema/src/codeframe.ts';
import type { Redact } from './redact.ts';

/** What `check` found, for a person: each mistake on its line. The last line is the count. */
export function checkText(
  { diagnostics, domains, aliases }: Checked,
  files: readonly SourceFile[],
  redact: Redact,
  colours: boolean,
): string {
  const decoder = new TextDecoder();
  const shown = new Set(
    diagnostics.flatMap(({ file, related = [] }) => [file, ...related.map((one) => one.file)]),
  );
  const texts = new Map(
    files.filter(({ path }) => shown.has(path)).map(({ path, bytes }) => [path, decoder.decode(bytes)]),
  );
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const count =
    diagnostics.length === 0
      ? `${domains} domains with ${aliases} aliases are right.`
      : `${errors} errors and ${warnings} warnings in ${domains} domains with ${aliases} aliases.`;
  return `${[...diagnostics.map((one) => redact(codeframe(one, texts, colours))), count].join('\n')}\n`;
}
