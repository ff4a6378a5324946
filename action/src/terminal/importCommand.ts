import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { exit } from '../../../schema/src/commandLine/exit.ts';
import { UsageError } from '../../../schema/src/commandLine/options.ts';
import { hasErrors } from '../../../schema/src/text/diagnostic.ts';
import { readForwardMapping, readPostfix } from '../import/formats.ts';
import { differences, type Imported, importEntries } from '../import/imported.ts';
import { importRows } from '../import/tableRows.ts';
import { withoutMistakes } from '../import/withoutMistakes.ts';
import { type Rows, rowsOfRevision } from '../plan/change.ts';
import { plan } from '../plan/plan.ts';
import { counted } from '../render/planText.ts';
import type { Stage } from '../review/stage.ts';
import { command, common, momentOf, noteChecked, printJson, type Terminal } from './terminal.ts';

/** Writes the files that say what the tables or another system do, and proves it. */
export const importCommand = command({
  summary: 'Write alias files from the tables, a Postfix virtual file or a forwardMapping in JSON',
  words: [
    { name: 'tables|postfix|json', isRequired: true, choices: ['tables', 'postfix', 'json'] },
    { name: 'FILE', isRequired: false },
  ],
  options: {
    to: { ...common.dir, help: 'the folder to write to; existing files are never overwritten (aliases)' },
    stage: common.stage,
    today: common.today,
    format: common.format,
  },
  example: 'postfix virtual --to aliases',
  otherExamples: ['tables --to aliases', 'json config.json --to aliases'],
  async run(terminal, { values, words }) {
    const { stage, moment } = await momentOf(terminal, values);
    const { to: folder = 'aliases' } = values;
    const { rows, imported } = await readSource(terminal, stage, words);
    const { files, checked, left: refused } = withoutMistakes(imported, moment, folder);
    const left = [...imported.left, ...refused];
    const differ = differences(plan(rows, checked.records, moment, { pruneForeign: false }));
    const isWhole = !hasErrors(checked.diagnostics) && differ.length === 0 && left.length === 0;
    const written = await writeNew(resolve(terminal.folder, folder), files);
    noteChecked(terminal)(checked, files);
    for (const line of [...left, ...imported.notes, ...differ]) terminal.note(`${line}\n`);
    const outcome = isWhole ? 'nobody’s mail changes' : 'not everything could be carried over';
    const { notes } = imported;
    if (values.format === 'json') printJson(terminal, { files: written, left, notes, differences: differ });
    else terminal.out(`${counted(written.length, 'file')} written to ${folder}: ${outcome}.\n`);
    return isWhole ? exit.fine : exit.notRight;
  },
});

interface Source {
  readonly rows: Rows;
  readonly imported: Imported;
}

async function readSource(
  terminal: Terminal,
  stage: Stage,
  [kind = '', file]: readonly string[],
): Promise<Source> {
  if (kind === 'tables') {
    const { rows } = await (await terminal.openTables(stage)).read();
    return { rows, imported: importRows(rows) };
  }
  if (file === undefined) throw new UsageError(`Missing argument FILE: \`import ${kind} FILE\`.`);
  const text = await readFile(resolve(terminal.folder, file), 'utf8');
  const imported = importEntries(kind === 'postfix' ? readPostfix(text) : readForwardMapping(text));
  // Postfix follows its own addresses at once, as we do.
  const notes = kind === 'postfix' ? [] : imported.notes;
  return { rows: rowsOfRevision(imported), imported: { ...imported, notes } };
}

/** Writes files that are not there yet: what a person has written is never overwritten. */
async function writeNew(
  folder: string,
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  for (const { name, bytes } of files) {
    try {
      await writeFile(join(folder, name), bytes, { flag: 'wx' });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      throw new UsageError(`${name} already exists. Choose an empty folder with \`--to DIR\`.`);
    }
  }
  return files.map(({ name }) => name);
}
