import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { SourceFile } from '../../../schema/src/check.ts';

/** The folder of the alias files is not there, or is not a folder: never to be taken for "no aliases". */
export class MissingFolder extends Error {
  override readonly name = 'MissingFolder';
}

/**
 * Reads the files of a folder, not of those below it. What is not named like YAML is listed without its bytes; a link
 * is followed only to a file of the same folder tree.
 */
export async function readFolder(folder: string, workingFolder: string): Promise<SourceFile[]> {
  const path = resolve(workingFolder, folder);
  const names = await namesIn(path, folder);
  const inside = await realpath(path);
  const files: SourceFile[] = [];
  for (const name of names.sort()) {
    const entry = join(path, name);
    const shown = shownPath(entry, workingFolder);
    const kind = await kindOf(entry, inside);
    const isRead = kind === 'file' && /\.ya?ml$/i.test(name);
    files.push({ name, path: shown, kind, bytes: isRead ? await readFile(entry) : new Uint8Array() });
  }
  return files;
}

/** Relative to the current folder when below it, with slashes on every system; else as it is. */
export function shownPath(path: string, workingFolder: string): string {
  const way = relative(workingFolder, path);
  const isBelow = way !== '' && !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`);
  return (isBelow ? way : path).split(sep).join('/');
}

async function namesIn(path: string, folder: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw new MissingFolder(`There is no folder ${folder}.`);
    if (code === 'ENOTDIR') throw new MissingFolder(`${folder} is not a folder.`);
    throw error;
  }
}

async function kindOf(entry: string, inside: string): Promise<SourceFile['kind']> {
  let target: string;
  try {
    target = await realpath(entry);
  } catch {
    return 'symlink-outside';
  }
  if (!target.startsWith(`${inside}${sep}`)) return 'symlink-outside';
  return (await stat(target)).isFile() ? 'file' : 'directory';
}
