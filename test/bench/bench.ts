import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * `npm run bench [-- NAME…]`: every measurement of this folder, or the named ones, each in a process of its own, so
 * that one's memory does not count for another. A `*.probe.ts` is started by a measurement and is none itself. Exits 1
 * if one of them does not hold what it asserts.
 */
const asked = process.argv.slice(2);
const measurements = readdirSync(import.meta.dirname)
  .filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.probe.ts') && file !== basename(import.meta.filename),
  )
  .filter((file) => asked.length === 0 || asked.includes(basename(file, '.ts')))
  .toSorted();

const failed = measurements.filter((file) => {
  process.stdout.write(`\n== ${basename(file, '.ts')}\n`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, file)], { stdio: 'inherit' });
  return status !== 0;
});

const outcome = failed.length === 0 ? 'all hold' : `not as asserted: ${failed.join(', ')}`;
process.stdout.write(`\n${measurements.length} measurements, ${outcome}\n`);
process.exitCode = failed.length === 0 && measurements.length > 0 ? 0 : 1;
