import type { StackNames } from '../../../schema/src/stage/stage.ts';

/** What was found under a name of the stage, wherever it came from. */
export interface Existing {
  /** By table name: its stream's ARN, undefined where the stream is off. Tables that are not there have no entry. */
  readonly tables: ReadonlyMap<string, { readonly streamArn?: string }>;
  /** The bucket, where there is one of that name. */
  readonly bucket?: { readonly name: string; readonly isOurs: boolean };
  /** ARNs by topic name. */
  readonly topics: ReadonlyMap<string, string>;
  readonly hasRuleSet: boolean;
  /** The ARN of the account's provider for GitHub. */
  readonly oidcProvider?: string;
}

export type Parameters =
  | { readonly parameters: readonly string[]; readonly faults?: never }
  | { readonly parameters?: never; readonly faults: readonly string[] };

/**
 * The `--param` values with which what exists is referenced instead of created. `owned` are the logical ids that the
 * stack has: those go on being the stack's.
 */
export function parametersFor(existing: Existing, owned: ReadonlySet<string>, names: StackNames): Parameters {
  const parameters: string[] = [];
  const faults: string[] = [];
  for (const [key, id, name, needsStream] of tables(names)) {
    const found = existing.tables.get(name);
    if (found === undefined || owned.has(id)) continue;
    parameters.push(`${key}Table=existing`);
    if (!needsStream) continue;
    if (found.streamArn === undefined) {
      faults.push(`The table ${name} has no stream: turn it on, with new and old images, and deploy again.`);
    } else parameters.push(`${key}Stream=${found.streamArn}`);
  }
  const { bucket, oidcProvider } = existing;
  if (bucket !== undefined && !owned.has('MessageBucket')) {
    parameters.push('messageBucket=existing', `messageBucketRef=${bucket.name}`);
    if (!bucket.isOurs) {
      faults.push(
        `The bucket ${bucket.name} belongs to another account, or you may not look at it: name another as \`bucket\` under \`names\` in the settings of the stage.`,
      );
    }
  }
  for (const [key, id, name] of topics(names)) {
    const arn = existing.topics.get(name);
    if (arn !== undefined && !owned.has(id)) parameters.push(`${key}=existing`, `${key}Arn=${arn}`);
  }
  if (existing.hasRuleSet && !owned.has('RuleSet')) {
    parameters.push('ruleSet=existing', `ruleSetRef=${names.ruleSet}`);
  }
  if (oidcProvider !== undefined && !owned.has('GithubOidcProvider')) {
    parameters.push('githubOidcProvider=existing', `githubOidcProviderArn=${oidcProvider}`);
  }
  return faults.length > 0 ? { faults } : { parameters };
}

function tables(names: StackNames) {
  return [
    ['definitions', 'DefinitionsTable', names.definitions, true],
    ['domains', 'DomainsTable', names.domains, true],
    ['aliases', 'AliasesTable', names.aliases, false],
    ['bounces', 'BouncesTable', names.bounces, true],
    ['deliveries', 'DeliveriesTable', names.deliveries, false],
  ] as const;
}

function topics(names: StackNames) {
  return [
    ['bounceTopic', 'BounceTopic', names.bounceTopic],
    ['complaintTopic', 'ComplaintTopic', names.complaintTopic],
  ] as const;
}
