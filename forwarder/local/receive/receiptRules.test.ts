import { expect, it } from 'vitest';
import { readStack } from '../template/stack.ts';
import { matched, ruleSetOf } from './receiptRules.ts';

const place = { region: 'eu-west-1', account: '123456789012', stackName: 'stack' };

function stackOf(rules: Readonly<Record<string, { readonly after?: string; readonly enabled?: boolean }>>) {
  const entries = Object.entries(rules).map(([name, { after, enabled = true }]) => [
    name,
    {
      Type: 'AWS::SES::ReceiptRule',
      Properties: {
        RuleSetName: { Ref: 'Set' },
        ...(after === undefined ? {} : { After: { Ref: after } }),
        Rule: { Name: name.toLowerCase(), Enabled: enabled },
      },
    },
  ]);
  const set = { Type: 'AWS::SES::ReceiptRuleSet', Properties: { RuleSetName: 'set' } };
  return readStack({ Resources: { Set: set, ...Object.fromEntries(entries) } }, place);
}

it('takes the rules in the order that After says, whatever the order of the template', () => {
  const { rules } = ruleSetOf(stackOf({ Third: { after: 'Second' }, First: {}, Second: { after: 'First' } }));
  expect(rules.map((rule) => rule.Name)).toEqual(['first', 'second', 'third']);
});

it('refuses rules whose order is left open', () => {
  expect(() => ruleSetOf(stackOf({ First: {}, Second: {} }))).toThrow('which of two');
});

it.each([
  [[], ['a@b.example', 'c@d.example'], ['a@b.example', 'c@d.example']],
  [['b.example'], ['a@B.example', 'a@x.b.example'], ['a@B.example']],
  [['.b.example'], ['a@b.example', 'a@x.b.example'], ['a@x.b.example']],
  [['a@b.example'], ['a+x@b.example', 'c@b.example'], ['a+x@b.example']],
])('matches the conditions %j among %j', (Recipients, recipients, expected) => {
  expect(matched({ Recipients }, recipients)).toEqual(expected);
});
