import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const lines = readFileSync('docs/threat-model.md', 'utf8').split('\n');
/** The rows on attacks: what it is, what stops it, and tests that show it as `FILE`: "NAME". */
const rows = lines
  .map((line) => line.split(' | '))
  .filter((cells) => cells.length === 3 && cells[2]?.includes('.test.ts'));

it('names a test for each attack', () => {
  expect(rows.length).toBeGreaterThan(15);
});

it.each(rows)('%s', (_, __, shown = '') => {
  const tests = [...shown.matchAll(/`([^`]+\.test\.ts)`: "([^"]+)"/g)];
  expect(tests).toHaveLength(shown.split('.test.ts`').length - 1);
  for (const [, file = '', name = ''] of tests) expect(readFileSync(file, 'utf8')).toContain(name);
});
