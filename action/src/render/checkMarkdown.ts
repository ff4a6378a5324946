import type { Checked } from '../../../schema/src/check.ts';
import type { Diagnostic } from '../../../schema/src/text/diagnostic.ts';
import { markdown } from './markdown.ts';
import type { Redact } from './redact.ts';

/** More than a reader mends at once. */
const shownLimit = 100;

/** What `check` found, for a comment or a summary. */
export function checkMarkdown({ diagnostics, domains, aliases }: Checked, redact: Redact): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  if (diagnostics.length === 0) return `**${domains} domains with ${aliases} aliases are right.**\n`;
  const shown = diagnostics.slice(0, shownLimit);
  const more = diagnostics.length - shown.length;
  const lines = [
    `**${errors} errors and ${diagnostics.length - errors} warnings: the files cannot be used like this.**`,
    '',
    ...shown.map((one) => line(one, redact)),
    ...(more === 0 ? [] : ['', `${more} more are left out here; the log has them all.`]),
  ];
  return `${lines.join('\n')}\n`;
}

function line({ file, start, severity, message, help, code }: Diagnostic, redact: Redact): string {
  const show = (text: string): string => markdown(redact(text));
  const cure = help === undefined ? '' : ` ${show(help)}`;
  return `- ${severity} in ${show(file)}, line ${start.line}: ${show(message)}${cure} (\`${code}\`)`;
}
