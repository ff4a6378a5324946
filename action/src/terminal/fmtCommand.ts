import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { format } from '../../../schema/src/style/format.ts';
import { parse } from '../../../schema/src/syntax/parse.ts';
import { createSourceText } from '../../../schema/src/text/source.ts';
import { readFolder } from '../review/folder.ts';
import { readChoice, readOptions } from './options.ts';
import { type Command, exit } from './terminal.ts';

/** `fmt [DIR]`: bring the files into one style; with `--check` only say which are not in it. */
export const fmtCommand: Command = async (terminal, given) => {
  const { values, words } = readOptions(given, { check: 'boolean', format: 'string' }, 1);
  const output = readChoice(values.format, ['text', 'json'], 'format');
  const folder = words[0] ?? 'aliases';
  const changed: string[] = [];
  const unread: string[] = [];
  for (const { name, path, kind, bytes } of await readFolder(folder, terminal.folder)) {
    if (kind !== 'file' || !name.endsWith('.yml')) continue;
    const text = readText(bytes);
    if (text === undefined || parse(createSourceText(path, text)).diagnostics !== undefined) {
      terminal.note(`${path}: left as it is, since it cannot be read; \`check ${folder}\` says why.\n`);
      unread.push(path);
      continue;
    }
    const formatted = format(text);
    if (formatted === text) continue;
    changed.push(path);
    if (values.check !== true) await writeFile(join(resolve(terminal.folder, folder), name), formatted);
  }
  const what = values.check === true ? 'not in the usual style' : 'formatted';
  terminal.out(
    output === 'json'
      ? `${JSON.stringify({ changed }, null, 2)}\n`
      : changed.map((path) => `${path}: ${what}\n`).join(''),
  );
  return values.check === true && changed.length + unread.length > 0 ? exit.notRight : exit.fine;
};

/** What is not UTF-8 stays as it is: `check` says so. */
function readText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
