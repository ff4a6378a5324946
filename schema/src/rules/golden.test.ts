import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check, type SourceFile } from '../check.ts';
import { codeframe } from '../codeframe.ts';
import { createSourceText } from '../source.ts';

const golden = new URL('../../golden/', import.meta.url);
const options = { today: '2026-11-24', reserved: ['forwarder-daemon', 'mailer-daemon'], folder: 'aliases' };

function read(folder: URL): SourceFile[] {
  return readdirSync(folder).map((name) => ({
    name,
    path: `aliases/${name}`,
    kind: 'file',
    bytes: readFileSync(new URL(name, folder)),
  }));
}

function shown(files: readonly SourceFile[]): string {
  const texts = new Map(
    files.map(({ path, bytes }) => [path, createSourceText(path, new TextDecoder().decode(bytes))]),
  );
  return check(files, options)
    .diagnostics.map((one) => `${codeframe(one, texts, false)}\n`)
    .join('\n');
}

describe.each(readdirSync(golden))('%s', (code) => {
  const folder = new URL(`${code}/`, golden);

  it('explains what is wrong', async () => {
    const files = read(new URL('err/', folder));
    expect(check(files, options).diagnostics.map((one) => one.code)).toContain(code);
    await expect(shown(files)).toMatchFileSnapshot(new URL('err.txt', folder).pathname);
  });

  it('accepts what is right', () => {
    expect(existsSync(new URL('ok/', folder))).toBe(true);
    const found = check(read(new URL('ok/', folder)), options).diagnostics;
    expect(found.filter((one) => one.code === code || one.severity === 'error')).toEqual([]);
  });
});
