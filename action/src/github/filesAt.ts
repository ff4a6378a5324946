import { posix } from 'node:path';
import type { getOctokit } from '@actions/github';
import type { SourceFile } from '../../../schema/src/check.ts';
import { type FolderEntry, isSearched, readEntries, UnreadableFolder } from '../review/folder.ts';

type Octokit = ReturnType<typeof getOctokit>;
type Here = { readonly owner: string; readonly repo: string };

/**
 * The files of a folder at a commit, as from a disk, through the trees and blobs of GitHub's API: its list of contents
 * takes a link to a file, and a submodule, for a file.
 */
export async function readFilesAt(
  kit: Octokit,
  here: Here,
  commit: string,
  folder: string,
): Promise<SourceFile[]> {
  const root = posix.normalize(folder).replace(/\/+$/, '');
  const tree = await treeOf(kit, here, commit, root.split('/'));
  if (tree === undefined) return [];
  const { data } = await kit.rest.git.getTree({ ...here, tree_sha: tree, recursive: 'true' });
  if (data.truncated) throw new UnreadableFolder(`${folder} has too many files to list them.`);
  const entries: FolderEntry[] = [];
  for (const { path, type, mode, size = 0, sha } of data.tree) {
    if (!isSearched(posix.dirname(path))) continue;
    const kind = mode === '120000' ? 'link' : type === 'blob' ? 'file' : 'directory';
    const read = async (): Promise<Uint8Array> => {
      const blob = await kit.rest.git.getBlob({ ...here, file_sha: sha });
      return Buffer.from(blob.data.content, 'base64');
    };
    entries.push({ name: path, kind, size, read });
  }
  return readEntries(folder, entries, (name) => `${root}/${name}`);
}

/** The tree of a folder. A commit without the folder has no files: the base of the first pull request, say. */
async function treeOf(
  kit: Octokit,
  here: Here,
  commit: string,
  names: readonly string[],
): Promise<string | undefined> {
  let tree = commit;
  try {
    for (const name of names) {
      const { data } = await kit.rest.git.getTree({ ...here, tree_sha: tree });
      const found = data.tree.find(({ path, type }) => path === name && type === 'tree');
      if (found === undefined) return undefined;
      tree = found.sha;
    }
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
  return tree;
}

/** Whether GitHub answered that there is no such thing. */
export function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 404;
}
