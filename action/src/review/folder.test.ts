import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MissingFolder, readFolder } from './folder.ts';

describe('readFolder', () => {
  it('reads the files, follows no link out of the folder, and tells a folder from a file', async () => {
    const root = await mkdtemp(join(tmpdir(), 'folder-'));
    onTestFinished(() => rm(root, { recursive: true }));
    const folder = join(root, 'aliases');
    await mkdir(join(folder, 'example.org.yml'), { recursive: true });
    await writeFile(join(root, 'secret'), 'x');
    await writeFile(join(folder, 'example.com.yml'), 'domain: example.com\n');
    await writeFile(join(folder, 'README.md'), 'text');
    await symlink(join(root, 'secret'), join(folder, 'leak.yml'));
    await symlink('example.com.yml', join(folder, 'same.yml'));
    const files = await readFolder('aliases', root);
    expect(files.map(({ path, kind, bytes }) => [path, kind, bytes.length])).toEqual([
      ['aliases/README.md', 'file', 0],
      ['aliases/example.com.yml', 'file', 20],
      ['aliases/example.org.yml', 'directory', 0],
      ['aliases/leak.yml', 'symlink-outside', 0],
      ['aliases/same.yml', 'file', 20],
    ]);
  });

  it('never takes a missing folder for an empty one', async () => {
    await expect(readFolder('nowhere', tmpdir())).rejects.toThrow(MissingFolder);
  });
});
