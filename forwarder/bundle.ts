import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { shakeSdk } from './shakeSdk.ts';

/** The functions of the stack: each is `src/functions/NAME.ts` and becomes `dist/NAME/index.mjs`. */
export const functionNames = [
  'spam',
  'process',
  'triggerBuild',
  'buildForwards',
  'updateBounceCount',
  'bounceOrComplaint',
  'retryDeliveries',
] as const;

/**
 * How a function is bundled. The SDK goes in, so that what was tested is what runs. `module` before `main` picks the
 * SDK's ES modules, which can be shaken: a third less to load. CommonJS inside an ES module needs `require`, hence
 * the banner.
 */
export const bundleOptions = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  outExtension: { '.js': '.mjs' },
  legalComments: 'none',
  logLevel: 'warning',
  alias: { '@aws-sdk/credential-provider-node': join(import.meta.dirname, 'lambdaCredentials.ts') },
  plugins: [shakeSdk],
} satisfies BuildOptions;

/**
 * Bundles every function found in `source` into `target`, and lays esbuild's account of what went in beside them, as
 * `target/meta.json`. Equal sources give equal bytes.
 */
export async function bundleFunctions(source: string, target: string): Promise<Metafile> {
  const { metafile } = await build({
    ...bundleOptions,
    entryPoints: Object.fromEntries(
      functionNames.map((name) => [`${name}/index`, join(source, `${name}.ts`)]),
    ),
    outdir: target,
    metafile: true,
  });
  await writeFile(join(target, 'meta.json'), `${JSON.stringify(metafile, undefined, 1)}\n`);
  return metafile;
}
