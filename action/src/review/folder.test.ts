import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type FolderEntry, isSearched, readEntries, readFolder, UnreadableFolder } from './folder.ts';

describe('readFolder', () => {
  it('reads the files, follows no link, and tells a folder from a file', async () => {
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
      ['aliases/leak.yml', 'link', 0],
      ['aliases/same.yml', 'link', 0],
    ]);
  });

  it('never takes a missing folder for an empty one', async () => {
    await expect(readFolder('nowhere', tmpdir())).rejects.toThrow(UnreadableFolder);
  });

  it('takes a file for no folder', async () => {
    const root = await mkdtemp(join(tmpdir(), 'folder-'));
    onTestFinished(() => rm(root, { recursive: true }));
    await writeFile(join(root, 'aliases'), 'text');
    await expect(readFolder('aliases', root)).rejects.toThrow('aliases is not a folder.');
    await expect(readFolder('aliases/below', root)).rejects.toThrow('aliases/below is not a folder.');
  });
});

describe('readEntries', () => {
  const entry = (name: string, size: number, kind: FolderEntry['kind'] = 'file'): FolderEntry => ({
    name,
    kind,
    size,
    read: async () => new Uint8Array(1),
  });
  const many = (count: number, size: number) =>
    Array.from({ length: count }, (_, number) => entry(`a${number}.example.yml`, size));
  const read = (entries: readonly FolderEntry[]) => readEntries('aliases', entries, (name) => name);

  it.each<[string, FolderEntry[], number | string]>([
    ['as many files as are read', many(999, 1), 999],
    ['one more', many(1_000, 1), 'aliases has more than 999 files and folders.'],
    ['more, but in a subfolder', [...many(999, 1), entry('old/note.txt', 1)], 999],
    ['as much as is read', many(32, 1_048_576), 32],
    ['one byte more', [...many(32, 1_048_576), entry('b.example.yml', 1)], 'larger than 32 MB'],
    ['more that is not read', [...many(32, 1_048_576), entry('photo.jpg', 9), entry('b.yml', 2e6)], 34],
    ['more in a link', [...many(32, 1_048_576), entry('b.example.yml', 9, 'link')], 33],
  ])('takes %s', async (_, entries, expected) => {
    if (typeof expected === 'number') expect(await read(entries)).toHaveLength(expected);
    else await expect(read(entries)).rejects.toThrow(expected);
  });
});

it.each([
  ['.', true],
  ['old/2026', true],
  ['.drafts', false],
  ['old/.drafts', false],
  ['node_modules', false],
  ['old/node_modules/x', false],
])('looks into %s: %s', (name, expected) => {
  expect(isSearched(name)).toBe(expected);
});
