import { expect, it } from 'vitest';
import { readStack } from './stack.ts';

const place = { region: 'eu-west-1', account: '123456789012', stackName: 'stack' };

function propertiesOf(property: unknown, template: object = {}): unknown {
  const stack = readStack(
    {
      Resources: {
        Topic: {
          Type: 'AWS::SNS::Topic',
          Properties: { TopicName: { 'Fn::Sub': `bounces-\${AWS::Region}` } },
        },
        Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'rows' } },
        Bucket: { Type: 'AWS::S3::Bucket' },
        Probe: { Type: 'Probe', Properties: { property } },
      },
      ...template,
    },
    place,
  );
  return stack.ofType<{ readonly property: unknown }>('Probe')[0]?.properties.property;
}

it.each([
  ['a topic by its ARN', { Ref: 'Topic' }, 'arn:aws:sns:eu-west-1:123456789012:bounces-eu-west-1'],
  ['a table by its name', { Ref: 'Table' }, 'rows'],
  ['a table’s ARN', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:aws:dynamodb:eu-west-1:123456789012:table/rows'],
  ['an attribute with a dot', { 'Fn::GetAtt': 'Bucket.Arn' }, 'arn:aws:s3:::bucket'],
  ['a pseudo parameter', { Ref: 'AWS::AccountId' }, '123456789012'],
  ['a joined list', { 'Fn::Join': ['-', ['a', { Ref: 'Table' }]] }, 'a-rows'],
  [
    'a substitution with variables',
    { 'Fn::Sub': [`\${x}/\${Table.Arn}/\${!y}`, { x: 1 }] },
    `1/arn:aws:dynamodb:eu-west-1:123456789012:table/rows/\${y}`,
  ],
  ['a part of a split text', { 'Fn::Select': [1, { 'Fn::Split': [',', 'a,b'] }] }, 'b'],
  ['a list with what is left out', ['a', { Ref: 'AWS::NoValue' }], ['a']],
])('resolves %s', (_, property, expected) => {
  expect(propertiesOf(property)).toEqual(expected);
});

it('leaves out a resource whose condition is false', () => {
  const template = {
    Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
    Resources: { Probe: { Type: 'Probe', Condition: 'Never' } },
  };
  expect(readStack(template, place).ofType('Probe')).toEqual([]);
});

it('names the resource that is not there', () => {
  expect(() => propertiesOf({ Ref: 'Nowhere' })).toThrow('Nowhere');
});

it('names the function that it does not know', () => {
  expect(() => propertiesOf({ 'Fn::ImportValue': 'x' })).toThrow('Fn::ImportValue');
});
