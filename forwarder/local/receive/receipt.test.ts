import { expect, it } from 'vitest';
import type { Lambda } from '../lambda/lambda.ts';
import type { Outcome } from '../lambda/runtime.ts';
import type { ReceiptRule } from '../ses/accountState.ts';
import { readStack } from '../template/stack.ts';
import type { InboundMail } from './inboundMail.ts';
import { matched, type OnFunctionError, ruleSetOf, walkRules } from './receipt.ts';

const mail: InboundMail = {
  messageId: 'id',
  receivedAt: new Date(),
  source: 'a@b.example',
  recipients: ['x@y.example'],
  verdicts: { spam: 'PASS', virus: 'PASS', spf: 'PASS', dkim: 'PASS', dmarc: 'PASS' },
  raw: Buffer.from('From: a@b.example\r\n\r\n'),
};

const asks = (FunctionArn: string) => ({ LambdaAction: { FunctionArn, InvocationType: 'RequestResponse' } });
const bounces = { BounceAction: { Sender: 's@y.example', SmtpReplyCode: '550', Message: 'no' } };
const rules: readonly ReceiptRule[] = [
  { Actions: [asks('first'), bounces, { StopAction: { Scope: 'RuleSet' } }] },
  { Actions: [{ S3Action: { BucketName: 'bucket' } }, asks('second'), bounces] },
];

/** Walks the rules with functions that answer as told; returns what happened, in order. */
async function walk(first: Outcome, second: Outcome, onFunctionError: OnFunctionError = 'retry') {
  const events: string[] = [];
  const lambda = {
    invoke: (name: string) => {
      events.push(name);
      return Promise.resolve(name === 'first' ? first : second);
    },
  } as unknown as Lambda;
  const note = (text: string) => {
    events.push(text);
    return Promise.resolve();
  };
  await walkRules(
    {
      rules: () => rules,
      lambda,
      putObject: (_, key) => note(`put ${key}`),
      bounce: () => note('bounce'),
      onFunctionError,
      retryDelaysMs: [0],
      expired: () => void events.push('expired'),
    },
    mail,
  );
  return events.join(', ');
}

const says = (disposition: string): Outcome => ({ answer: JSON.stringify({ disposition }) });
const fails: Outcome = { failure: { errorType: 'Error', errorMessage: 'no' } };

it.each([
  ['goes to the next rule', says('STOP_RULE'), says('STOP_RULE_SET'), 'first, put id, second'],
  ['ends', says('STOP_RULE_SET'), says('STOP_RULE_SET'), 'first'],
  ['goes on to the bounce and stops there', says('CONTINUE'), says('STOP_RULE_SET'), 'first, bounce'],
  ['goes on for an answer that says nothing', { answer: 'null' }, says('STOP_RULE_SET'), 'first, bounce'],
])('%s', async (_, first, second, expected) => {
  expect(await walk(first, second)).toBe(expected);
});

it('asks a function that fails again, then gives the mail up', async () => {
  expect(await walk(says('STOP_RULE'), fails)).toBe('first, put id, second, second, expired');
});

it('goes on to the next action after a failure when it is told to', async () => {
  expect(await walk(says('STOP_RULE'), fails, 'continue')).toBe('first, put id, second, bounce');
});

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
