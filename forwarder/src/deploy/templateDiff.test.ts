import { expect, it } from 'vitest';
import { templateDiff } from './changeSet.ts';

const lambda = (time: string, memory: number) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Code: { S3Key: `serverless/${time}/spam.zip` }, MemorySize: memory },
});

it('says nothing of equal templates packaged at two times', () => {
  expect(templateDiff({ Spam: lambda('1', 256) }, { Spam: lambda('2', 256) })).toEqual([]);
});

it('says what comes, changes and goes, by name', () => {
  const before = { Spam: lambda('1', 256), Old: { Type: 'AWS::SQS::Queue' } };
  const after = { Spam: lambda('2', 512), New: { Type: 'AWS::SNS::Topic' } };
  expect(templateDiff(before, after)).toEqual([
    { kind: 'create', id: 'New', type: 'AWS::SNS::Topic' },
    { kind: 'delete', id: 'Old', type: 'AWS::SQS::Queue' },
    { kind: 'update', id: 'Spam', type: 'AWS::Lambda::Function' },
  ]);
});
