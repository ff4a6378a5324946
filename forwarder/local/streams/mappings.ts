import { nameInArn } from '../template/names.ts';
import type { Stack } from '../template/stack.ts';
import type { Pattern } from './pattern.ts';

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
