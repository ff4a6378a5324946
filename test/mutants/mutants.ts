import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { equivalents } from './equivalents.ts';
import { type Report, survey } from './survey.ts';

/** Stryker's list of files is cut at each comma, so braces cannot say this shortly. */
const notTests = ',!**/*.test.ts,!**/*.fake.ts,!**/*.arbitrary.ts';
const given = process.argv.slice(2);
const options = given.map((option, index) =>
  given[index - 1] === '--mutate' ? `${option}${notTests}` : option,
);

/** Runs Stryker with the options given, and prints the mutants that no test notices and what share they are, by room. */
const { status, error } = spawnSync(
  'node_modules/.bin/stryker',
  ['run', 'test/mutants/stryker.config.json', ...options],
  { stdio: 'inherit' },
);
if (error !== undefined || status !== 0) process.exit(status ?? 1);

const report = JSON.parse(readFileSync('.stryker-tmp/mutants.json', 'utf8')) as Report;
const { survivors, stale, rooms } = survey(report, equivalents, dirname);
for (const { file, line, from, to } of survivors) {
  process.stdout.write(`${file}:${line}\n- ${from}\n+ ${to}\n`);
}
for (const [room, { survived, total }] of rooms) {
  const share = ((100 * survived) / total).toFixed(1);
  process.stdout.write(`${room}: ${survived} of ${total} mutants survive (${share} %)\n`);
}
for (const { file, from, to } of stale) {
  process.stderr.write(
    `${file}: no mutant that survives is listed as equivalent here:\n- ${from}\n+ ${to}\n`,
  );
}
process.exitCode = stale.length > 0 ? 1 : 0;
