import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { check } from './check.ts';
import { codeframe } from './text/codeFrame.ts';
import { createSourceText } from './text/source.ts';

const golden = new URL('golden/', import.meta.url);
const options = { today: '2026-11-24', reserved: ['forwarder-daemon', 'mailer-daemon'], folder: 'aliases' };
const names = readdirSync(golden).flatMap((file) => (file.endsWith('.yml') ? [file.slice(0, -4)] : []));

it.each(names)('says what to type for %s', async (name) => {
  const path = 'aliases/example.com.yml';
  const bytes = readFileSync(new URL(`${name}.yml`, golden));
  const { diagnostics } = check([{ name: 'example.com.yml', path, kind: 'file', bytes }], options);
  expect(diagnostics.filter(({ help }) => help === undefined)).toEqual([]);
  const texts = new Map([[path, createSourceText(path, bytes.toString())]]);
  const shown = diagnostics.map((one) => `${codeframe(one, texts, false)}\n`).join('\n');
  await expect(shown).toMatchFileSnapshot(new URL(`${name}.txt`, golden).pathname);
});
