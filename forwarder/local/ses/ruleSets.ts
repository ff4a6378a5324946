import type { ReceiptRule } from '../receive/rules.ts';

/** The account's receipt rule sets, of which one at most is active. */
export interface RuleSets {
  list(): readonly string[];
  /** Undefined when there is none of that name. */
  rules(name: string): readonly ReceiptRule[] | undefined;
  active(): string | undefined;
  /** Displaces the one that was active, as SES does without a word; undefined makes none active. */
  activate(name: string | undefined): void;
  create(name: string, rules: readonly ReceiptRule[]): void;
}

export function ruleSets(): RuleSets {
  const sets = new Map<string, readonly ReceiptRule[]>();
  let active: string | undefined;
  return {
    list: () => [...sets.keys()],
    rules: (name) => sets.get(name),
    active: () => active,
    activate: (name) => {
      active = name;
    },
    create: (name, rules) => void sets.set(name, rules),
  };
}
