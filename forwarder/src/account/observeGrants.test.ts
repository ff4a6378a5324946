import { expect, it } from 'vitest';
import { letsSes } from './observeGrants.ts';

const rule = 'arn:aws:ses:eu-west-1:123456789012:receipt-rule-set/ours:receipt-rule/process';
const wanted = {
  action: 's3:PutObject',
  resource: 'arn:aws:s3:::mails/id',
  account: '123456789012',
  rule,
};
const right = {
  Effect: 'Allow',
  Principal: { Service: 'ses.amazonaws.com' },
  Action: 's3:PutObject',
  Resource: 'arn:aws:s3:::mails/*',
  Condition: { StringEquals: { 'AWS:SourceAccount': '123456789012', 'AWS:SourceArn': rule } },
};
const tlsOnly = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: ['arn:aws:s3:::mails', 'arn:aws:s3:::mails/*'],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
const with_ = (changes: object) => ({ ...right, ...changes });

it.each([
  ['the rule itself', [right], true],
  ['the rule, where TLS is asked for', [right, tlsOnly], true],
  ['one statement that is no list', right, true],
  [
    'any rule of the account',
    [with_({ Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:ses:*:123456789012:*' } } })],
    true,
  ],
  [
    'the account in the old form',
    [with_({ Condition: { StringEquals: { 'aws:Referer': '123456789012' } } })],
    true,
  ],
  ['everybody', [with_({ Principal: '*', Action: 's3:*', Condition: undefined })], true],
  ['nobody', [], false],
  ['another service', [with_({ Principal: { Service: 'sns.amazonaws.com' } })], false],
  ['another action', [with_({ Action: 's3:GetObject' })], false],
  ['another bucket', [with_({ Resource: 'arn:aws:s3:::other/*' })], false],
  [
    'another account',
    [with_({ Condition: { StringEquals: { 'AWS:SourceAccount': '210987654321' } } })],
    false,
  ],
  [
    'another rule set',
    [with_({ Condition: { StringEquals: { 'AWS:SourceArn': rule.replace('ours', 'old') } } })],
    false,
  ],
  [
    'a condition that is not understood',
    [with_({ Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.1' } } })],
    false,
  ],
  ['the rule, where somebody denies it', [right, with_({ Effect: 'Deny', Principal: '*' })], false],
])('a policy for %s', (_, Statement, expected) => {
  expect(letsSes(JSON.stringify({ Version: '2012-10-17', Statement }), wanted)).toBe(expected);
});
