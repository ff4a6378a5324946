/** A filter pattern of an event source mapping: a map of patterns, or at its leaves a list of which one must match. */
export type Pattern = { readonly [key: string]: Pattern } | readonly Rule[];

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
