import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { forwarderFolder } from '../packaged.ts';
import { identityStatements } from './statements.ts';
import { readTemplate } from './template.ts';

const services: Readonly<Record<string, string>> = { sesv2: 'ses' };
/** STS tells everybody who they are. */
const free = new Set(['sts:GetCallerIdentity']);

/** The actions of the calls that `doctor` makes, by the commands and the paginators that its sources import. */
function asked(): string[] {
  const folder = join(forwarderFolder, 'src/account');
  const sources = readdirSync(folder)
    .filter((name) => /^observe\w*\.ts$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  const imports = sources.flatMap((text) => [
    ...text.matchAll(/import \{([^}]+)\} from '@aws-sdk\/client-([\w-]+)'/g),
  ]);
  return imports.flatMap(([, names = '', client = '']) =>
    [...names.matchAll(/\b(?:(\w+)Command|paginate(\w+))\b/g)].map(
      ([, command, paginated]) => `${services[client] ?? client}:${command ?? paginated}`,
    ),
  );
}

it('the deploy role lets its workflow run doctor', () => {
  const granted = new Set(
    identityStatements(readTemplate())
      .filter(({ owner }) => owner === 'GithubDeployRole')
      .flatMap(({ actions }) => actions),
  );
  const calls = asked().filter((action) => !free.has(action));
  expect(calls).toContain('lambda:GetPolicy');
  expect(calls.filter((action) => !granted.has(action))).toEqual([]);
});
