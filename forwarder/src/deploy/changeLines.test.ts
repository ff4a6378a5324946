import type { ResourceChange, ResourceChangeDetail } from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from 'vitest';
import { changeLines, changeText } from './changeLines.ts';

type Details = NonNullable<ResourceChange['Details']>;

const change = (
  id: string,
  type: string,
  replacement?: ResourceChange['Replacement'],
  Details?: Details,
): ResourceChange => ({
  Action: 'Modify',
  LogicalResourceId: id,
  PhysicalResourceId: `aliasops-production-${id}`,
  ResourceType: `AWS::${type}`,
  Replacement: replacement,
  Scope: ['Properties'],
  Details,
});

/** As DescribeChangeSet has it with IncludePropertyValues. */
const edited = (
  name: string,
  recreation: NonNullable<ResourceChangeDetail['Target']>['RequiresRecreation'],
  evaluation: ResourceChangeDetail['Evaluation'] = 'Static',
): ResourceChangeDetail => ({
  ChangeSource: 'DirectModification',
  Evaluation: evaluation,
  Target: {
    Attribute: 'Properties',
    Name: name,
    Path: `/Properties/${name}`,
    RequiresRecreation: recreation,
    AttributeChangeType: 'Modify',
    BeforeValue: 'maintainers@example.org',
    AfterValue: evaluation === 'Static' ? 'others@example.org' : '{{changeSet:KNOWN_AFTER_APPLY}}',
  },
});

/** What names another resource, which CloudFormation has yet to see. */
const reference = (
  name: string,
  source: 'ResourceReference' | 'ResourceAttribute',
  cause: string,
  recreation: 'Always' | 'Conditionally' | 'Never' = 'Always',
): ResourceChangeDetail => ({
  ...edited(name, recreation, 'Dynamic'),
  ChangeSource: source,
  CausingEntity: cause,
});

const spam = change('Spam', 'Lambda::Function', 'False', [edited('Code', 'Never')]);

describe('the lines of a change set', () => {
  it('are read one by one, and where there are none, nothing changes', () => {
    expect(changeText(['create A (B)', 'update C (D)'])).toBe('create A (B)\nupdate C (D)\n');
    expect(changeText(changeLines([]))).toBe('nothing changes\n');
  });

  it.each<[ResourceChange['Replacement'], Details | undefined, string]>([
    ['True', undefined, 'REPLACE Rows (AWS::DynamoDB::Table)'],
    ['True', [edited('KeySchema', 'Always')], 'REPLACE Rows (AWS::DynamoDB::Table): KeySchema'],
    [
      'True',
      [edited('BillingMode', 'Never'), edited('KeySchema', 'Always'), edited('KeySchema', 'Always')],
      'REPLACE Rows (AWS::DynamoDB::Table): KeySchema',
    ],
    ['Conditional', undefined, 'may replace Rows (AWS::DynamoDB::Table)'],
    [
      'Conditional',
      [edited('TableName', 'Always', 'Dynamic')],
      'may replace Rows (AWS::DynamoDB::Table): TableName',
    ],
    [
      'Conditional',
      [edited('SSESpecification', 'Conditionally'), edited('BillingMode', 'Never')],
      'may replace Rows (AWS::DynamoDB::Table): SSESpecification',
    ],
    ['False', [edited('BillingMode', 'Never')], 'update Rows (AWS::DynamoDB::Table): BillingMode'],
    ['False', undefined, 'update Rows (AWS::DynamoDB::Table)'],
    [undefined, undefined, 'update Rows (AWS::DynamoDB::Table)'],
    [
      'False',
      [{ ...edited('', 'Never'), Target: { Attribute: 'Tags', RequiresRecreation: 'Never' } }],
      'update Rows (AWS::DynamoDB::Table): Tags',
    ],
  ])('with replacement %s and %j', (replacement, details, line) => {
    expect(changeLines([change('Rows', 'DynamoDB::Table', replacement, details)])).toEqual([line]);
  });

  it.each<[ResourceChange['Action'], ResourceChange['PolicyAction'], string]>([
    ['Add', undefined, 'create Rows (AWS::DynamoDB::Table)'],
    ['Remove', undefined, 'delete Rows (AWS::DynamoDB::Table)'],
    ['Remove', 'Delete', 'delete Rows (AWS::DynamoDB::Table)'],
    ['Remove', 'Retain', 'leave Rows (AWS::DynamoDB::Table); it stays, outside the stack'],
    ['Import', undefined, 'import Rows (AWS::DynamoDB::Table)'],
    ['Dynamic', undefined, 'may change Rows (AWS::DynamoDB::Table)'],
  ])('with the action %s and the policy %s', (Action, PolicyAction, line) => {
    expect(
      changeLines([
        { Action, PolicyAction, LogicalResourceId: 'Rows', ResourceType: 'AWS::DynamoDB::Table' },
      ]),
    ).toEqual([line]);
  });

  it('say what stays of a thing that is replaced', () => {
    const rows = change('Rows', 'DynamoDB::Table', 'True', [edited('KeySchema', 'Always')]);
    expect(changeLines([{ ...rows, PolicyAction: 'ReplaceAndRetain' }])).toEqual([
      'REPLACE Rows (AWS::DynamoDB::Table): KeySchema; the old one stays, outside the stack',
    ]);
    expect(changeLines([{ ...rows, PolicyAction: 'ReplaceAndDelete' }])).toEqual([
      'REPLACE Rows (AWS::DynamoDB::Table): KeySchema',
    ]);
  });

  it('show no values', () => {
    const topic = change('AlarmSubscription', 'SNS::Subscription', 'True', [edited('Endpoint', 'Always')]);
    expect(changeLines([topic]).join()).not.toContain('@');
  });
});

