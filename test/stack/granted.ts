import { lambdasOwn } from './access.ts';
import type { Statement } from './statements.ts';

/** What a role grants, by thing, in the form of `access`; what Lambda itself does in its name is left out. */
export function grantedBy(statements: readonly Statement[], role: string): Record<string, string[]> {
  const granted: Record<string, string[]> = {};
  for (const statement of statements.filter(({ owner }) => owner === role)) {
    const actions = statement.actions.filter((action) => !lambdasOwn.has(action));
    if (actions.length === 0) continue;
    const thing = thingOf(statement);
    granted[thing] = [...new Set([...(granted[thing] ?? []), ...actions])].sort();
  }
  return granted;
}

/** The thing that a statement is about, by the words of `access`. */
function thingOf({ actions, resources }: Statement): string {
  const table = /:table\/[\w-]+-(\w+)/.exec(resources[0] ?? '')?.[1];
  if (table !== undefined) return table;
  const service = actions[0]?.split(':')[0];
  return { s3: 'mails', ses: 'mail', lambda: 'functions' }[service ?? ''] ?? `${service}`;
}
