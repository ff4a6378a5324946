import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { SourceFile } from '../../../schema/src/check.ts';
import { Obstacle } from '../../../schema/src/commandLine/failure.ts';
import { isYaml, meantName } from '../../../schema/src/files/fileNames.ts';
import { fileLimit } from '../../../schema/src/files/load.ts';
import { compareText } from '../../../schema/src/text/diagnostic.ts';

/** The folder of the alias files is not there, is not a folder, or is too large: never to be taken for "no aliases". */
export class UnreadableFolder extends Obstacle {
  override readonly name = 'UnreadableFolder';
}

/** A commit may come from anybody: of a folder with more than this, nothing is read. */
const entryLimit = 999;
/** In bytes, of all files together: 100,000 aliases take about 10 MB. */
const totalLimit = 33_554_432;

/** What is in a folder, on a disk or at a commit. */
export interface FolderEntry {
  /** Relative to the folder, with slashes for what is in one of its subfolders. */
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'link';
  /** In bytes, of a file. */
  readonly size: number;
  read(): Promise<Uint8Array>;
}

/**
 * The files that `check` gets of a folder, the same whatever it was listed from. Only what is named like YAML, is no
 * link, is not too large, and is in no subfolder is read; of the subfolders only what is named like an alias file is
 * told.
 */
export async function readEntries(
  folder: string,
  entries: readonly FolderEntry[],
  pathOf: (name: string) => string,
): Promise<SourceFile[]> {
  const top = entries.filter(({ name }) => !isBelow(name));
  if (top.length > entryLimit) {
    throw new UnreadableFolder(`${folder} has more than ${entryLimit} files and folders.`);
  }
  const total = top.filter(isRead).reduce((sum, { size }) => sum + size, 0);
  if (total > totalLimit) {
    throw new UnreadableFolder(
      `The files of ${folder} are larger than ${totalLimit / 1_048_576} MB together.`,
    );
  }
  const files: SourceFile[] = [];
  for (const entry of entries.toSorted((a, b) => compareText(a.name, b.name))) {
    const { name, kind, size } = entry;
    const file = { name, path: pathOf(name), bytes: new Uint8Array() };
    if (isBelow(name)) {
      if (kind !== 'directory' && meantName(name) !== undefined) files.push({ ...file, kind: 'misplaced' });
    } else if (isRead(entry)) files.push({ ...file, kind, bytes: await entry.read() });
    else if (kind === 'file' && isYaml(name)) files.push({ ...file, kind: 'too-large', size });
    else files.push({ ...file, kind });
  }
  return files;
}

function isBelow(name: string): boolean {
  return name.includes('/');
}

function isRead({ name, kind, size }: FolderEntry): boolean {
  return kind === 'file' && isYaml(name) && size <= fileLimit;
}

/** Whether a subfolder is looked into: neither a hidden one nor one of installed packages. */
export function isSearched(name: string): boolean {
  return !name.split('/').some((part) => /^\../.test(part) || part === 'node_modules');
}

/** Reads the files of a folder on this machine. */
export async function readFolder(folder: string, workingFolder: string): Promise<SourceFile[]> {
  const path = resolve(workingFolder, folder);
  const entries = await entriesOf(await existing(path, folder), '');
  return readEntries(folder, entries, (name) => shownPath(join(path, name), workingFolder));
}

async function entriesOf(path: string, before: string): Promise<FolderEntry[]> {
  const entries: FolderEntry[] = [];
  for (const one of await readdir(path, { withFileTypes: true })) {
    const name = `${before}${one.name}`;
    const place = join(path, one.name);
    const kind = one.isSymbolicLink() ? 'link' : one.isFile() ? 'file' : 'directory';
    const size = kind === 'file' ? (await lstat(place)).size : 0;
    entries.push({ name, kind, size, read: () => readFile(place) });
    if (one.isDirectory() && isSearched(name)) {
      for (const inner of await entriesOf(place, `${name}/`)) entries.push(inner);
    }
  }
  return entries;
}

/** Relative to the current folder when below it, with slashes on every system; else as it is. */
export function shownPath(path: string, workingFolder: string): string {
  const way = relative(workingFolder, path);
  const isInside = way !== '' && !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`);
  return (isInside ? way : path).split(sep).join('/');
}

async function existing(path: string, folder: string): Promise<string> {
  try {
    const real = await realpath(path);
    if ((await lstat(real)).isDirectory()) return real;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw new UnreadableFolder(`There is no folder ${folder}.`);
    if (code !== 'ENOTDIR') throw error;
  }
  throw new UnreadableFolder(`${folder} is not a folder.`);
}
