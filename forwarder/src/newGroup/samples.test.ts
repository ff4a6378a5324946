import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import sums from './sampleSums.json' with { type: 'json' };
import { isSample, sumOf } from './samples.ts';

const repository = join(import.meta.dirname, '../../..');
const paths = [
  '.github/CODEOWNERS',
  'aliases/_policy.yml',
  'aliases/_shared.yml',
  'aliases/example.com.yml',
  'aliases/example.org.yml',
  'forwarder/stages/production.yml',
];
/** In a group's own repository nothing is a sample any more. */
const samples = paths.filter((path) => existsSync(join(repository, path)) && /example/.test(textOf(path)));

function textOf(path: string): string {
  return readFileSync(join(repository, path), 'utf8');
}

it('knows each sample as the template ships it', async () => {
  const now = Object.fromEntries(samples.map((path) => [path, sumOf(textOf(path))]));
  const shown = `${JSON.stringify({ ...sums, ...now }, undefined, 2)}\n`;
  await expect(shown).toMatchFileSnapshot('sampleSums.json');
  expect(Object.keys(sums)).toEqual(paths);
});

it.each(samples)('takes %s for one, and not with a letter more', (path) => {
  const text = textOf(path);
  expect(isSample(path, text)).toBe(true);
  expect(isSample(path, text.replaceAll('\n', '\r\n'))).toBe(true);
  expect(isSample(path, `${text}x`)).toBe(false);
  expect(isSample('aliases/another.yml', text)).toBe(false);
});
