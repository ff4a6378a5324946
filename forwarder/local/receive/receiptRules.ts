import type { ReceiptRule } from '../ses/accountState.ts';
import type { Stack } from '../template/stack.ts';

interface RuleProperties {
  readonly RuleSetName: string;
  /** The name of the rule that this one comes after; without it a rule comes first. */
  readonly After?: string;
  readonly Rule: ReceiptRule;
}

/** A rule set with its rules in the order in which SES walks them. */
interface RuleSet {
  readonly name: string;
  readonly rules: readonly ReceiptRule[];
}

/** The stack's one rule set. Throws where the template leaves the order of its rules open. */
export function ruleSetOf(stack: Stack): RuleSet {
  const sets = stack.ofType('AWS::SES::ReceiptRuleSet');
  const [set] = sets;
  if (!set || sets.length > 1)
    throw new Error(`the template has ${sets.length} receipt rule sets instead of one`);
  const rules = stack
    .ofType<RuleProperties>('AWS::SES::ReceiptRule')
    .filter(({ properties }) => properties.RuleSetName === set.name);
  const ordered: (typeof rules)[number][] = [];
  const place = (after: string | undefined): void => {
    const next = rules.filter(({ properties }) => properties.After === after);
    if (next.length > 1) throw new Error('the template does not say which of two receipt rules comes first');
    for (const rule of next) {
      ordered.push(rule);
      place(rule.name);
    }
  };
  place(undefined);
  if (ordered.length < rules.length) throw new Error('a receipt rule comes after one that is not there');
  return { name: set.name, rules: ordered.map(({ properties }) => properties.Rule) };
}

/**
 * The recipients that a rule is for: all if it has no conditions, else those at a domain (`example.com`), below it
 * (`.example.com`), or with an address of the list, subaddresses included.
 */
export function matched(rule: ReceiptRule, recipients: readonly string[]): readonly string[] {
  const conditions = (rule.Recipients ?? []).map((condition) => condition.toLowerCase());
  if (conditions.length === 0) return recipients;
  return recipients.filter((recipient) => {
    const [local = '', domain = ''] = recipient.toLowerCase().split('@');
    const plain = `${local.split('+')[0]}@${domain}`;
    return conditions.some((condition) => {
      if (condition.startsWith('.')) return domain.endsWith(condition);
      return condition.includes('@')
        ? [`${local}@${domain}`, plain].includes(condition)
        : condition === domain;
    });
  });
}
