import { posix } from 'node:path';
import type { getOctokit } from '@actions/github';
import type { SourceFile } from '../../../schema/src/check.ts';
import { type FolderEntry, isSearched, readEntries } from '../review/folder.ts';

type Octokit = ReturnType<typeof getOctokit>;
type Here = { readonly owner: string; readonly repo: string };

/** The files of a folder at a commit, through the contents, trees and blobs of GitHub's API, as from a disk. */
export async function readFilesAt(
  kit: Octokit,
  here: Here,
  commit: string,
  folder: string,
): Promise<SourceFile[]> {
  const blob = (sha: string) => async (): Promise<Uint8Array> => {
    const { data } = await kit.rest.git.getBlob({ ...here, file_sha: sha });
    return Buffer.from(data.content, 'base64');
  };
  const root = posix.normalize(folder).replace(/\/+$/, '');
  const entries: FolderEntry[] = [];
  for (const { name, type, size, sha, download_url } of await listed(kit, here, commit, root)) {
    // GitHub lists a submodule as a file that cannot be downloaded.
    const isFile = type === 'file' && download_url !== null;
    const kind = isFile ? 'file' : type === 'symlink' ? 'link' : 'directory';
    entries.push({ name, kind, size, read: blob(sha) });
    if (type !== 'dir' || !isSearched(name)) continue;
    const { data } = await kit.rest.git.getTree({ ...here, tree_sha: sha, recursive: 'true' });
    for (const inner of data.tree) {
      const path = `${name}/${inner.path}`;
      if (inner.type !== 'blob' || !isSearched(path.slice(0, path.lastIndexOf('/')))) continue;
      entries.push({
        name: path,
        kind: inner.mode === '120000' ? 'link' : 'file',
        size: inner.size ?? 0,
        read: blob(inner.sha),
      });
    }
  }
  return readEntries(folder, entries, (name) => `${root}/${name}`);
}

interface Listed {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha: string;
  readonly download_url: string | null;
}

/** A commit without the folder has no files: the base of the first pull request, say. */
async function listed(kit: Octokit, here: Here, commit: string, folder: string): Promise<readonly Listed[]> {
  try {
    const { data } = await kit.rest.repos.getContent({ ...here, path: folder, ref: commit });
    return Array.isArray(data) ? data : [];
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 404) return [];
    throw error;
  }
}
