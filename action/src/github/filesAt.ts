import type { getOctokit } from '@actions/github';
import type { SourceFile } from '../../../schema/src/check.ts';

type Octokit = ReturnType<typeof getOctokit>;

/** A commit may come from anybody: more files than this, or larger ones, are not read. GitHub lists 1,000 at most. */
const fileLimit = 999;
/** In bytes; the language takes files of 1 MB. */
const sizeLimit = 1_048_576;
/** In bytes, of all files together: 100,000 aliases take about 10 MB. */
const totalLimit = 33_554_432;

/** The YAML files of a folder at a commit, through the contents and blobs of GitHub's API. */
export async function readFilesAt(
  kit: Octokit,
  here: { readonly owner: string; readonly repo: string },
  commit: string,
  folder: string,
): Promise<SourceFile[]> {
  const entries = await listed(kit, here, commit, folder);
  if (entries.length > fileLimit) throw new Error(`${folder} has more than ${fileLimit} entries.`);
  const read = entries.filter(isRead);
  for (const { name, size } of read) {
    if (size > sizeLimit) throw new Error(`${folder}/${name} is larger than ${sizeLimit} bytes.`);
  }
  const total = read.reduce((sum, { size }) => sum + size, 0);
  if (total > totalLimit) throw new Error(`The files of ${folder} are larger than ${totalLimit} bytes.`);
  const files: SourceFile[] = [];
  for (const entry of entries) {
    const { name, type, sha } = entry;
    const kind = type === 'file' ? 'file' : type === 'symlink' ? 'symlink-outside' : 'directory';
    const bytes = isRead(entry) ? await blob(kit, here, sha) : new Uint8Array();
    files.push({ name, path: `${folder}/${name}`, kind, bytes });
  }
  return files;
}

interface Entry {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha: string;
}

function isRead({ name, type }: Entry): boolean {
  return type === 'file' && /\.ya?ml$/i.test(name);
}

/** A commit without the folder has no files: the base of the first pull request, say. */
async function listed(
  kit: Octokit,
  here: { readonly owner: string; readonly repo: string },
  commit: string,
  folder: string,
): Promise<readonly Entry[]> {
  try {
    const { data } = await kit.rest.repos.getContent({ ...here, path: folder, ref: commit });
    return Array.isArray(data) ? data : [];
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 404) return [];
    throw error;
  }
}

async function blob(
  kit: Octokit,
  here: { readonly owner: string; readonly repo: string },
  sha: string,
): Promise<Uint8Array> {
  const { data } = await kit.rest.git.getBlob({ ...here, file_sha: sha });
  return Buffer.from(data.content, 'base64');
}
