import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { exit } from '../../../schema/src/commandLine/exit.ts';
import { format } from '../../../schema/src/style/format.ts';
import { parse } from '../../../schema/src/syntax/parse.ts';
import { createSourceText } from '../../../schema/src/text/source.ts';
import { readFolder } from '../review/folder.ts';
import { command, common, printJson } from './terminal.ts';

/** Brings the files into one style; with `--check` only says which are not in it. */
export const fmtCommand = command({
  summary: 'Bring the alias files into one style',
  words: [{ name: 'DIR', isRequired: false }],
  options: {
    check: { kind: 'flag', help: 'only say which files are not in it, and exit with 1 where there are any' },
    format: common.format,
  },
  example: 'aliases --check',
  async run(terminal, { values, words: [folder = 'aliases'] }) {
    const changed: string[] = [];
    const unread: string[] = [];
    for (const { name, path, kind, bytes } of await readFolder(folder, terminal.folder)) {
      if (kind !== 'file' || !name.endsWith('.yml')) continue;
      const text = readText(bytes);
      if (text === undefined || parse(createSourceText(path, text)).findings !== undefined) {
        terminal.note(`${path}: left as it is, since it cannot be read. \`check ${folder}\` says why.\n`);
        unread.push(path);
        continue;
      }
      const formatted = format(text);
      if (formatted === text) continue;
      changed.push(path);
      if (!values.check) await writeFile(join(resolve(terminal.folder, folder), name), formatted);
    }
    const what = values.check ? 'not in the usual style' : 'formatted';
    if (values.format === 'json') printJson(terminal, { changed });
    else terminal.out(changed.map((path) => `${path}: ${what}\n`).join(''));
    return values.check && changed.length + unread.length > 0 ? exit.notRight : exit.fine;
  },
});

/** What is not UTF-8 stays as it is: `check` says so. */
function readText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
