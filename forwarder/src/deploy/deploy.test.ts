import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { leftSamples } from '../account/leftSamples.ts';

/** With no credentials at hand, and none to be found. */
function deploy(...line: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'deploy.ts'), ...line],
    {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, AWS_EC2_METADATA_DISABLED: 'true' },
    },
  );
  return { status, stdout, stderr };
}

it('prints its version', () => {
  expect(deploy('--version')).toEqual({ status: 0, stderr: '', stdout: `${manifest.version}\n` });
});

it.each([
  [['--dif'], 'Unknown option `--dif`. Did you mean `--diff`?'],
  [['production'], 'Unexpected argument `production`.'],
  [['--stage'], '`--stage` needs a value: `--stage STAGE`.'],
  [['--stage', 'Production'], '`Production` cannot be the name of a stage: '],
  [['--stage', 'nowhere'], 'There is no stage `nowhere`: '],
])('ends with 2 on the usage %j', (line, message) => {
  const { status, stdout, stderr } = deploy(...line);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).toContain('See `npm run -s deploy -- --help`.');
});

it('refuses the samples of the template, each on its line, and asks nobody anything', async () => {
  const { frames } = await leftSamples('production', 'aliases');
  const { status, stdout, stderr } = deploy();
  // A group's own repository has none left.
  expect({ stdout, isRefused: stderr.includes('Nothing was deployed: these are samples.') }).toEqual({
    stdout: '',
    isRefused: frames.length > 0,
  });
  for (const frame of frames) expect(stderr).toContain(frame);
  expect(status).toBe(frames.length > 0 ? 1 : 2);
});
