import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('.', import.meta.url));

const [target = 'dist/main.mjs'] = process.argv.slice(2);

// One file, byte-identical from the same sources. What stands behind `await import()` is in it too, but runs only when
// it is asked for, so that `check` starts neither AWS's client nor GitHub's.
if (target === 'dist/main.mjs') await rm(`${folder}dist`, { recursive: true, force: true });
await build({
  absWorkingDir: folder,
  entryPoints: ['src/main.ts'],
  outfile: target,
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  banner: {
    js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);",
  },
  legalComments: 'none',
  logLevel: 'warning',
});
