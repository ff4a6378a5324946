import type { Checked } from '../../../schema/src/check.ts';
import type { Diagnostic } from '../../../schema/src/diagnostic.ts';
import type { Redact } from './redact.ts';

/** What `check` found, for a person. The last line is the count. */
export function checkText({ diagnostics, domains, aliases }: Checked, redact: Redact): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const count =
    diagnostics.length === 0
      ? `${domains} domains with ${aliases} aliases are right.`
      : `${errors} errors and ${warnings} warnings in ${domains} domains with ${aliases} aliases.`;
  return `${[...diagnostics.map((one) => redact(diagnosticText(one))), count].join('\n')}\n`;
}

function diagnosticText({ file, start, severity, message, code, help, related }: Diagnostic): string {
  const lines = [`${file}:${start.line}:${start.column}: ${severity}: ${message} [${code}]`];
  if (help !== undefined) lines.push(`  help: ${help}`);
  for (const place of related ?? []) {
    lines.push(`  ${place.file}:${place.start.line}:${place.start.column}: ${place.message}`);
  }
  return lines.join('\n');
}
