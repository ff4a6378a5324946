import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '..');

/** The sources of the forwarder. */
export const forwarderFolder = join(repository, 'forwarder');

/** The forwarder as the run packaged it, with its bundles in `dist`; outside a run, what `npm run package` made. */
export const packagedFolder = process.env.PACKAGED ?? forwarderFolder;

/** The action as the run built it. */
export const builtAction = process.env.BUILT_ACTION ?? join(repository, 'action/dist/main.mjs');

/** Lays what packaging takes in a folder, but for the bundles. */
export function layForwarder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const part of ['serverless.yml', 'resources', 'stages'])
    cpSync(join(forwarderFolder, part), join(folder, part), { recursive: true });
}

/**
 * Packages with no credentials at hand, and none to be found; the template is then in `.serverless`. The program is the
 * repository's: with a `node_modules` in the folder, it would look through all of that for each function.
 */
export function pack(folder: string, parameters: readonly string[] = []): void {
  const given = parameters.map((value) => `--param=${value}`);
  execFileSync(
    join(repository, 'node_modules/.bin/serverless'),
    ['package', '--stage', 'production', ...given],
    {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, TMPDIR: folder, AWS_EC2_METADATA_DISABLED: 'true' },
      stdio: 'pipe',
    },
  );
}
