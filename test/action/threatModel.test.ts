import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Tables whose last column names tests as `FILE`: "NAME", and the number of their columns. */
describe.each([
  ['docs/threat-model.md', 3],
  ['docs/privacy.md', 5],
])('%s', (page, columns) => {
  const rows = readFileSync(page, 'utf8')
    .split('\n')
    .map((line) => line.split(' | '))
    .filter((cells) => cells.length === columns && cells.at(-1)?.includes('.test.ts'))
    .map(([what = '', ...others]) => [what, others.at(-1) ?? ''] as const);

  it('names a test for what it says is stopped', () => {
    expect(rows.length).toBeGreaterThan(10);
  });

  it.each(rows)('%s', (_, shown) => {
    const tests = [...shown.matchAll(/`([^`]+\.test\.ts)`: "([^"]+)"/g)];
    expect(tests).toHaveLength(shown.split('.test.ts`').length - 1);
    for (const [, file = '', name = ''] of tests) expect(readFileSync(file, 'utf8')).toContain(name);
  });
});
