import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { suggest } from '../../schema/src/text/suggest.ts';

/**
 * `npm run bench [-- NAME…]`: every measurement of this folder, or the named ones, each in a process of its own, so
 * that one's memory does not count for another. A `*.probe.ts` is started by a measurement and is none itself. What gets
 * deployed is built and packaged first. Exits 1 if one of them does not hold what it asserts, 2 for a name of none.
 */
const repository = join(import.meta.dirname, '../..');
const known = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !/\.(probe|test)\.ts$/.test(file))
  .map((file) => basename(file, '.ts'))
  .filter((name) => name !== basename(import.meta.filename, '.ts'))
  .toSorted();
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length === 0) measure(asked.length === 0 ? known : known.filter((name) => asked.includes(name)));
else refuse(unknown);

function refuse(names: readonly string[]): void {
  for (const name of names) {
    const meant = suggest(name, known);
    const cure = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
    process.stderr.write(`There is no measurement \`${name}\`.${cure} There are ${known.join(', ')}.\n`);
  }
  process.exitCode = 2;
}

function measure(names: readonly string[]): void {
  build();
  const failed = names.filter((name) => {
    process.stdout.write(`\n== ${name}\n`);
    const begun = performance.now();
    const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`)], {
      stdio: 'inherit',
    });
    process.stdout.write(`${name} took ${((performance.now() - begun) / 1_000).toFixed(0)} s\n`);
    return status !== 0;
  });
  const outcome = failed.length === 0 ? 'all hold' : `not as asserted: ${failed.join(', ')}`;
  const count = `${names.length} ${names.length === 1 ? 'measurement' : 'measurements'}`;
  process.stdout.write(`\n${count}, ${outcome}\n`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

/** Bundles and packages; the action, which is committed, stays as it is. */
function build(): void {
  const forwarder = join(repository, 'forwarder');
  run(process.execPath, [join(forwarder, 'build.ts')], repository);
  run(join(repository, 'node_modules/.bin/serverless'), ['package', '--stage', 'production'], forwarder);
}

function run(program: string, words: readonly string[], folder: string): void {
  const { status, error, stderr, stdout } = spawnSync(program, words, { cwd: folder, encoding: 'utf8' });
  if (status === 0) return;
  throw error ?? new Error(`${basename(program)} has failed: ${stdout}${stderr}`);
}
