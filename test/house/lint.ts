import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { arrows } from './arrows.ts';
import { faultsOf } from './house.ts';

// Part of `npm run lint`: which room imports which, no circles, no name twice.
const listed = execFileSync(
  'git',
  ['ls-files', '-co', '--exclude-standard', 'schema', 'action', 'forwarder'],
  {
    encoding: 'utf8',
  },
);
const sources = listed
  .split('\n')
  .filter((path) => /(?<!\.(?:test|fake|arbitrary|d))\.ts$/.test(path) && !path.includes('/dist/'))
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
const faults = faultsOf(sources, arrows);
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
