import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { check } from '../../../schema/src/check.ts';

/** The domains that a folder of alias files manages, alias domains included, sorted. Files in error are left out. */
export async function domainsIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yml'));
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      return { name, path, kind: 'file' as const, bytes: await readFile(path) };
    }),
  );
  const today = new Date().toISOString().slice(0, 10);
  const { directory } = check(files, { today, reserved: [], folder });
  return [...directory.domains].sort();
}
