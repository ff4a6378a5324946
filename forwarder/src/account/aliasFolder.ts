import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceFile } from '../../../schema/src/check.ts';

/** The files of a folder that may be alias files. */
export async function readAliasFiles(folder: string): Promise<SourceFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yml'));
  return Promise.all(
    names.sort().map(async (name): Promise<SourceFile> => {
      const path = join(folder, name);
      return { name, path, kind: 'file', bytes: await readFile(path) };
    }),
  );
}
