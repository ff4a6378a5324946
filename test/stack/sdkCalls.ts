import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const services: Readonly<Record<string, string>> = { sesv2: 'ses' };
/** Calls whose action has another name. */
const renamed: Readonly<Record<string, string>> = {
  'lambda:Invoke': 'lambda:InvokeFunction',
  's3:HeadBucket': 's3:ListBucket',
};

/** The actions of the calls that sources make, by the commands and the paginators that they import. */
export function callsIn(folder: string, isRead: (name: string) => boolean): string[] {
  const sources = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && isRead(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  const imports = sources.flatMap((text) => [
    ...text.matchAll(/import \{([^}]+)\} from '@aws-sdk\/client-([\w-]+)'/g),
  ]);
  const calls = imports.flatMap(([, names = '', client = '']) =>
    [...names.matchAll(/\b(?:(\w+)Command|paginate(\w+))\b/g)].map(
      ([, command, paginated]) => `${services[client] ?? client}:${command ?? paginated}`,
    ),
  );
  return [...new Set(calls.map((call) => renamed[call] ?? call))];
}
