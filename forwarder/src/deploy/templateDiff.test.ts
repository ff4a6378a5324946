import { expect, it } from 'vitest';
import { templateDiff } from './templateDiff.ts';

const lambda = (key: string, memory: number) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Code: { S3Key: key }, MemorySize: memory },
});

it('says nothing of equal templates, in whatever order', () => {
  const { Type, Properties } = lambda('spam.zip', 256);
  expect(templateDiff({ Spam: { Type, Properties } }, { Spam: { Properties, Type } })).toEqual([]);
});

it('says what comes, changes and goes, by name', () => {
  const before = {
    Spam: lambda('1/spam.zip', 256),
    Mail: lambda('mail.zip', 256),
    Old: { Type: 'AWS::SQS::Queue' },
  };
  const after = {
    Spam: lambda('2/spam.zip', 256),
    Mail: lambda('mail.zip', 512),
    New: { Type: 'AWS::SNS::Topic' },
  };
  expect(templateDiff(before, after)).toEqual([
    { kind: 'update', id: 'Mail', type: 'AWS::Lambda::Function' },
    { kind: 'create', id: 'New', type: 'AWS::SNS::Topic' },
    { kind: 'delete', id: 'Old', type: 'AWS::SQS::Queue' },
    { kind: 'update', id: 'Spam', type: 'AWS::Lambda::Function' },
  ]);
});
