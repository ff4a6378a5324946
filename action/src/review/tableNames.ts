export interface TableNames {
  readonly definitions: string;
  readonly domains: string;
  readonly bounces: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A table's own variable wins over the stage's name for it: `PREFIX-definitions` and so on. */
export function tableNames(
  environment: Environment,
  prefix: string,
  named: Partial<TableNames> = {},
): TableNames {
  return {
    definitions: environment.DEFINITIONS_TABLE || (named.definitions ?? `${prefix}-definitions`),
    domains: environment.DOMAINS_TABLE || (named.domains ?? `${prefix}-domains`),
    bounces: environment.BOUNCES_TABLE || (named.bounces ?? `${prefix}-bounces`),
  };
}
