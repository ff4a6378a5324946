import type { LambdaFunction } from './functions.ts';

/** What the functions' variables say about the stack, for programs that work on the same tables and bucket. */
export interface StackVariables {
  /** The tables' names and the bucket's, by the names of the variables in which the functions get them. */
  readonly names: Readonly<Record<string, string>>;
  /** The addresses that answers come from. */
  readonly senders: readonly string[];
}

export function variablesOf(functions: readonly LambdaFunction[]): StackVariables {
  const variables = functions.flatMap(({ environment }) => Object.entries(environment));
  return {
    names: Object.fromEntries(
      variables.filter(([name]) => name.endsWith('_TABLE') || name === 'MESSAGE_BUCKET'),
    ),
    senders: variables.filter(([name]) => name === 'BOUNCE_SENDER').map(([, sender]) => sender),
  };
}
