import { check, type SourceFile } from '../../../schema/src/check.ts';
import type { Moment } from '../../../schema/src/directory/resolve.ts';
import { hasErrors } from '../../../schema/src/text/diagnostic.ts';
import { type Desired, desiredOf } from '../plan/hold.ts';
import { annotations, checkMarkdown, checkText } from '../render/checkReport.ts';
import { logText } from '../render/escape.ts';
import { redactFor } from './redaction.ts';
import type { Runner } from './runner.ts';

/**
 * Checks files and shows what is wrong on their lines and in the summary. With errors in them there is nothing to plan,
 * and undefined is given; a sync leaves out the domains that have them (`mistaken`), where it can tell which.
 */
export async function readFiles(
  runner: Runner,
  files: readonly SourceFile[],
  moment: Moment,
  { base, holds = false }: { readonly base?: readonly SourceFile[]; readonly holds?: boolean } = {},
): Promise<Desired | undefined> {
  const folder = runner.inputs.directory;
  const checked = check(files, { ...moment, folder, ...(base === undefined ? {} : { base }) });
  const redact = redactFor(runner, checked.directory);
  runner.log(annotations(checked.diagnostics, redact));
  runner.log(logText(checkText(checked, files, redact, false)));
  if (hasErrors(checked.diagnostics)) await runner.summary(checkMarkdown(checked, redact));
  return desiredOf(checked, files, holds);
}