describe('what names a resource that changes', () => {
  const permission = (detail: ResourceChangeDetail, replacement: 'True' | 'Conditional' = 'Conditional') =>
    change('Permission', 'Lambda::Permission', replacement, [detail]);
  const arn = reference('FunctionName', 'ResourceAttribute', 'Spam.Arn');
  const updated = 'update Spam (AWS::Lambda::Function): Code';

  it.each<[string, ResourceChange, ResourceChange, readonly string[]]>([
    ['is not listed for the ARN of one that stays', spam, permission(arn), [updated]],
    [
      'is not listed for the name of one that stays',
      spam,
      permission(reference('FunctionName', 'ResourceReference', 'Spam')),
      [updated],
    ],
    [
      'is listed for another attribute',
      spam,
      permission(reference('FunctionName', 'ResourceAttribute', 'Spam.Version')),
      ['may replace Permission (AWS::Lambda::Permission): FunctionName', updated],
    ],
    [
      'is listed for one that is replaced',
      change('Spam', 'Lambda::Function', 'True', [edited('FunctionName', 'Always')]),
      permission(arn),
      [
        'REPLACE Spam (AWS::Lambda::Function): FunctionName',
        'may replace Permission (AWS::Lambda::Permission): FunctionName',
      ],
    ],
    [
      'is listed for one that may be replaced',
      change('Spam', 'Lambda::Function', 'Conditional', [edited('FunctionName', 'Always', 'Dynamic')]),
      permission(arn),
      [
        'may replace Permission (AWS::Lambda::Permission): FunctionName',
        'may replace Spam (AWS::Lambda::Function): FunctionName',
      ],
    ],
    [
      'is listed where CloudFormation knows that it is replaced',
      spam,
      permission({ ...arn, Evaluation: 'Static' }, 'True'),
      ['REPLACE Permission (AWS::Lambda::Permission): FunctionName', updated],
    ],
  ])('%s', (_, cause, follower, lines) => {
    expect(changeLines([follower, cause])).toEqual(lines);
  });

  it('is listed with what changes besides', () => {
    const details = [arn, edited('Principal', 'Always', 'Dynamic')];
    expect(changeLines([spam, change('Permission', 'Lambda::Permission', 'Conditional', details)])).toEqual([
      'may replace Permission (AWS::Lambda::Permission): Principal',
      updated,
    ]);
    const inPlace = [arn, edited('Tags', 'Never')];
    expect(changeLines([spam, change('Permission', 'Lambda::Permission', 'Conditional', inPlace)])).toEqual([
      'update Permission (AWS::Lambda::Permission): Tags',
      updated,
    ]);
  });

  it('is followed from one to the next', () => {
    const second = change('Rule', 'SES::ReceiptRule', 'Conditional', [
      reference('Rule', 'ResourceReference', 'Permission', 'Conditionally'),
    ]);
    expect(changeLines([second, permission(arn), spam])).toEqual([updated]);
    expect(changeLines([second, permission(arn)])).toEqual([
      'may replace Permission (AWS::Lambda::Permission): FunctionName',
      'may replace Rule (AWS::SES::ReceiptRule): Rule',
    ]);
  });

  it('ends where two name each other', () => {
    const one = change('One', 'SQS::Queue', 'Conditional', [
      reference('QueueName', 'ResourceReference', 'Two'),
    ]);
    const two = change('Two', 'SQS::Queue', 'Conditional', [
      reference('QueueName', 'ResourceReference', 'One'),
    ]);
    expect(changeLines([one, two])).toEqual([
      'may replace One (AWS::SQS::Queue): QueueName',
      'may replace Two (AWS::SQS::Queue): QueueName',
    ]);
  });
});
