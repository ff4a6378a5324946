import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isSample } from '../../forwarder/src/newGroup/samples.ts';
import { codeOwnersPath } from '../../schema/src/stage/codeOwners.ts';
import { stagePath } from '../../schema/src/stage/stage.ts';

const repository = join(import.meta.dirname, '../..');

/** Programs that are run find no keys and no settings of whoever runs the tests. */
const nobody = {
  GIT_AUTHOR_NAME: 'Jane',
  GIT_AUTHOR_EMAIL: 'jane@mailbox.internal',
  GIT_COMMITTER_NAME: 'Jane',
  GIT_COMMITTER_EMAIL: 'jane@mailbox.internal',
  GIT_CONFIG_GLOBAL: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
};

export interface GroupClone {
  readonly folder: string;
  /** Whether it has the template's samples: the tests run in a group's own repository too, which has none. */
  readonly hasSamples: boolean;
  /** Runs a line as a shell does, in the clone; what it says on both streams together. */
  run(line: string, environment?: Readonly<Record<string, string>>): Promise<{ code: number; said: string }>;
  remove(): void;
}

/** A clone of the template that is nobody's yet, with one commit and what `npm ci` installs. */
export function cloneTemplate(): GroupClone {
  const folder = mkdtempSync(join(tmpdir(), 'aliasops-clone-'));
  const listed = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
    cwd: repository,
    encoding: 'utf8',
  });
  const settings = stagePath('production');
  const hasSamples = isSample(settings, readFileSync(join(repository, settings), 'utf8'));
  const isOwn = (path: string) =>
    /^aliases\/.*\.yml$/.test(path) || [settings, codeOwnersPath].includes(path);
  for (const path of listed.split('\0').filter((one) => one !== '')) {
    // Its tests are run here.
    if (/^test\/|\/golden\/|\.test\.ts$/.test(path)) continue;
    if (isOwn(path) && !hasSamples) continue;
    cpSync(join(repository, path), join(folder, path), { recursive: true });
  }
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  const git = (...words: string[]) =>
    execFileSync('git', words, { cwd: folder, env: { ...process.env, ...nobody }, stdio: 'pipe' });
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Start from the template');
  return {
    folder,
    hasSamples,
    run: async (line, environment = {}) => {
      const child = spawn('bash', ['-c', line], {
        cwd: folder,
        env: {
          PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
          TMPDIR: process.env.TMPDIR,
          HOME: folder,
          NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
          ...nobody,
          ...environment,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let said = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          said += text;
        });
      }
      const [code] = (await once(child, 'close')) as [number | null];
      return { code: code ?? 2, said };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
