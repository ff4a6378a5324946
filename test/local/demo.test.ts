import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('shows the whole system, every step as it should be', () => {
  const demo = fileURLToPath(new URL('../../forwarder/local/demo/demo.ts', import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, [demo], { encoding: 'utf8' });
  expect(stdout).not.toContain('NOT SO');
  expect(stdout).toContain('Every step was as it should be.');
  expect(status).toBe(0);
});
