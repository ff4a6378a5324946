import { check, type SourceFile } from '../../../schema/src/check.ts';
import type { Moment } from '../../../schema/src/directory/resolve.ts';
import { type Desired, desiredOf } from '../plan/hold.ts';
import { checkJson, checkText } from '../render/checkReport.ts';
import { asIs } from '../render/redact.ts';
import { readFolder } from '../review/folder.ts';
import type { Terminal } from './terminal.ts';

/**
 * The files of a folder, checked. With errors in them there is nothing to plan: they are shown, as the result where
 * programs read it, and undefined is given. A sync leaves out the domains that have them, where it can tell which.
 */
export async function readDesired(
  terminal: Terminal,
  folder: string,
  moment: Moment,
  format: string,
  { base, holds = false }: { readonly base?: readonly SourceFile[]; readonly holds?: boolean } = {},
): Promise<Desired | undefined> {
  const files = await readFolder(folder, terminal.folder);
  const checked = check(files, { ...moment, folder, ...(base === undefined ? {} : { base }) });
  if (checked.diagnostics.length > 0) terminal.note(checkText(checked, files, asIs, false));
  const desired = desiredOf(checked, files, holds);
  if (desired !== undefined) return desired;
  if (format === 'json') terminal.out(`${JSON.stringify(checkJson(checked), null, 2)}\n`);
  return undefined;
}
