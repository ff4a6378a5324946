import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { check } from '../../../schema/src/check.ts';
import type { Moment } from '../../../schema/src/directory/resolve.ts';
import { isYaml } from '../../../schema/src/files/fileNames.ts';
import type { Policy } from '../../../schema/src/files/policy.ts';

const run = promisify(execFile);

/** The checkout that a folder is in. */
export interface Checkout {
  /** Undefined before the first commit. */
  readonly commit: string | undefined;
  /** Undefined where no branch is checked out. */
  readonly branch: string | undefined;
  /** Who commits here, by name; undefined where git was not told. */
  readonly user: string | undefined;
  /** Alias files of the folder that are not as the commit has them, by their names in it. */
  readonly uncommitted: readonly string[];
}

/**
 * What the git repository around a folder says of its files; undefined where there is none, or no git.
 *
 * @throws Error with git's own words where there is one that git will not read
 */
export async function checkoutOf(folder: string): Promise<Checkout | undefined> {
  const git = (...rest: readonly string[]) => text(folder, rest);
  let prefix: string;
  try {
    prefix = await git('rev-parse', '--show-prefix');
  } catch (error) {
    if (isWithoutGit(error)) return undefined;
    throw error;
  }
  const orNone = async (...rest: readonly string[]) => (await git(...rest).catch(() => '')) || undefined;
  const status = await git(
    ...['--no-optional-locks', 'status', '--porcelain', '-z', '--no-renames'],
    // A file that git was told to ignore is synced all the same.
    ...['--untracked-files=all', '--ignored=matching', '--', '.'],
  );
  const changed = status.split('\0').flatMap((entry) => (entry === '' ? [] : [entry.slice(3)]));
  return {
    commit: await orNone('rev-parse', '--verify', '--quiet', 'HEAD^{commit}'),
    branch: await orNone('symbolic-ref', '--short', '--quiet', 'HEAD'),
    user: await orNone('config', 'user.name'),
    uncommitted: changed.map((path) => path.slice(prefix.length)).filter(holdsAliases),
  };
}

/** A file as it is read for aliases, or the folder itself where git ignores it whole. */
function holdsAliases(name: string): boolean {
  return name === '' || isYaml(name);
}

/** What git prints, without the last line break. */
async function text(folder: string, words: readonly string[]): Promise<string> {
  const options = { maxBuffer: 64 * 1024 * 1024, env: { ...process.env, LC_ALL: 'C' } };
  return (await run('git', ['-C', folder, ...words], options)).stdout.replace(/\n$/, '');
}

function isWithoutGit(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === 'ENOENT') || error.message.includes('not a git repository');
}

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
  // A commit without the file has the default rules.
  const hasFile = (await git('ls-tree', '--name-only', commit, '--', name)).length > 0;
  const bytes = hasFile ? [await git('cat-file', 'blob', `${commit}:./${name}`)] : [];
  const files = bytes.map((content) => ({ name, path: name, kind: 'file' as const, bytes: content }));
  return check(files, { ...moment, folder }).policy;
}
