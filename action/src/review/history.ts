import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

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
