import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { functionNames } from '../../forwarder/bundle.ts';
import { packagedFolder } from '../packaged.ts';
import { access, actionsOfCommand, sdksOwn } from './access.ts';
import { grantedBy, identityStatements } from './statements.ts';
import { readTemplate } from './template.ts';

const statements = identityStatements(readTemplate());
const metafile = JSON.parse(readFileSync(join(packagedFolder, 'dist/meta.json'), 'utf8')) as Metafile;

const roleOf = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}Role`;

/** The commands that a function's bundle holds, as `client-s3/GetObject`. */
function commandsIn(name: string): string[] {
  const output = Object.entries(metafile.outputs).find(([path]) => path.endsWith(`dist/${name}/index.mjs`));
  return Object.entries(output?.[1].inputs ?? {}).flatMap(([path, { bytesInOutput }]) => {
    const [, client, command] = /@aws-sdk\/(client-[\w-]+)\/.*\/commands\/(\w+)Command\.js$/.exec(path) ?? [];
    return bytesInOutput > 0 && client !== undefined ? [`${client}/${command}`] : [];
  });
}

describe.each(functionNames)('the role of %s', (name) => {
  it('grants what its code does, and nothing else', () => {
    expect(grantedBy(statements, roleOf(name))).toEqual(access[name]);
  });

  it('grants no action without a command for it in the bundle', () => {
    const possible = new Set(commandsIn(name).flatMap((command) => actionsOfCommand[command] ?? []));
    const idle = Object.values(grantedBy(statements, roleOf(name)))
      .flat()
      .filter((action) => !possible.has(action));
    expect(idle).toEqual([]);
  });

  it('knows every command in the bundle', () => {
    const unknown = commandsIn(name).filter(
      (command) => actionsOfCommand[command] === undefined && !sdksOwn.has(command),
    );
    expect(unknown).toEqual([]);
  });

  it('stays below the boundary', () => {
    const most = new Set(
      statements.filter(({ owner }) => owner === 'RoleBoundary').flatMap(({ actions }) => actions),
    );
    const beyond = statements
      .filter(({ owner }) => owner === roleOf(name))
      .flatMap(({ actions }) => actions)
      .filter((action) => !most.has(action));
    expect(beyond).toEqual([]);
  });
});
