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
