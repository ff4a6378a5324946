import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Lambda, startLambda } from './lambda.ts';

let folder: string;
let lambda: Lambda | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aliasops-lambda-'));
});

afterEach(async () => {
  await lambda?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A Lambda with one function, whose bundle has this body; `FOLDER` is its variable. */
async function startWith(body: string): Promise<Lambda> {
  const file = join(folder, 'index.mjs');
  await writeFile(file, `${body}\n`);
  const environment = { FOLDER: folder };
  const own = { name: 'one', arn: 'arn:aws:lambda:r:1:function:one', exported: 'handler', memoryMb: 128 };
  lambda = startLambda([{ ...own, file, environment, timeoutMs: 700 }], {
    settings: { AWS_REGION: 'eu-west-1' },
    retryDelaysMs: [0, 0],
    log: () => {},
  });
  return lambda;
}

it('gives a function its own environment, and the time that is left', async () => {
  const started = await startWith(`export const handler = async (event, context) =>
    ({ event, folder: process.env.FOLDER, path: process.env.PATH, left: context.getRemainingTimeInMillis() > 0 });`);
  const outcome = await started.invoke('arn:aws:lambda:r:1:function:one', { a: 1 });
  expect(outcome).toEqual({ answer: JSON.stringify({ event: { a: 1 }, folder, left: true }) });
});

it('answers with the error that a handler throws', async () => {
  const started = await startWith(`export const handler = async () => { throw new RangeError('too far'); };`);
  expect(await started.invoke('one', {})).toMatchObject({
    failure: { errorType: 'RangeError', errorMessage: 'too far' },
  });
});

it('ends a function that takes too long, and starts it anew', async () => {
  const started = await startWith(
    'export const handler = (event) => event.slow ? new Promise((r) => setTimeout(r, 5_000)) : Promise.resolve(1);',
  );
  expect(await started.invoke('one', { slow: true })).toMatchObject({
    failure: { errorMessage: 'Task timed out after 0.70 seconds' },
  });
  expect(await started.invoke('one', {})).toEqual({ answer: '1' });
});

it('outlives a function that ends its process', async () => {
  const started = await startWith('export const handler = async (event) => event.end ? process.exit(3) : 1;');
  expect(await started.invoke('one', { end: true })).toHaveProperty('failure');
  expect(await started.invoke('one', {})).toEqual({ answer: '1' });
});

it('keeps an environment between events, and starts another for one that comes meanwhile', async () => {
  const started = await startWith(`let count = 0;
    export const handler = async () => { count += 1; await new Promise((r) => setTimeout(r, 100)); return count; };`);
  const outcomes = [
    await started.invoke('one', {}),
    ...(await Promise.all([1, 2].map(() => started.invoke('one', {})))),
  ];
  expect(outcomes.map((each) => ('answer' in each ? each.answer : '')).toSorted()).toEqual(['1', '1', '2']);
});

it('tries an asynchronous event three times', async () => {
  const started = await startWith(`import { appendFileSync } from 'node:fs';
    export const handler = async () => { appendFileSync(process.env.FOLDER + '/tries', '.'); throw new Error('no'); };`);
  started.send('one', {});
  await started.idle();
  expect(await readFile(join(folder, 'tries'), 'utf8')).toBe('...');
});

it('fails as a function does when there is none of that name', async () => {
  const started = await startWith('export const handler = async () => 1;');
  expect(await started.invoke('two', {})).toHaveProperty('failure');
});
