import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { check } from '../../../schema/src/check.ts';
import { hasErrors } from '../../../schema/src/text/diagnostic.ts';
import { readForwardMapping, readPostfix } from '../import/formats.ts';
import { differences, filesOf, type Imported, importEntries } from '../import/imported.ts';
import { type Rows, recordsOf, rowsOfRevision } from '../plan/change.ts';
import { plan } from '../plan/plan.ts';
import { checkText } from '../render/checkReport.ts';
import { asIs } from '../render/redact.ts';
import { readStage, type Stage } from '../review/stage.ts';
import { readToday } from '../review/today.ts';
import { UsageError } from '../review/usageError.ts';
import { readChoice, readOptions } from './options.ts';
import { type Command, exit, type Terminal } from './terminal.ts';

const kinds = { to: 'string', stage: 'string', today: 'string', format: 'string' } as const;

/** `import tables|postfix FILE|json FILE`: write the files that say what another system does, and prove it. */
export const importCommand: Command = async (terminal, given) => {
  const { values, words } = readOptions(given, kinds, 2);
  const format = readChoice(values.format, ['text', 'json'], 'format');
  const stage = await readStage(values.stage ?? 'production', terminal.folder, terminal.environment);
  const moment = { today: readToday(values.today, terminal.now), reserved: stage.reserved };
  const folder = values.to ?? 'aliases';
  const { rows, left } = await readSource(terminal, stage, words);
  const files = filesOf({ ...recordsOf(rows), left }, folder);
  const checked = check(files, { ...moment, folder });
  const differ = differences(plan(rows, checked.records, moment, { pruneForeign: false }));
  const isRight = !hasErrors(checked.diagnostics) && differ.length === 0;
  const written = await writeNew(
    resolve(terminal.folder, folder),
    files.map(({ name, bytes }) => ({ name, bytes })),
  );
  if (checked.diagnostics.length > 0) terminal.note(checkText(checked, files, asIs, false));
  for (const line of [...left, ...differ]) terminal.note(`${line}\n`);
  const summary = `${written.length} files written to ${folder}: ${
    isRight && left.length === 0 ? 'they change nobody’s mail' : 'they do not say all that was there'
  }.`;
  terminal.out(
    format === 'json'
      ? `${JSON.stringify({ files: written, left, differences: differ }, null, 2)}\n`
      : `${summary}\n`,
  );
  return isRight && left.length === 0 ? exit.fine : exit.notRight;
};

interface Source {
  readonly rows: Rows;
  readonly left: readonly string[];
}

async function readSource(
  terminal: Terminal,
  stage: Stage,
  [kind, file]: readonly string[],
): Promise<Source> {
  if (kind === 'tables') {
    const tables = await terminal.openTables(stage);
    return { rows: (await tables.read()).rows, left: [] };
  }
  if (kind !== 'postfix' && kind !== 'json') {
    throw new UsageError('Import what? `import tables`, `import postfix FILE` or `import json FILE`.');
  }
  if (file === undefined) throw new UsageError(`Which file? As in \`import ${kind} FILE\`.`);
  const text = await readFile(resolve(terminal.folder, file), 'utf8');
  const imported: Imported = importEntries(kind === 'postfix' ? readPostfix(text) : readForwardMapping(text));
  return { rows: rowsOfRevision(imported), left: imported.left };
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
      throw new UsageError(`${name} is there already: import into an empty folder, with --to.`);
    }
  }
  return files.map(({ name }) => name);
}
