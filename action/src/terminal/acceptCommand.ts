import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { check } from '../../../schema/src/check.ts';
import { exit } from '../../../schema/src/commandLine/exit.ts';
import { hasErrors } from '../../../schema/src/text/diagnostic.ts';
import { acceptEdits } from '../import/accepted.ts';
import { counted } from '../render/planText.ts';
import { readFolder } from '../review/folder.ts';
import { command, common, momentOf, noteChecked, printJson, printMistakes } from './terminal.ts';

/** Has the files say what others changed in the tables, so that no sync undoes it. */
export const acceptCommand = command({
  summary: 'Write into the files what others changed in the tables, so that no sync undoes it',
  note: `Reads what was changed, added or deleted in the tables without the files, in the domains of the files, as with the
web UI of another system. Writes files alone: review them like any other change.`,
  words: [],
  options: { dir: common.dir, stage: common.stage, today: common.today, format: common.format },
  example: '--dir aliases',
  otherExamples: ['--stage test'],
  async run(terminal, { values }) {
    const { stage, moment } = await momentOf(terminal, values);
    const { dir: folder = 'aliases', format } = values;
    const files = await readFolder(folder, terminal.folder);
    const before = check(files, { ...moment, folder });
    if (hasErrors(before.diagnostics)) {
      noteChecked(terminal)(before, files);
      return printMistakes(terminal, before, format);
    }
    const { rows } = await (await terminal.openTables(stage)).read();
    const { files: changed, accepted, left } = acceptEdits(rows, before, files);
    for (const { name, bytes } of changed) {
      await writeFile(join(resolve(terminal.folder, folder), name), bytes);
    }
    const after = files.map((file) => changed.find(({ path }) => path === file.path) ?? file);
    const checked = check(after, { ...moment, folder });
    noteChecked(terminal)(checked, after);
    for (const sentence of left) terminal.note(`${sentence}\n`);
    if (format === 'json') printJson(terminal, { files: changed.map(({ path }) => path), accepted, left });
    else {
      terminal.out(accepted.map(({ address, kind }) => `${address}: ${kind}\n`).join(''));
      terminal.out(
        accepted.length === 0
          ? 'Nobody changed an alias of these files in the tables.\n'
          : `${counted(accepted.length, 'alias')} brought into ${counted(changed.length, 'file')}.\n`,
      );
    }
    return hasErrors(checked.diagnostics) || left.length > 0 ? exit.notRight : exit.fine;
  },
});
