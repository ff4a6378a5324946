import { nameInArn } from '../template/resourceNames.ts';
import type { Stack } from '../template/stack.ts';

/** What connects a table's stream to a function. */
export interface Mapping {
  readonly table: string;
  readonly functionName: string;
  readonly batchSize: number;
  /** How long records are gathered until a batch is full. */
  readonly windowMs: number;
  /** A record is taken if one of them matches it, or if there is none. */
  readonly patterns: readonly Pattern[];
  readonly reportsItemFailures: boolean;
  readonly bisects: boolean;
  /** How often a failed batch is tried again: without end unless the mapping says so. */
  readonly retries: number;
  /** The ARN of what is told of a batch that was given up. */
  readonly onFailure?: string;
}

interface MappingProperties {
  readonly EventSourceArn: string;
  readonly FunctionName: string;
  readonly Enabled?: boolean;
  readonly BatchSize?: number;
  readonly MaximumBatchingWindowInSeconds?: number;
  readonly FilterCriteria?: { readonly Filters?: readonly { readonly Pattern: string }[] };
  readonly FunctionResponseTypes?: readonly string[];
  readonly BisectBatchOnFunctionError?: boolean;
  readonly MaximumRetryAttempts?: number;
  readonly DestinationConfig?: { readonly OnFailure?: { readonly Destination: string } };
}

/** The stack's event source mappings of DynamoDB streams, with Lambda's defaults. */
export function mappingsOf(stack: Stack): readonly Mapping[] {
  return stack
    .ofType<MappingProperties>('AWS::Lambda::EventSourceMapping')
    .map(({ properties }) => properties)
    .filter((each) => each.Enabled !== false && each.EventSourceArn.startsWith('arn:aws:dynamodb:'))
    .map(mappingOf);
}

function mappingOf(properties: MappingProperties): Mapping {
  const retries = properties.MaximumRetryAttempts ?? -1;
  const onFailure = properties.DestinationConfig?.OnFailure?.Destination;
  return {
    table: nameInArn(properties.EventSourceArn),
    functionName: properties.FunctionName,
    batchSize: properties.BatchSize ?? 100,
    windowMs: (properties.MaximumBatchingWindowInSeconds ?? 0) * 1000,
    patterns: (properties.FilterCriteria?.Filters ?? []).map(({ Pattern }) => JSON.parse(Pattern) as Pattern),
    reportsItemFailures: properties.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
    bisects: properties.BisectBatchOnFunctionError ?? false,
    retries: retries < 0 ? Number.POSITIVE_INFINITY : retries,
    ...(onFailure === undefined ? {} : { onFailure }),
  };
}

/** A filter pattern of an event source mapping: a map of patterns, or at its leaves a list of which one must match. */
type Pattern = { readonly [key: string]: Pattern } | readonly Rule[];

type Rule =
  | string
  | number
  | boolean
  | null
  | {
      readonly prefix?: string | { readonly 'equals-ignore-case': string };
      readonly suffix?: string;
      readonly exists?: boolean;
      readonly 'equals-ignore-case'?: string;
      readonly 'anything-but'?: Rule | readonly Rule[];
      readonly numeric?: readonly (string | number)[];
    };

/**
 * Whether a record matches a pattern:
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html. Throws for a rule it does not know.
 */
export function matches(record: unknown, pattern: Pattern): boolean {
  if (Array.isArray(pattern)) return pattern.some((rule: Rule) => obeys(record, rule));
  return Object.entries(pattern as { readonly [key: string]: Pattern }).every(([key, inner]) =>
    key === '$or' && Array.isArray(inner)
      ? (inner as unknown as readonly Pattern[]).some((each) => matches(record, each))
      : matches(member(record, key), inner),
  );
}

function member(value: unknown, key: string): unknown {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[key] : undefined;
}

function obeys(value: unknown, rule: Rule): boolean {
  if (rule === null || typeof rule !== 'object') return value === rule;
  const [name] = Object.keys(rule);
  switch (name) {
    case 'exists':
      return (value !== undefined) === rule.exists;
    case 'prefix':
      return typeof value === 'string' && typeof rule.prefix === 'string' && value.startsWith(rule.prefix);
    case 'suffix':
      return typeof value === 'string' && value.endsWith(rule.suffix ?? '');
    case 'equals-ignore-case':
      return typeof value === 'string' && value.toLowerCase() === rule[name]?.toLowerCase();
    case 'anything-but':
      return value !== undefined && ![rule[name]].flat().some((each) => obeys(value, each as Rule));
    case 'numeric':
      return compares(value, rule.numeric ?? []);
    default:
      throw new Error(`the local system does not know the filter rule ${JSON.stringify(rule)}`);
  }
}

/** `['>', 0, '<=', 5]`. Numbers in a DynamoDB record are strings. */
function compares(value: unknown, rule: readonly (string | number)[]): boolean {
  const number = Number(value);
  return (
    value !== undefined &&
    Array.from({ length: rule.length / 2 }).every((_, pair) => {
      const bound = Number(rule[2 * pair + 1]);
      switch (rule[2 * pair]) {
        case '=':
          return number === bound;
        case '<':
          return number < bound;
        case '<=':
          return number <= bound;
        case '>':
          return number > bound;
        default:
          return number >= bound;
      }
    })
  );
}
