import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { stop } from 'esbuild';
import { bundleFunctions } from '../forwarder/bundle.ts';
import { forwarderFolder, layForwarder, pack } from './packaged.ts';

/**
 * What is deployed is what is tested: the functions' bundles, the packaged template and the action are built once for
 * all tests, in the folder of the run.
 */
export default async function setup(): Promise<void> {
  const folder = join(process.env.ALIASOPS_RUN ?? '', 'built');
  const packaged = join(folder, 'forwarder');
  const action = join(folder, 'action/main.mjs');
  layForwarder(packaged);
  await bundleFunctions(join(forwarderFolder, 'src/functions'), join(packaged, 'dist'));
  await stop();
  execFileSync(process.execPath, [join(import.meta.dirname, '../action/build.ts'), action]);
  pack(packaged);
  process.env.PACKAGED = packaged;
  process.env.BUILT_ACTION = action;
}
