import { expect, it } from 'vitest';
import type { Lambda } from '../lambda/lambda.ts';
import type { Outcome } from '../lambda/runtime.ts';
import type { Mapping } from './mappings.ts';
import type { StreamRecord } from './streamReader.ts';
import { deliverBatch } from './streams.ts';

const mapping: Mapping = {
  table: 'table',
  functionName: 'function',
  batchSize: 4,
  windowMs: 0,
  patterns: [],
  reportsItemFailures: true,
  bisects: false,
  retries: 2,
};

const records = ['1', '2', '3', '4', '5'].map(
  (SequenceNumber) => ({ dynamodb: { SequenceNumber } }) as unknown as StreamRecord,
);

/** Delivers the records to a function that answers as told; returns what it got, call by call, and what was given up. */
async function deliver(changes: Partial<Mapping>, answer: (batch: string) => Outcome) {
  const calls: string[] = [];
  const lost: string[] = [];
  const join = (list: readonly StreamRecord[]) => list.map((each) => each.dynamodb.SequenceNumber).join('');
  const lambda = {
    invoke: (_: string, event: { readonly Records: readonly StreamRecord[] }) => {
      calls.push(join(event.Records));
      return Promise.resolve(answer(join(event.Records)));
    },
  } as unknown as Lambda;
  await deliverBatch(
    { ...mapping, ...changes },
    records,
    {
      lambda,
      retryDelayMs: 0,
      onFailure: (_, failed) => lost.push(join(failed)),
    },
    new AbortController().signal,
  );
  return { calls, lost };
}

const fine: Outcome = { answer: 'null' };
const failed: Outcome = { failure: { errorType: 'Error', errorMessage: 'no' } };
const from = (sequence: string): Outcome => ({
  answer: JSON.stringify({ batchItemFailures: [{ itemIdentifier: sequence }] }),
});

it('brings the records in batches of the mapping’s size', async () => {
  expect(await deliver({}, () => fine)).toEqual({ calls: ['1234', '5'], lost: [] });
});

it('starts again at the record that the function names', async () => {
  const { calls } = await deliver({}, (batch) => (batch === '1234' ? from('3') : fine));
  expect(calls).toEqual(['1234', '34', '5']);
});

it('gives a batch up after its retries, and tells', async () => {
  const { calls, lost } = await deliver({}, (batch) => (batch.includes('1') ? failed : fine));
  expect(calls).toEqual(['1234', '1234', '1234', '5']);
  expect(lost).toEqual(['1234']);
});

it('halves a batch that fails until the one bad record is alone', async () => {
  const { lost } = await deliver({ bisects: true }, (batch) => (batch.includes('2') ? failed : fine));
  expect(lost).toEqual(['2']);
});
