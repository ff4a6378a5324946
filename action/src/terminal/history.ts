import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { check } from '../../../schema/src/check.ts';
import type { Moment } from '../../../schema/src/directory/resolve.ts';
import type { Policy } from '../../../schema/src/files/policy.ts';

const run = promisify(execFile);

/** Whether a commit comes after another, by the git repository around a folder; one that it does not know does not. */
export async function isDescendant(folder: string, later: string, earlier: string): Promise<boolean> {
  try {
    await run('git', ['-C', folder, 'merge-base', '--is-ancestor', '--end-of-options', earlier, later]);
    return true;
  } catch {
    return false;
  }
}

/** What `_policy.yml` of a folder said at a commit; undefined where the repository does not know the commit. */
export async function policyAt(folder: string, commit: string, moment: Moment): Promise<Policy | undefined> {
  if (!/^[0-9a-f]{7,64}$/.test(commit)) return undefined;
  const git = async (...rest: readonly string[]) =>
    (await run('git', ['-C', folder, ...rest], { encoding: 'buffer', maxBuffer: 16 * 1024 * 1024 })).stdout;
  try {
    await git('cat-file', '-e', `${commit}^{commit}`);
  } catch {
    return undefined;
  }
  const name = '_policy.yml';
  let files: Parameters<typeof check>[0] = [];
  try {
    const bytes = await git('cat-file', 'blob', `${commit}:./${name}`);
    files = [{ name, path: name, kind: 'file', bytes }];
  } catch {
    // A commit without the file has the default rules.
  }
  return check(files, { ...moment, folder }).policy;
}
