/** What a domain may do with a mail of which SES says that a check failed; a check that it does not name is the default. */
export const filterChoices = {
  spf: ['drop', 'ignore'],
  dkim: ['drop', 'ignore'],
  'dmarc-reject': ['bounce', 'drop', 'ignore'],
} as const;

/** Ready-made filters. */
export const filterNames = ['default', 'strict'] as const;

type Choices = typeof filterChoices;

/** How a domain treats what SES says about a mail's sender. */
export type Filter =
  | (typeof filterNames)[number]
  | { readonly [Check in keyof Choices]?: Choices[Check][number] };

/** Reads a filter; what is not a choice counts as absent. */
export function readFilter(value: unknown): Filter | undefined {
  if (typeof value === 'string') return filterNames.find((name) => name === value);
  if (value === null || typeof value !== 'object') return undefined;
  const given = value as Readonly<Record<string, unknown>>;
  const chosen = Object.entries(filterChoices).flatMap(([check, choices]) => {
    const choice = choices.find((one) => one === given[check]);
    return choice === undefined ? [] : [[check, choice]];
  });
  return Object.fromEntries(chosen) as Filter;
}
