import { expect, it } from 'vitest';
import { templateDiff } from './templateDiff.ts';
import { codeSum, keepUnchangedCode, packagedCode } from './unchangedCode.ts';

const lambda = (name: string, time: string, memory = 256) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: `aliasops-${name}`,
    Code: { S3Bucket: 'artifacts', S3Key: `serverless/aliasops/${time}/${name}.zip` },
    MemorySize: memory,
  },
});

const topic = { Type: 'AWS::SNS::Topic' };
const deployed = { Spam: lambda('spam', '1'), Process: lambda('process', '1'), Topic: topic };

function changed(packaged: Parameters<typeof packagedCode>[0], ...same: readonly string[]): string[] {
  const kept = keepUnchangedCode(packaged, deployed, (name) => same.includes(name));
  return templateDiff(deployed, kept).map(({ kind, id }) => `${kind} ${id}`);
}

it('lists the functions whose code is another, and no others', () => {
  const packaged = { Spam: lambda('spam', '2'), Process: lambda('process', '2'), Topic: topic };
  expect(changed(packaged, 'aliasops-spam', 'aliasops-process')).toEqual([]);
  expect(changed(packaged, 'aliasops-spam')).toEqual(['update Process']);
  expect(changed(packaged)).toEqual(['update Process', 'update Spam']);
});

it('lists a function that changes otherwise, or is new', () => {
  const packaged = {
    Spam: lambda('spam', '2', 512),
    Process: lambda('process', '2'),
    New: lambda('new', '2'),
    Topic: topic,
  };
  expect(changed(packaged, 'aliasops-spam', 'aliasops-process', 'aliasops-new')).toEqual([
    'create New',
    'update Spam',
  ]);
});

it('finds the code of each function in the folder of the package', () => {
  expect(packagedCode({ Spam: lambda('spam', '2'), Topic: topic })).toEqual([
    { functionName: 'aliasops-spam', file: 'spam.zip' },
  ]);
});

it('sums code up as Lambda does', () => {
  expect(codeSum(Buffer.from(''))).toBe('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=');
});
