import { type Checked, check, type SourceFile } from '../../../schema/src/check.ts';
import { hasErrors } from '../../../schema/src/diagnostic.ts';
import type { Moment } from '../../../schema/src/resolve.ts';
import { checkJson } from '../render/checkJson.ts';
import { checkText } from '../render/checkText.ts';
import { asIs } from '../render/redact.ts';
import { readFolder } from '../sources/folder.ts';
import type { Terminal } from './terminal.ts';

/**
 * The files of a folder, checked. With mistakes in them there is nothing to plan: they are shown, as the result where
 * programs read it, and undefined is given.
 */
export async function readDesired(
  terminal: Terminal,
  folder: string,
  moment: Moment,
  format: string,
  base?: readonly SourceFile[],
): Promise<Checked | undefined> {
  const files = await readFolder(folder, terminal.folder);
  const checked = check(files, { ...moment, folder, ...(base === undefined ? {} : { base }) });
  if (checked.diagnostics.length > 0) terminal.note(checkText(checked, files, asIs, false));
  if (!hasErrors(checked.diagnostics)) return checked;
  if (format === 'json') terminal.out(`${JSON.stringify(checkJson(checked), null, 2)}\n`);
  return undefined;
}
