import type { Checked } from '../../../schema/src/check.ts';
import { hasErrors } from '../../../schema/src/text/diagnostic.ts';
import type { Terminal } from './terminal.ts';

/** An answer from files with mistakes lacks what could not be read, so it is not given without a word. */
export function noteMistakes(terminal: Terminal, { diagnostics }: Checked, folder: string): void {
  if (!hasErrors(diagnostics)) return;
  terminal.note(
    `There are mistakes in the files, so this answer may be wrong; \`check ${folder}\` shows them.\n`,
  );
}
