import { expect, it } from 'vitest';
import { runNode } from '../tablesFixture.ts';

it('measures nothing by a name that it does not know', async () => {
  const { code, stdout, stderr } = await runNode(['test/bench/bench.ts', 'memory', 'cots'], {});
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(
    /^There is no measurement `cots`\. Did you mean `cost`\? There are check, .*, sync\.$/m,
  );
});
