import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleFunctions } from '../../forwarder/bundle.ts';

const paths = { target: '' };
beforeAll(async () => {
  paths.target = await mkdtemp(join(tmpdir(), 'bundles-'));
  await bundleFunctions(join(import.meta.dirname, '../../forwarder/src/functions'), paths.target);
});
afterAll(() => rm(paths.target, { recursive: true }));

/** The operations of DynamoDB, as the SDK's schemas name them. */
const operations = ['GetItem', 'Query', 'Scan', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'];

test('bundles nothing with spam that writes, lists or searches a table', async () => {
  const text = await readFile(join(paths.target, 'spam', 'index.mjs'), 'utf8');
  expect(operations.filter((operation) => text.includes(`"${operation}"`))).toEqual(['GetItem']);
});
