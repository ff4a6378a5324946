import type { Diagnostic } from '../../../schema/src/text/diagnostic.ts';
import { firstDiagnostics } from './firstDiagnostics.ts';
import type { Redact } from './redact.ts';
import { commandData, commandProperty } from './workflowCommand.ts';

/** Diagnostics as GitHub workflow commands, which GitHub shows on their lines. */
export function annotations(diagnostics: readonly Diagnostic[], redact: Redact): string {
  const { shown, rest } = firstDiagnostics(diagnostics);
  const lines = shown.map((one) => annotation(one, redact));
  if (rest !== undefined) lines.push(`::notice::${commandData(rest)}`);
  return lines.map((line) => `${line}\n`).join('');
}

function annotation({ file, start, end, severity, message, code, help }: Diagnostic, redact: Redact): string {
  const properties = {
    file,
    line: String(start.line),
    endLine: String(end.line),
    // GitHub takes columns only within one line.
    ...(start.line === end.line ? { col: String(start.column), endColumn: String(end.column) } : {}),
    title: code,
  };
  const text = Object.entries(properties)
    .map(([name, value]) => `${name}=${commandProperty(value)}`)
    .join(',');
  return `::${severity} ${text}::${commandData(redact(help === undefined ? message : `${message} ${help}`))}`;
}
