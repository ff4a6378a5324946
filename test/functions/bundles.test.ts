import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packagedFolder } from '../packaged.ts';

/** The operations of DynamoDB, as the SDK's schemas name them. */
const operations = ['GetItem', 'Query', 'Scan', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'];

test('bundles nothing with spam that changes, deletes, lists or searches what is in a table', async () => {
  const text = await readFile(join(packagedFolder, 'dist/spam/index.mjs'), 'utf8');
  expect(operations.filter((operation) => text.includes(`"${operation}"`))).toEqual(['GetItem', 'PutItem']);
});
