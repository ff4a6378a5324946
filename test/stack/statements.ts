import { lambdasOwn } from './access.ts';
import { plain, type Template } from './template.ts';

export interface Statement {
  /** The resource of the template that holds it. */
  readonly owner: string;
  readonly sid: string;
  readonly effect: string;
  readonly actions: readonly string[];
  /** Written out by `plain`. */
  readonly resources: readonly string[];
}

interface Written {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/** What identities may do: the statements of every role and managed policy. */
export function identityStatements(template: Template): Statement[] {
  return Object.entries(template.Resources).flatMap(([owner, { Type, Properties }]) => {
    if (Type === 'AWS::IAM::ManagedPolicy') return statements(owner, [Properties?.PolicyDocument]);
    if (Type !== 'AWS::IAM::Role') return [];
    const policies = (Properties?.Policies ?? []) as readonly { readonly PolicyDocument: unknown }[];
    return statements(
      owner,
      policies.map(({ PolicyDocument }) => PolicyDocument),
    );
  });
}

function statements(owner: string, documents: readonly unknown[]): Statement[] {
  return documents
    .flatMap((document) => (document as { readonly Statement: readonly Written[] }).Statement)
    .map(({ Sid, Effect, Action, Resource }) => ({
      owner,
      sid: Sid ?? '',
      effect: Effect,
      actions: [Action].flat() as string[],
      resources: [Resource].flat().map(plain),
    }));
}

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
